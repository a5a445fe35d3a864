"""The graph as Matplotlib artists.

This module alone imports Matplotlib at its top; it is itself imported only when something is drawn.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Literal

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Circle, Ellipse, FancyBboxPatch, Patch, PathPatch, Polygon
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.textpath import text_to_path

from graph.picture.layout import Layout, Point, Size, Wire
from graph.picture.nodes import Node

INK, VALUE, GRADIENT = "#333333", "#14508c", "#b84a00"
OPERATION, GIVEN, CONSTANT = "#dfe9f5", "#f4f1e8", "#ffffff"
LABELS, NAMES, WORDS, SIGNS = 10.5, 10.5, 11.0, 15.0  # points
LINES_APART = 1.2
LINE_WIDTH = 1.3  # points

# Inches.
CIRCLE = 0.46  # across
CLEAR = 0.05  # between an edge and what is written at it
BACK = 0.09  # from an edge down to the arrow of its gradient
HEAD, HALF_HEAD = 0.11, 0.05  # of an arrow
CORNER = 0.06
DOT = 0.035

POINTS = 72  # in an inch


def size_of(node: Node) -> Size:
    """Return the room that a node takes."""
    width, height = text_size(node.inside, sign_size(node))
    if node.is_box:
        width, height = max(width + 0.2, 0.36), height + 0.14
    else:
        height = max(CIRCLE, 1.7 * height)
        width = max(height, 1.15 * width + 0.24)
    above, below = text_size(node.above, LABELS), text_size(node.below, LABELS, "italic")
    return Size(
        width,
        height,
        label=max(above[0], below[0]) + 0.14,
        above=above[1] + CLEAR if node.above else 0.0,
        below=below[1] + BACK + CLEAR if node.below else 0.0,
    )


def sign_size(node: Node) -> float:
    """Return the size of what is written inside a node: one sign is larger than a word."""
    return NAMES if node.is_box else SIGNS if len(node.inside) == 1 else WORDS


def text_size(text: str, points: float, style: Literal["normal", "italic"] = "normal") -> tuple[float, float]:
    """Return the width and the height of some lines of text, with a little to spare."""
    font = FontProperties(size=points, style=style)
    lines = text.split("\n")
    width = max(text_to_path.get_text_width_height_descent(line, font, ismath=False)[0] for line in lines)
    return 1.03 * width / POINTS, 1.04 * LINES_APART * len(lines) * points / POINTS


class Painting:
    """A graph on axes whose unit is the inch, with the artists of each node at hand.

    Parameters
    ----------
    axes : Axes
    nodes : sequence of Node
    sizes : sequence of Size
    layout : Layout
    scale : float
        1, or less where the axes are smaller than the picture wants to be: texts and lines shrink with it.

    Attributes
    ----------
    shapes : list of Patch
        The circle or the box of each node.
    values, gradients : list of lists of Artist
        What tells the value of each node, and what tells its gradient.
    """

    def __init__(
        self, axes: Axes, nodes: Sequence[Node], sizes: Sequence[Size], layout: Layout, scale: float = 1.0
    ) -> None:
        self.axes, self.layout, self.scale = axes, layout, scale
        self.shapes: list[Patch] = []
        self.values: list[list[Artist]] = []
        self.gradients: list[list[Artist]] = []
        for wire in layout.wires:
            self.wire(wire)
        for start, branches in Counter(wire.start for wire in layout.wires).items():
            if branches > 1:
                self.axes.add_artist(Circle(start, DOT, color=INK, zorder=3))
        for node, size, center, stem in zip(nodes, sizes, layout.centers, layout.stems, strict=True):
            begin = center[0] + size.width / 2, center[1]
            self.shapes.append(self.shape(node, size, center))
            inside = self.write(*center, node.inside, sign_size(node), va="center", color=INK if node.above else VALUE)
            self.values.append(self.value(node, begin, stem) or [inside])
            self.gradients.append(self.gradient(node, begin, stem))
            self.line([begin, stem], INK, is_arrow=node is nodes[-1])

    def shape(self, node: Node, size: Size, center: Point) -> Patch:
        """Draw an operation as an ellipse, what was given as a box: dashed when no gradient flows to it."""
        patch: Patch
        if node.is_box:
            corner = center[0] - size.width / 2, center[1] - size.height / 2
            patch = FancyBboxPatch(corner, size.width, size.height, f"round,pad=0,rounding_size={CORNER}")
            patch.set(facecolor=CONSTANT if node.is_fixed else GIVEN, linestyle="--" if node.is_fixed else "-")
        else:
            patch = Ellipse(center, size.width, size.height, facecolor=OPERATION)
        patch.set(edgecolor=INK, linewidth=LINE_WIDTH * self.scale, zorder=2)
        self.axes.add_artist(patch)
        return patch

    def value(self, node: Node, begin: Point, stem: Point) -> list[Artist]:
        """Write a value above the edge, unless it stands in the box."""
        if not node.above:
            return []
        (x0, y), x1 = begin, stem[0]
        return [self.write((x0 + x1) / 2, y + CLEAR, node.above, LABELS, va="bottom", color=VALUE)]

    def gradient(self, node: Node, begin: Point, stem: Point) -> list[Artist]:
        """Write a gradient below the edge, under an arrow of its own, where there is one."""
        if not node.below:
            return []
        x0, x1, y = begin[0] + CLEAR, stem[0] - CLEAR, begin[1] - BACK
        label = self.write((begin[0] + stem[0]) / 2, y - CLEAR, node.below, LABELS, va="top", color=GRADIENT)
        label.set_fontstyle("italic")
        return [label, *self.line([(x1, y), (x0, y)], GRADIENT, is_arrow=True)]

    def wire(self, wire: Wire) -> None:
        """Draw a piece of an edge, with an arrow head where it reaches a node."""
        (x0, y0), (x1, y1) = wire.start, wire.bend
        middle = (x0 + x1) / 2
        points = [wire.start, (middle, y0), (middle, y1), wire.bend, wire.end]
        codes = [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4, Path.LINETO]
        self.line(points, INK, codes, is_arrow=wire.target is not None)

    def line(
        self, points: Sequence[Point], color: str, codes: Sequence[Any] | None = None, is_arrow: bool = False
    ) -> list[Artist]:
        """Draw a line through points, or along a path's codes; an arrow ends level, in a head whose tip is the end."""
        x, y = points[-1]
        patches: list[Patch] = []
        if is_arrow:
            back = x - HEAD if points[-2][0] < x else x + HEAD
            corners = [(x, y), (back, y + HALF_HEAD), (back, y - HALF_HEAD)]
            patches.append(Polygon(corners, facecolor=color, edgecolor="none", zorder=3))
            points = [*points[:-1], ((x + back) / 2, y)]
        path, width = Path(points, codes), LINE_WIDTH * self.scale
        patches.append(PathPatch(path, fill=False, edgecolor=color, linewidth=width, zorder=1, snap=False))
        return [self.axes.add_artist(patch) for patch in patches]

    def write(self, x: float, y: float, text: str, points: float, **style: Any) -> Text:
        """Write some lines as they are: a dollar or a backslash in a name is no formula."""
        style |= {"ha": "center", "linespacing": LINES_APART, "parse_math": False, "usetex": False, "zorder": 4}
        return self.axes.text(x, y, text, fontsize=points * self.scale, **style)
