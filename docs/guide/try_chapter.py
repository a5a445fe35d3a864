"""Execute chapters and say what their cells print, and what is missing in them.

::

    python -m docs.guide.try_chapter docs/course/08-affine.md
    python -m docs.guide.try_chapter --pictures FOLDER docs/course/08-affine.md     their pictures as files, too
"""

import argparse
import base64
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from docs.guide.pages import Chapter, complaints_of, printed, read_chapter


def executed(chapter: Chapter, language: str = "en") -> Any:
    """Return a chapter's notebook with the outputs of its cells.

    Raises
    ------
    nbclient.exceptions.CellExecutionError
        When a cell fails.
    """
    from nbclient import NotebookClient

    from docs.build import environment

    with tempfile.TemporaryDirectory() as folder:
        client = NotebookClient(
            chapter.notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": folder}}
        )
        return client.execute(env=environment(language))


def main() -> int:
    """Execute the chapters on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("chapter", type=Path, nargs="+")
    parser.add_argument("--pictures", type=Path, help="a folder for what cells draw")
    parser.add_argument("--language", default=os.environ.get("CHAINRULE_LANG", "en"))
    options = parser.parse_args()
    complaints = []
    for path in options.chapter:
        chapter, begin = read_chapter(path), time.perf_counter()
        notebook = executed(chapter, options.language)
        print(f"== {chapter.name}: {time.perf_counter() - begin:.1f} s")
        print(printed(notebook.cells))
        if options.pictures:
            save_pictures(chapter, notebook, options.pictures)
        complaints += [f"{chapter.name}: {complaint}" for complaint in complaints_of(chapter, printed(notebook.cells))]
    print("\n".join(complaints))
    return 1 if complaints else 0


def save_pictures(chapter: Chapter, notebook: Any, folder: Path) -> None:
    """Write what the cells drew into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    images = [
        output["data"]["image/png"]
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if "image/png" in output.get("data", {})
    ]
    for number, image in enumerate(images, start=1):
        (folder / f"{chapter.name}-{number}.png").write_bytes(base64.b64decode(image))


if __name__ == "__main__":
    sys.exit(main())
