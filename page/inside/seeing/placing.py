"""Where the nodes of a graph stand on the page, and how its edges run, in pixels from the upper left corner."""

import unicodedata
from collections.abc import Sequence
from typing import Any

import numpy as np

from graph.picture.labels import sign_label
from graph.picture.layout import Layout, Point, Size, lay_out
from page.inside.seeing.flow import Flow
from page.inside.seeing.mathematics import is_short, name_text, number_text, shape_text, value_text

INCH = 84.0  # pixels
LETTER, WIDE = 7.7, 14.0  # the width of a character of a label, and of a Korean one
LINE, ROW = 18.0, 17.0  # the height of a line, and of a row of a matrix
BRACKETS, CELL = 16.0, 12.0  # the width of both brackets of a matrix, and the space between its columns
CIRCLE = 46.0
MOST_ROWS, MOST_CELLS = 4, 12  # of an array that is written out in the picture

Label = dict[str, Any]


def label(name: str, value: Any) -> Label:
    """Return what is written at an edge: a name, and a number, a small matrix, or an array's shape and norm."""
    array = np.asarray(value)
    if array.ndim == 0:
        return {"name": name, "text": number_text(array.item())}
    rows = np.atleast_2d(array) if array.ndim <= 2 else None
    if rows is not None and 0 < array.size <= MOST_CELLS and len(rows) <= MOST_ROWS and is_short(array):
        return {"name": name, "rows": [[number_text(cell) for cell in line] for line in rows]}
    with np.errstate(all="ignore"):
        norm = number_text(np.linalg.norm(np.asarray(array, float)))
    return {"name": name, "text": shape_text(array.shape), "norm": norm}


def gradient_label(flow: Flow, place: int) -> Label | None:
    """Return what is written below an edge: the gradient, as the sum of its shares where there are several numbers."""
    variable = flow.order[place]
    if variable.grad is None or not variable.takes_gradient:
        return None
    written = label("", variable.grad)
    shares = flow.to(place)
    if 1 < len(shares) <= 3 and np.ndim(variable.grad) == 0:
        texts = [value_text(share.value) for share in shares]
        plus = [f" + {text}" if text[0] != "\N{MINUS SIGN}" else f" \N{MINUS SIGN} {text[1:]}" for text in texts[1:]]
        written["parts"] = [texts[0], *plus]
    return written


def width_of(text: str) -> float:
    """Return about how wide a text is."""
    return sum(WIDE if unicodedata.east_asian_width(sign) in "WF" else LETTER for sign in text)


def size_of_label(written: Label | None) -> tuple[float, float]:
    """Return the width and the height of a label."""
    if written is None:
        return 0.0, 0.0
    name = f"{written['name']} = " if written["name"] else ""
    if "rows" in written:
        columns = list(zip(*written["rows"], strict=True))
        wide = sum(max(width_of(cell) for cell in column) + CELL for column in columns) - CELL
        return width_of(name) + wide + BRACKETS, ROW * len(written["rows"]) + 4
    if "norm" in written:
        return max(width_of(f"{written['name']} {written['text']}"), width_of(f"norm {written['norm']}")), 2 * LINE
    parts = "".join(written.get("parts", ())) + " = " if "parts" in written else ""
    return width_of(name + parts + written["text"]), LINE


def node_sign(flow: Flow, place: int) -> str:
    """Return what stands in a node: the sign of an operation, the name of what was given, a constant's value."""
    variable = flow.order[place]
    return name_text(flow.names[place]) if variable.creator is None else sign_label(variable.creator.symbol)


def sizes_of(flow: Flow) -> list[tuple[Size, Label | None, Label | None]]:
    """Return for every node its room, and what is written above and below the edge that leaves it."""
    found = []
    for place, variable in enumerate(flow.order):
        sign = node_sign(flow, place).split("\n")
        wide, high = max(map(width_of, sign)), LINE * len(sign)
        is_number = variable.creator is None and flow.names[place] == value_text(variable.data)
        above = (
            None
            if is_number
            else label(name_text(flow.names[place]) if variable.creator is not None else "", variable.data)
        )
        below = gradient_label(flow, place)
        if variable.creator is None:
            shape = max(wide + 22, 34.0), max(high + 14, 34.0)
        else:
            shape = max(CIRCLE, 1.15 * wide + 26), max(CIRCLE, 1.7 * high)
        (above_wide, above_high), (below_wide, below_high) = size_of_label(above), size_of_label(below)
        room = max(above_wide, below_wide) + 22, above_high + 6, below_high + 14 if below else 0.0
        pixels = (*shape, *room)
        found.append((Size(*(pixel / INCH for pixel in pixels)), above, below))
    return found


class Placed:
    """A layout in pixels, downwards from the top."""

    def __init__(self, layout: Layout, sizes: Sequence[Size]) -> None:
        self.layout, self.sizes = layout, sizes
        self.width, self.height = round(layout.width * INCH, 1), round(layout.height * INCH, 1)

    def point(self, point: Point) -> list[float]:
        """Return a point in pixels."""
        return [round(point[0] * INCH, 1), round((self.layout.height - point[1]) * INCH, 1)]

    def node(self, place: int) -> dict[str, Any]:
        """Return where a node stands, how large it is, and where the straight edge behind it ends."""
        x, y = self.point(self.layout.centers[place])
        size = self.sizes[place]
        return {
            "x": x,
            "y": y,
            "width": round(size.width * INCH, 1),
            "height": round(size.height * INCH, 1),
            "stem": self.point(self.layout.stems[place])[0],
        }

    def wires(self) -> list[dict[str, Any]]:
        """Return the pieces of the edges."""
        return [
            {
                "source": wire.source,
                "target": wire.target,
                "start": self.point(wire.start),
                "bend": self.point(wire.bend),
                "end": self.point(wire.end),
            }
            for wire in self.layout.wires
        ]


def placed(flow: Flow, sizes: Sequence[Size]) -> Placed:
    """Return where everything stands."""
    return Placed(lay_out(flow.inputs, sizes), sizes)
