"""``chainrule completion SHELL``: what lets a shell complete the command, made by shtab of the programs' options."""

import argparse
from pathlib import Path
from typing import Any

from language import _
from training.command.command_line import Parser, file_path, folder_path
from training.command.form import Form

SHELLS = ("bash", "zsh", "tcsh")


def completion(arguments: list[str], form: Form, programs: dict[str, str]) -> int:
    """Print what the shell reads, as in ``eval "$(chainrule completion bash)"``, for programs and what each does."""
    parser = Parser(prog=str(form), description=_("Print what lets a shell complete the command."), allow_abbrev=False)
    parser.add_argument("shell", choices=SHELLS)
    shell = parser.parse_args(arguments).shell
    try:
        import shtab
    except ImportError:
        parser.error(
            _('completion is made by shtab, which is not installed: python -m pip install "chainrule[completion]"')
        )
    print(shtab.complete(whole_parser(shtab, programs), shell=shell))
    return 0


def whole_parser(shtab: Any, programs: dict[str, str]) -> argparse.ArgumentParser:
    """Return the parser of the command with all of its programs and their options."""
    import gradient_check
    import train
    from coursework import command as coursework
    from training.command import export, options
    from training.search.options import parser_of as search

    own = {
        "train": options.parser_of(_(train.SAYS), "chainrule train"),
        "check": gradient_check.parser_of(Form(("chainrule", "check"))),
        "export": export.parser_of(Form(("chainrule", "export"))),
        "search": search(Form(("chainrule", "search"))),
        "coursework": coursework.parser_of(Form(("chainrule", "coursework"))),
    }
    parser = argparse.ArgumentParser(prog="chainrule")
    parser.add_argument("--version", action="store_true", help="show the version")
    words = parser.add_subparsers()
    for name, does in programs.items():
        parents = [own[name]] if name in own else []
        added = words.add_parser(name, help=does, parents=parents, add_help=not parents)
        for action in added._actions:
            if action.type in (Path, file_path, folder_path) or action.dest == "file":
                vars(action)["complete"] = shtab.DIRECTORY if action.type is folder_path else shtab.FILE
            if action.help:  # argparse's %(default)s is not put in by shtab
                action.help = added._get_formatter()._expand_help(action)
    return parser
