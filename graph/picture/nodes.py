"""What a picture says of each Variable of a graph."""

import math
from dataclasses import dataclass

import numpy as np

from graph.picture.labels import gradient_label, sign_label, value_label
from graph.variable import Variable
from graph.walk import topological_order

MOST = 150  # nodes in one picture
HIDDEN = "\N{HORIZONTAL ELLIPSIS}"  # in the box of a Variable whose operation is not shown


@dataclass(frozen=True)
class Node:
    """A Variable in the picture: the operation that computed it, or a box, and the edge that leaves it.

    Attributes
    ----------
    inputs : tuple of int
        Where its inputs stand in the list of nodes.
    inside : str
        The operation's sign; the name or the value of what was given.
    above, below : str
        The value above the edge, the gradient below it.
    is_box : bool
        Whether it is drawn as a box: it was given, or the picture begins with it.
    is_fixed : bool
        Whether it is a constant, to which no gradient flows.
    """

    inputs: tuple[int, ...]
    inside: str
    above: str
    below: str
    is_box: bool
    is_fixed: bool


def nodes_of(who: str, output: Variable, depth: int | None = None, elements: int = 1) -> list[Node]:
    """Return the nodes of the graph that ends in output, inputs before what is computed from them.

    Parameters
    ----------
    who : str
        Begins the error messages.
    output : Variable
    depth : int, optional
        How many operations lie between output and the farthest nodes at most; all by default.
    elements : int
        Arrays of at most so many elements are written out, of others the shape and the norm.

    Raises
    ------
    TypeError
        When output is no Variable.
    ValueError
        When depth or elements is negative, and when there are too many nodes for one picture.
    """
    if not isinstance(output, Variable):
        raise TypeError(f"{who}: expected a Variable, the output of a graph; got {type(output).__name__}")
    for name, count in (("depth", depth), ("elements", elements)):
        whole = isinstance(count, (int, np.integer)) and not isinstance(count, bool)
        if count is not None and not (whole and count >= 0):
            raise ValueError(f"{who}: {name} must be a whole number, 0 or more, got {count!r}")
    variables, opened = part_of(output, math.inf if depth is None else depth)
    if len(variables) > MOST:
        raise ValueError(
            f"{who}: the graph has {len(variables):,} nodes, more than the {MOST} that one picture can hold; "
            f"take a part of it: {who}(..., depth=5) shows the last 5 operations of every path, "
            "and any Variable is the output of what it was computed from"
        )
    places = {id(variable): place for place, variable in enumerate(variables)}
    went_back = output.grad is not None  # otherwise the gradients are those of another output
    return [node_of(variable, places, opened, elements, went_back) for variable in variables]


def part_of(output: Variable, depth: float) -> tuple[list[Variable], set[int]]:
    """Return the Variables at most so many operations before output, and the ids of those whose inputs are there too.

    They come in topological order, and breadth first is how they are found: by the shortest path to output.
    """
    reached, front, steps = {id(output)}, [output], 0
    opened: set[int] = set()
    while front and steps < depth:
        creators = {id(variable): variable.creator for variable in front if variable.creator is not None}
        opened.update(creators)
        sources = {id(source): source for creator in creators.values() for source in creator.inputs}
        front = [source for key, source in sources.items() if key not in reached]
        reached.update(sources)
        steps += 1
    return [variable for variable in topological_order(output) if id(variable) in reached], opened


def node_of(variable: Variable, places: dict[int, int], opened: set[int], elements: int, went_back: bool) -> Node:
    """Return what the picture says of one Variable."""
    creator = variable.creator if id(variable) in opened else None
    is_box, name = creator is None, variable.name
    inputs: tuple[int, ...] = ()
    value = value_label(variable.data, None if is_box else name, elements)
    if creator is not None:
        inside, above = sign_label(creator.symbol), value
        inputs = tuple(places[id(source)] for source in creator.inputs)
    elif name is None and variable.creator is None:
        inside, above = value, ""
    else:
        inside, above = name or HIDDEN, value
    below = gradient_label(variable.grad, elements) if went_back else ""
    return Node(inputs, inside, above, below, is_box, is_fixed=not variable.takes_gradient)
