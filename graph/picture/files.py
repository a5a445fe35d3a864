"""Pictures on disk: of a known format, and whole or not there at all."""

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


def checked_path(who: str, path: str | os.PathLike[str], endings: Sequence[str]) -> Path:
    """Return a path whose ending is known, and whose folder is there.

    Raises
    ------
    ValueError
        For another ending, with the known ones.
    FileNotFoundError
        When there is no such folder.
    """
    path = Path(path)
    if path.suffix.lower() not in endings:
        raise ValueError(f"{who}: expected a file name that ends in {' or '.join(endings)}, got {str(path)!r}")
    if not path.parent.is_dir():
        raise FileNotFoundError(f"{who}: there is no folder {str(path.parent)!r}")
    return path


@contextmanager
def written_as_a_whole(path: Path) -> Iterator[Path]:
    """Give the name of a temporary file beside path, with the same ending, that becomes path when all went well.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with written_as_a_whole(Path(folder, "note.txt")) as temporary:
    ...         _ = temporary.write_text("all of it")
    ...     [path.name for path in Path(folder).iterdir()]
    ['note.txt']
    """
    temporary = path.with_name(f".{path.stem}.{secrets.token_hex(4)}{path.suffix}")
    try:
        yield temporary
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
