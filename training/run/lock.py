"""A folder that only one process at a time writes into."""

import errno
import os
import sys
from pathlib import Path

from language import _


class FolderInUse(OSError):
    """Another process is writing into the folder."""


class FolderLock:
    """The right to write into a folder, kept until it is released or the process ends, however it ends.

    The system itself holds the lock and gives it back when the process is gone, so a run that was killed leaves
    nothing behind that would have to be cleared away by hand. On a file system without locks there is none.

    Parameters
    ----------
    folder : Path
        An existing folder.

    Raises
    ------
    FolderInUse
        When another process, or another object in this one, has the right.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     lock = FolderLock(Path(folder))
    ...     try:
    ...         FolderLock(Path(folder))
    ...     except FolderInUse:
    ...         print("in use")
    ...     lock.release()
    in use
    """

    def __init__(self, folder: Path) -> None:
        self.opened: int | None = open_to_lock(folder)
        try:
            lock(self.opened)
        except OSError as error:
            if error.errno in (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK):
                self.release()
                raise FolderInUse(
                    _("another run is writing into {folder}; wait for its end, or choose another folder", folder=folder)
                ) from None

    def require_place(self, folder: Path) -> None:
        """Raise OSError unless what stands under the folder's name is still what was locked."""
        if self.opened is None:
            raise OSError(_("its lock has already been released"))
        if not os.path.samestat(os.fstat(self.opened), locked_part(folder).stat()):
            raise OSError(_("the folder of this run was moved, and another one stands in its place"))

    def release(self) -> None:
        """Give the right back."""
        if self.opened is not None:
            os.close(self.opened)
            self.opened = None


if sys.platform != "win32":
    import fcntl

    def locked_part(folder: Path) -> Path:
        """Return what is locked: the folder itself."""
        return folder

    def open_to_lock(folder: Path) -> int:
        """Open what is to be locked."""
        return os.open(folder, os.O_RDONLY)

    def lock(opened: int) -> None:
        """Lock it, or raise OSError."""
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)

else:
    import msvcrt

    def locked_part(folder: Path) -> Path:
        """Return what is locked: a file in the folder, because a folder cannot be opened here."""
        return folder / ".lock"

    def open_to_lock(folder: Path) -> int:
        """Open what is to be locked."""
        return os.open(locked_part(folder), os.O_CREAT | os.O_RDWR)

    def lock(opened: int) -> None:
        """Lock it, or raise OSError."""
        msvcrt.locking(opened, msvcrt.LK_NBLCK, 1)
