"""Files that a report offers as a download; they are in the page, which goes on being a single file."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from figures.report.embedding import with_changed_data
from figures.report.plain import as_base64
from networks.files.whole_file import whole_file


def offer_downloads(report: str | os.PathLike[str], files: Sequence[str | os.PathLike[str]]) -> None:
    """Put files into a report, from which its readers download them; whole or not at all.

    Parameters
    ----------
    report : path
        A page that :func:`figures.report.write_report` has written. It is replaced.
    files : sequence of path
        Each takes the place of the one of its name that may be there.

    Raises
    ------
    ValueError
        When the page is no report.
    OSError
        When a file cannot be read, or the page not written.
    """
    offered = {Path(file).name: as_base64(Path(file).read_bytes()) for file in files}

    def change(data: dict[str, Any]) -> dict[str, Any]:
        there = {entry["name"]: entry["content"] for entry in data.get("downloads", [])}
        return data | {"downloads": [{"name": name, "content": text} for name, text in (there | offered).items()]}

    try:
        page = with_changed_data(Path(report).read_text(encoding="utf-8"), change)
    except ValueError as error:
        raise ValueError(f"cannot put downloads into {report}: {error}") from None
    with whole_file(report) as file:
        file.write(page.encode())
