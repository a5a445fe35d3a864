"""The line at which an exception was raised."""

import linecache
from pathlib import Path

from gradients.locating.own_source import CHECKER, source_of
from gradients.locating.statements import Lines, lines_around


def lines_of_error(error: BaseException, file: str = "") -> tuple[str, Lines] | None:
    """Return the file and the lines of the innermost call in it that an exception went through.

    Parameters
    ----------
    error : Exception
    file : str
        The first one outside of this program, where it is empty.
    """
    found = None
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        file = file or ("" if CHECKER in Path(name).parents else name)
        if name == file:
            found = file, trace.tb_lineno
        trace = trace.tb_next
    return None if found is None else (file, lines_around("".join(linecache.getlines(file)), found[1]))


def place_of_error(error: BaseException) -> tuple[str, str]:
    """Return where an exception was raised and the statement there, both empty where that is not known."""
    try:
        file, lines = lines_of_error(error) or ("", Lines(0, 0))
        source = source_of(file) if file else None
        return (source.place(lines.first), source.statement(*lines)) if source else ("", "")
    except Exception:  # a report is right without its places
        return "", ""
