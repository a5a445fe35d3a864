"""The command ``chainrule``: the project's programs under one name.

Each is the same as in a clone: ``chainrule train`` is ``python train.py``, ``chainrule check`` is
``python gradient_check.py``. They are imported when they are asked for, so that ``chainrule --help`` is there at once.
"""

import argparse
import sys
from collections.abc import Callable, Sequence

from chainrule import __version__
from language import N_, _, speak_as_told
from training.command.beginning import before_train, let_ctrl_c_end
from training.command.command_line import add_language
from training.command.form import Form

CALLED = ("chainrule",)


def train(arguments: list[str], form: Form) -> int:
    """Train a network, or go on with a run."""
    before_train()
    from train import command

    return command(arguments, form)


def check(arguments: list[str], form: Form) -> int:
    """Say whether a backward is right, and what is wrong with it."""
    let_ctrl_c_end()
    from gradients.apart.starting import before_check

    before_check(arguments)
    from gradient_check import command

    return command(arguments, form)


def export(arguments: list[str], form: Form) -> int:
    """Write the network of a run for other programs: ONNX, PyTorch."""
    let_ctrl_c_end()
    from training.command.export import command

    return command(arguments, form)


def diagnose(arguments: list[str], form: Form) -> int:
    """Say what is wrong with the training of a run."""
    let_ctrl_c_end()
    from training.diagnose import command

    return command(arguments, form)


def search(arguments: list[str], form: Form) -> int:
    """Search for good hyperparameters, with any number of processes."""
    before_train()
    from training.search.command import command

    return command(arguments, form)


def coursework(arguments: list[str], form: Form) -> int:
    """Hand out exercises, check them and grade them."""
    let_ctrl_c_end()
    from coursework.command import command

    return command(arguments, form)


def completion(arguments: list[str], form: Form) -> int:
    """Print what lets a shell complete these words."""
    from chainrule import completion

    return completion.completion(arguments, form, {name: _(does) for name, does in DOES.items()})


PROGRAMS: dict[str, Callable[[list[str], Form], int]] = {
    "train": train,
    "check": check,
    "export": export,
    "diagnose": diagnose,
    "search": search,
    "coursework": coursework,
    "completion": completion,
}
# What they do, for a list of them.
DOES = {
    "train": N_("train a network, or go on with a run"),
    "check": N_("say whether a backward is right, and what is wrong with it"),
    "export": N_("write the network of a run for other programs: ONNX, PyTorch"),
    "diagnose": N_("say what is wrong with the training of a run"),
    "search": N_("search for good hyperparameters, with any number of processes"),
    "coursework": N_("hand out exercises, check them and grade them"),
    "completion": N_("print what lets a shell complete these words"),
}


def main(arguments: Sequence[str] | None = None, called: Sequence[str] = CALLED) -> int:
    """Run the program that the first word names, with the others; return its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    speak_as_told(given)
    if given and given[0] in PROGRAMS:
        return PROGRAMS[given[0]](given[1:], Form((*called, given[0])))
    lines = [f"  {name:<12}{_(does)}" for name, does in DOES.items()]
    parser = argparse.ArgumentParser(
        prog=" ".join(called),
        description=_("Layers, networks and their gradients, to learn and to teach backpropagation with."),
        epilog="\n".join(
            [_("programs:"), *lines, "", _("{program} PROGRAM --help tells more of each.", program=" ".join(called))]
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("program", metavar="PROGRAM", choices=list(PROGRAMS), help=_("which one to run"))
    add_language(parser)
    parser.add_argument("--version", action="version", version=f"chainrule {__version__}")
    program = parser.parse_args(given).program  # as in: chainrule -- train
    return PROGRAMS[program]([], Form((*called, program)))
