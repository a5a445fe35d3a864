"""Files that are there whole or not at all."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

UNFINISHED = ".*.????????.tmp"  # the names of files that a killed program never finished


@contextmanager
def whole_file(path: str | os.PathLike[str], moved_away: Path | None = None) -> Iterator[BinaryIO]:
    """Open a binary file that gets its name only when everything has been written.

    The bytes go to a temporary file beside it, which is flushed to the disk and renamed at the end. Whatever
    goes wrong before that, a full disk or Ctrl-C, leaves the file of that name as it was.

    Parameters
    ----------
    path : path
    moved_away : Path, optional
        The name that the file which stood there before gets then, instead of being replaced.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with whole_file(Path(folder, "note.txt")) as file:
    ...         _ = file.write(b"all of it")
    ...     Path(folder, "note.txt").read_bytes()
    b'all of it'
    """
    path = Path(path)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")  # found again by UNFINISHED
    try:
        with open(temporary, "xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if moved_away is not None and path.exists():
            path.replace(moved_away)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
