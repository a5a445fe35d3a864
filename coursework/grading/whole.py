"""Files that are there whole, or not at all."""

from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Write a text beside a file, and put it in that one's place."""
    beside = path.with_name(f".{path.name}.part")
    beside.write_text(text, encoding="utf-8", newline="\n")
    beside.replace(path)
