"""Graphs to draw, and what can be measured in a picture once Matplotlib has rendered it."""

import random
from itertools import pairwise

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import Circle, Ellipse, FancyBboxPatch, PathPatch, Polygon

from graph import Variable


def apple_shop():
    """Two apples at 100, three oranges at 150, a tax of a tenth: 715."""
    price, apples = Variable(100, "apple price"), Variable(2, "apples")
    orange_price, oranges = Variable(150, "orange price"), Variable(3, "oranges")
    total = (price * apples + orange_price * oranges) * Variable(1.1, "tax")
    total.backward()
    return total


def random_graph(seed, nodes):
    """A graph of at most so many nodes, of numbers or of arrays, with constants, names, and values used again."""
    rng = random.Random(seed)
    shape = rng.choice([(), (3, 2), (1000, 1)])
    names = [None, "x", "W1", "learning rate"]

    def given():
        data = rng.choice([1e-7, 0.1, 1, 2, 123456]) * rng.choice([-1, 1, 1.2345])
        return Variable(np.full(shape, data) if shape else data, rng.choice(names))

    def computed():
        a, b = rng.choice(made[-rng.choice([2, 6, 60]) :]), rng.choice(made)
        ways = [lambda: a + b, lambda: a - 0.5, lambda: a.tanh(), lambda: -b, lambda: a - a, lambda: b.relu()]
        return rng.choice(ways)()

    made = [given()]
    for _ in range(nodes // 3):
        made.append(given() if rng.random() < 0.25 else computed())
        if made[-1].creator is not None:
            made[-1].name = rng.choice([None, None, "h", "hidden"])
    used = {id(source) for variable in made if variable.creator for source in variable.creator.inputs}
    first, *others = [variable for variable in made if id(variable) not in used]
    for other in others:
        first = first + other
    output = first.sum()
    output.backward()
    return output


class Rendered:
    """A figure as Matplotlib's Agg renderer sees it, in pixels.

    Attributes
    ----------
    texts : list of (str, array)
        Each with left, bottom, right, top.
    shapes : list of (class, array)
        Ellipses and boxes, likewise.
    lines : list of arrays, shape (points, 2)
        Densely along each edge, and along each arrow of a gradient.
    heads : list of arrays, shape (points, 2)
        Around each arrow head and each dot.
    """

    def __init__(self, figure):
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        artists = figure.axes[0].get_children()
        texts = [text for text in figure.axes[0].texts if text.get_text() and text.get_visible()]
        self.texts = [(text.get_text(), corners(text.get_window_extent(canvas.get_renderer()))) for text in texts]
        of = lambda *kinds: [artist for artist in artists if type(artist) in kinds]  # noqa: E731
        self.shapes = [(type(shape), corners(outline(shape).get_extents())) for shape in of(Ellipse, FancyBboxPatch)]
        self.lines = [along(outline(line)) for line in of(PathPatch)]
        self.heads = [outline(head).to_polygons()[0] for head in of(Polygon, Circle)]
        self.size = figure.bbox.width, figure.bbox.height


def corners(box):
    return np.array([box.x0, box.y0, box.x1, box.y1])


def outline(patch):
    return patch.get_path().transformed(patch.get_transform())


def along(path):
    (points,) = path.to_polygons(closed_only=False)
    return np.concatenate([np.linspace(a, b, 30) for a, b in pairwise(points)])


def overlap(a, b, slack=0.0):
    """Whether two boxes have room in common."""
    return bool((a[:2] + slack < b[2:]).all() and (b[:2] + slack < a[2:]).all())


def any_inside(points, box, kind=FancyBboxPatch, slack=1.0):
    """Whether any of the points lies inside a box, or inside the ellipse that fills it."""
    middle, half = (box[:2] + box[2:]) / 2, (box[2:] - box[:2]) / 2 - slack
    apart = (points - middle) / half
    far = (apart**2).sum(axis=1) if kind is Ellipse else np.abs(apart).max(axis=1)
    return bool((far < 1).any())
