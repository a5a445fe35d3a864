"""Locks that a process holds on a file, and that the system gives back when the process is gone, however it ended.

A search is shared by processes of several machines, so what is locked is a file that is open for writing: over NFS, a
folder, which :class:`training.run.lock.FolderLock` takes, cannot be locked.
"""

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from language import _
from training.run.lock import lock

HELD = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK)
SECONDS_BETWEEN_TRIES = 0.01


class FileLock:
    """A lock on a file, which is made where it is not there.

    Parameters
    ----------
    path : Path

    Raises
    ------
    BlockingIOError
        When another process, or another object in this one, holds it.
    OSError
        When the file cannot be made, or its file system has no locks, without which processes cannot share a search.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     held = FileLock(Path(folder, "lock"))
    ...     try:
    ...         FileLock(Path(folder, "lock"))
    ...     except BlockingIOError:
    ...         print("held")
    ...     held.release()
    held
    """

    def __init__(self, path: Path) -> None:
        self.opened: int | None = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            lock(self.opened)
        except OSError as error:
            self.release()
            if error.errno in HELD:
                raise BlockingIOError(error.errno, os.strerror(error.errno), str(path)) from None
            said = _("{path} cannot be locked ({error}), and processes that share a search need locks")
            raise OSError(said.format(path=path, error=error.strerror or error)) from None

    def release(self) -> None:
        """Give it back."""
        if self.opened is not None:
            os.close(self.opened)
            self.opened = None


def free_lock(path: Path) -> FileLock | None:
    """Return the lock on a file, or None where another process holds it."""
    try:
        return FileLock(path)
    except BlockingIOError:
        return None


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock on a file, as soon as the others have given it back."""
    while (held := free_lock(path)) is None:
        time.sleep(SECONDS_BETWEEN_TRIES)
    try:
        yield
    finally:
        held.release()
