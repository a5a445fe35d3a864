"""Figures on disk."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from networks.files.whole_file import whole_file

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def save_figure(figure: "Figure", path: str | os.PathLike[str]) -> None:
    """Write a figure, whole or not at all, in the format that the path's ending names (PNG, SVG, PDF)."""
    kind = Path(path).suffix.lstrip(".").lower() or "png"
    options: dict[str, Any] = {}
    if kind == "png":
        options["pil_kwargs"] = {"compress_level": 4}  # faster than 6, and the files 2 % larger
    with whole_file(path) as file:
        figure.savefig(file, format=kind, dpi=150, **options)
