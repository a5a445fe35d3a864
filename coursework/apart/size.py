"""How much a student's process has written."""

from contextlib import suppress
from pathlib import Path

MOST_BYTES = 50_000_000  # of all of its files


def is_too_large(folder: Path) -> bool:
    """Return whether the files of a folder are too large together, as far as they are there."""
    total = 0
    with suppress(OSError):
        for path in folder.rglob("*"):
            with suppress(OSError):
                total += path.stat().st_size
    return total > MOST_BYTES
