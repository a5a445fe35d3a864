"""Notebooks, made by jupytext and nbformat (the extra ``coursework``)."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

EXTRA = 'python -m pip install "chainrule[coursework]"'
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def require_jupytext() -> None:
    """Raise ValueError when a notebook cannot be made."""
    try:
        import jupytext
        import nbformat

        del jupytext, nbformat
    except ImportError as error:
        raise ValueError(
            f"notebooks are made by nbformat and jupytext, and {error.name} is not installed: {EXTRA} installs both "
            "(python -m pip install nbformat jupytext in a clone); --no-notebooks makes the rest without them"
        ) from error


def notebook_of(text: str, name: str) -> Any:
    """Return a text in the percent format as a notebook, the same each time."""
    import jupytext

    return finished(jupytext.reads(text, fmt="py:percent").cells, name)


def finished(cells: Sequence[Any], name: str) -> Any:
    """Return cells as a notebook for Python; each has an identity made of a name and its place."""
    import nbformat

    notebook = nbformat.v4.new_notebook(cells=list(cells))
    for number, cell in enumerate(notebook.cells, start=1):
        cell["id"] = f"{name[:50]}-{number}"
    notebook.metadata = nbformat.from_dict({"kernelspec": KERNEL, "language_info": {"name": "python"}})
    return notebook


def write_notebook(path: Path, notebook: Any) -> None:
    """Write a notebook; raise when it is none that Jupyter takes."""
    import nbformat

    nbformat.validate(notebook)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")
