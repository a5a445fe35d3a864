"""What the project's commands have in common: errors in one line, no traceback, exit status 2; Ctrl-C is 130."""

import argparse
import io
import math
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from language import LANGUAGES, _
from training.loop.diverged import TrainingDiverged

USER_ERRORS = (OSError, ValueError, MemoryError, TrainingDiverged)


class AlreadySpoken(argparse.Action):
    """``--language``, which has been seen to when the other options are read."""

    def __call__(self, *told: Any) -> None:
        """Keep nothing: it is no option of what is computed."""


def add_language(parser: argparse.ArgumentParser) -> None:
    """Add the option of every command."""
    what = _("language of the messages (CHAINRULE_LANG, or that of the locale)")
    parser.add_argument("--language", choices=LANGUAGES, action=AlreadySpoken, default=argparse.SUPPRESS, help=what)


class Parser(argparse.ArgumentParser):
    """An ArgumentParser of a command that speaks several languages, and whose errors take one line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        if self.add_help:  # a parser that lends its options to others has no help either
            add_language(self)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and leave with exit status 2."""
        self.exit(2, _("{program}: error: {message} (see {program} --help)", program=self.prog, message=message) + "\n")


def run(program: str, main: Callable[[], int]) -> int:
    """Run a command's main function, and turn what the user can mend into one line and exit status 2."""
    if signal.getsignal(signal.SIGINT) == signal.SIG_DFL:  # as it is while the program is imported
        signal.signal(signal.SIGINT, signal.default_int_handler)
    make_streams_safe()
    try:
        status = main()
        sys.stdout.flush()
        return status
    except KeyboardInterrupt as interrupt:
        with suppress(OSError):  # the terminal may be the thing that has gone
            print(f"{program}: " + "; ".join([_("interrupted"), *map(str, interrupt.args)]), file=sys.stderr)
        let_go_of_output()
        return 128 + getattr(interrupt, "number", signal.SIGINT)
    except BrokenPipeError:  # the reader of our output, such as `head`, has gone
        let_go_of_output()
        return 1
    except USER_ERRORS as error:
        message = " ".join(str(error).split()) or type(error).__name__
        with suppress(OSError):  # the terminal may be the thing that has gone
            print(_("{program}: error: {message}", program=program, message=message), file=sys.stderr)
        let_go_of_output()
        return 2


def let_go_of_output() -> None:
    """Drop what could not be printed, so that Python does not try it again when it ends."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def make_streams_safe() -> None:
    """Let printing never fail for want of an open stream or of a letter in the terminal's encoding."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever started us
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def whole_number(text: str) -> int:
    """Parse an integer of at least 1."""
    value = int(text) if text.isdecimal() and text.isascii() else 0
    if value < 1:
        raise argparse.ArgumentTypeError(_("expected a whole number of at least 1, got {text}", text=text))
    return value


def seed_number(text: str) -> int:
    """Parse an integer of at least 0."""
    if not (text.isdecimal() and text.isascii()):
        raise argparse.ArgumentTypeError(_("expected a whole number of at least 0, got {text}", text=text))
    return int(text)


def shape(text: str) -> tuple[int, ...]:
    """Parse a shape such as 4,5."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not parts or not all(part.isdecimal() and int(part) > 0 for part in parts):
        raise argparse.ArgumentTypeError(_("expected a shape such as 4,5, got {text}", text=text))
    return tuple(map(int, parts))


def folder_path(text: str) -> Path:
    """Parse the path of a folder, which an empty text, such as an unset variable of the shell, is not."""
    if not text:
        raise argparse.ArgumentTypeError(_("expected a folder, got an empty name"))
    return Path(text)


def file_path(text: str) -> Path:
    """Parse the path of a file, which an empty text is not."""
    if not text:
        raise argparse.ArgumentTypeError(_("expected a file, got an empty name"))
    return Path(text)


def number(what: str, holds: Callable[[float], bool]) -> Callable[[str], float]:
    """Return a parser of finite numbers for which ``holds`` is true; ``what`` describes them in the error."""

    def parse(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not (math.isfinite(value) and holds(value)):
            raise argparse.ArgumentTypeError(_("expected {what}, got {text}", what=_(what), text=text))
        return value

    return parse
