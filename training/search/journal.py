"""The journal of a search: a file with a line for each thing that happened, from which Optuna knows all trials.

It has the format of Optuna's own ``JournalFileBackend``, so that Optuna's tools read it. What differs is what happens
when something breaks. A process that is killed while it writes leaves half a line, to which the next line would be
appended: here the half is cut off first. Optuna's lock file outlives its process, for half a minute: here the system
holds the lock, and the next one has it at once. And when the disk is full, nothing is left of a line that did not fit.
"""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from language import _
from training.search.locks import locked

BLOCK = 4096
DURABLE = (0, 4, 6)  # what must outlast a power cut: that a study or a trial was begun, and how a trial ended


class Journal:
    """What ``optuna.storages.JournalStorage`` reads and writes.

    Parameters
    ----------
    path : Path
        An existing file, which may be empty.
    lock : Path
        The file that is locked meanwhile.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "journal")
    ...     _ = path.write_text('{"op_code": 0}' + chr(10) + '{"op_c')  # by a process that was killed
    ...     journal = Journal(path, Path(folder, "lock"))
    ...     journal.append_logs([{"op_code": 4}])
    ...     list(journal.read_logs(0))
    [{'op_code': 0}, {'op_code': 4}]
    """

    def __init__(self, path: Path, lock: Path) -> None:
        self.path, self.lock = path, lock
        self.lines = self.bytes = 0  # how far it has been read

    def read_logs(self, log_number_from: int) -> Iterator[dict[str, Any]]:
        """Return what happened, from the line of that number on.

        Raises
        ------
        ValueError
            When a line is none of a journal.
        """
        if log_number_from != self.lines:
            self.lines = self.bytes = 0
        with locked(self.lock), open(self.path, "rb") as file:
            file.seek(self.bytes)
            whole = file.read().rpartition(b"\n")[0]
        new = whole.split(b"\n") if whole else []
        wanted = new[log_number_from - self.lines :]
        self.lines, self.bytes = self.lines + len(new), self.bytes + sum(len(line) + 1 for line in new)
        return iter([self.parsed(line, log_number_from + place + 1) for place, line in enumerate(wanted)])

    def parsed(self, line: bytes, number: int) -> dict[str, Any]:
        """Return a line as an object; an error names it."""
        try:
            content = json.loads(line)
        except ValueError:
            content = None
        if not (isinstance(content, dict) and "op_code" in content):
            raise ValueError(_("line {number} of {path} is none of a search's journal", number=number, path=self.path))
        return content

    def append_logs(self, logs: Iterable[dict[str, Any]]) -> None:
        """Write what happened, all of it or, with an error, nothing."""
        logs = list(logs)
        content = b"".join(json.dumps(log, separators=(",", ":")).encode() + b"\n" for log in logs)
        with locked(self.lock), open(self.path, "r+b", buffering=0) as file, at_the_end(file):
            while content:
                content = content[file.write(content) :]
            if any(log["op_code"] in DURABLE for log in logs):
                os.fsync(file.fileno())


@contextmanager
def at_the_end(file: BinaryIO | Any) -> Iterator[None]:
    """Stand behind the last whole line of a file; where it then cannot be written, leave it as it was."""
    end = end_of_lines(file)
    file.truncate(end)
    file.seek(end)
    try:
        yield
    except OSError:
        file.truncate(end)
        raise


def end_of_lines(file: BinaryIO | Any) -> int:
    """Return where the last line of a file ends that has an end.

    >>> import io
    >>> end_of_lines(io.BytesIO(b"one" + bytes([10]) + b"tw")), end_of_lines(io.BytesIO(b"on"))
    (4, 0)
    """
    place = file.seek(0, os.SEEK_END)
    while place > 0:
        start = max(0, place - BLOCK)
        file.seek(start)
        found = file.read(place - start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        place = start
    return 0
