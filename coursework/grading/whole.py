"""Texts that are there whole, or not at all."""

from pathlib import Path

from networks.files.whole_file import UNFINISHED, whole_file


def write_whole(path: Path, text: str) -> None:
    """Write a text into a file that gets its name only when all is written."""
    with whole_file(path) as file:
        file.write(text.encode("utf-8"))


def remove_unfinished(folder: Path) -> None:
    """Remove the files that a killed run never finished."""
    for path in folder.glob(UNFINISHED):
        path.unlink(missing_ok=True)
