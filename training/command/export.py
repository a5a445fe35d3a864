"""The program behind ``chainrule export``: write a run's network for other programs.

::

    chainrule export runs/NAME --to onnx
    chainrule export runs/NAME --to pytorch
"""

import sys

from language import _, speak_as_told
from networks import Network
from training.command.command_line import Parser, folder_path, run
from training.command.form import Form

FORMS = {"onnx": ["model.onnx"], "safetensors": ["model.safetensors", "model.py"]}
FORMS["pytorch"] = FORMS["safetensors"]
MODEL, REPORT = "model.npz", "report.html"
USUAL = Form(("chainrule", "export"))


def command(arguments: list[str] | None = None, form: Form = USUAL) -> int:
    """Export as the command line says; an error of the user's takes one line, and the exit status is 2."""
    speak_as_told(sys.argv[1:] if arguments is None else arguments)
    return run(str(form), lambda: main(arguments, form))


def main(arguments: list[str] | None = None, form: Form = USUAL) -> int:
    """Export the network of a run as the command line says, and return the exit status.

    The files appear in the run's folder, and its report offers them as a download.

    Parameters
    ----------
    arguments : list of str, optional
        Those behind ``chainrule export``; without them, those of the process.
    form : Form
        The words before them, which messages name.

    Raises
    ------
    FileNotFoundError
        When there is no model in the folder.
    ModelFileError
        When the model cannot be read; a ValueError.
    OSError
        When a file cannot be written.
    """
    parser = parser_of(form)
    options = parser.parse_args(arguments)
    model, files = options.run / MODEL, [options.run / name for name in FORMS[options.to]]
    if not model.is_file():
        raise FileNotFoundError(
            _("there is no run with a model in {run}: expected {model}", run=options.run, model=model)
        )
    if options.probabilities and options.to != "onnx":
        parser.error(_("--probabilities is for --to onnx; the module for PyTorch has a method probabilities(x)"))
    network = Network.load(model)
    try:
        network.export(files[0], probabilities=options.probabilities)
    except ImportError as error:
        parser.error(str(error))
    if (options.run / REPORT).is_file():
        from figures.report import offer_downloads

        offer_downloads(options.run / REPORT, files)
    print(_("wrote to {run}: {files}", run=options.run, files=", ".join(file.name for file in files)))
    return 0


def parser_of(form: Form) -> Parser:
    """Return the parser of the command line."""
    parser = Parser(prog=str(form), description=_("Write a run's network for other programs."), allow_abbrev=False)
    add = parser.add_argument
    add("run", type=folder_path, metavar="RUN", help=_("folder of a run, such as runs/NAME"))
    add(
        "--to",
        choices=list(FORMS),
        required=True,
        help=_("onnx: model.onnx; safetensors or pytorch: model.safetensors and model.py, which loads it in PyTorch"),
    )
    add("--probabilities", action="store_true", help=_("let model.onnx give probabilities instead of scores"))
    return parser
