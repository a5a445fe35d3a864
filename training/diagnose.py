"""The command that says what is wrong with a run, from its folder.

::

    python -m training.diagnose runs/NAME
    chainrule diagnose runs/NAME

The run is read, never written; it may still be going on. The module can be called as :func:`training.diagnose` is,
since both have the same name.
"""

import argparse
import sys
from types import ModuleType
from typing import Any

from language import _, speak_as_told
from training.command.command_line import Parser, folder_path, number, run
from training.command.form import Form

USUAL = Form(("python", "-m", "training.diagnose"))


def command(arguments: list[str] | None = None, form: Form = USUAL) -> int:
    """Diagnose as the command line says; an error of the user's takes one line, and the exit status is 2."""
    speak_as_told(sys.argv[1:] if arguments is None else arguments)
    return run(str(form), lambda: main(arguments, form))


def main(arguments: list[str] | None = None, form: Form = USUAL) -> int:
    """Print what is wrong with a run, and return the exit status.

    Raises
    ------
    FileNotFoundError
        When there is no run in the folder, or its data are not where they were.
    ValueError
        When the run has no checkpoint, or its files are damaged.
    """
    options = parser_of(form).parse_args(arguments)
    trainer = trainer_of(options)
    from training.command.diagnosis import lines_of
    from training.diagnosis.diagnosing import diagnose

    print("\n".join(lines_of(diagnose(trainer, seconds=options.seconds))))
    return 0


def parser_of(form: Form) -> Parser:
    """Return the parser of the command line."""
    parser = Parser(
        prog=str(form), description=_("Say what is wrong with a run, and try the remedy."), allow_abbrev=False
    )
    add = parser.add_argument
    add("run", type=folder_path, metavar="RUN", help=_("folder of a run, such as runs/NAME"))
    add("--data-dir", type=folder_path, metavar="DIR", help=_("where its data are now, if they have moved"))
    add("--data", type=folder_path, metavar="FILE", help=_("where its table is now, if it has moved"))
    positive = number(_("a positive number"), lambda value: value > 0)
    add("--seconds", type=positive, metavar="S", help=_("how long it may take (2, or a tenth of the training)"))
    return parser


def trainer_of(options: argparse.Namespace) -> Any:
    """Return the trainer of a run as its last checkpoint has it."""
    from training.command.configuration import data_again, original_options
    from training.command.making import make_trainer
    from training.run.checkpoints import Checkpoints
    from training.run.folder import SeenRun, config_in

    checkpoints = Checkpoints(options.run)
    snapshot = checkpoints.read()
    if snapshot is None:
        raise FileNotFoundError(
            _("there is no run with a checkpoint in {run}: expected {file}", run=options.run, file=checkpoints.latest)
        )
    seen = SeenRun(options.run, config_in(snapshot, checkpoints.latest))
    options.checkpoint_every, options.no_pictures, options.quiet = None, True, True
    options.parallel, options.device = None, "cpu"
    began = original_options(seen, options)
    trainer = make_trainer(data_again(seen, began, options), began, seen.config.get("threads"))
    trainer.restore(snapshot)
    return trainer


class Callable(ModuleType):
    """A module that is a function, too."""

    def __call__(self, *given: Any, **named: Any) -> Any:
        """Return what :func:`training.diagnose` returns."""
        from training.diagnosis.diagnosing import diagnose

        return diagnose(*given, **named)


sys.modules[__name__].__class__ = Callable

if __name__ == "__main__":
    sys.exit(command())
