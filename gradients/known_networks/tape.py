"""What a known network computed, step by step, so that its backward can be run with one step made wrong.

Each operation leaves a :class:`Node` and, for each array that it used, an :class:`Edge`: the way on which a gradient
goes back from the one to the other.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

Back = Callable[[np.ndarray], np.ndarray]


@dataclass(eq=False)
class Node:
    """An array, and what it is called."""

    value: np.ndarray
    name: str = ""


@dataclass(eq=False)
class Edge:
    """The way back from a result to an array that it was computed from.

    Attributes
    ----------
    source, result : Node
        The gradient of the result goes back to that of the source.
    back : callable
        From dL/d(result) to this way's part of dL/d(source).
    kind : str
        What the operation is: ``input`` and ``weight`` of a product, ``bias``, ``slope`` of an activation, ``softmax``.
    place : str
        Which one of its kind it is, the same in all steps of a loop.
    step : int
        In which step of a loop.
    wrong : dict
        What people write in the place of ``back``, by name.
    used : Node or None
        The other array of a product.
    """

    source: Node
    result: Node
    back: Back
    kind: str
    place: str = ""
    step: int = 0
    wrong: dict[str, Back] = field(default_factory=dict)
    used: Node | None = None


# By the identity of an edge: where its gradient goes instead, and which; None where it is left out.
Changes = dict[int, tuple[Node, Back] | None]


@dataclass
class Tape:
    """A network at one point.

    Attributes
    ----------
    leaves : dict
        The inputs and parameters, by the names of their gradients.
    """

    leaves: dict[str, Node]
    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)

    @property
    def output(self) -> Node:
        """The newest node."""
        return self.nodes[-1]

    def add(self, value: np.ndarray, name: str = "") -> Node:
        """Return a new node, which is the output until another is added."""
        self.nodes.append(Node(value, name))
        return self.output

    def connect(
        self,
        source: Node,
        back: Back,
        kind: str = "pass",
        place: str = "",
        step: int = 0,
        wrong: dict[str, Back] | None = None,
        used: Node | None = None,
    ) -> None:
        """Add the way back from the newest node to one that it was computed from."""
        self.edges.append(Edge(source, self.output, back, kind, place, step, wrong or {}, used))

    def gradients(self, dout: np.ndarray, changes: Changes | None = None) -> dict[str, np.ndarray]:
        """Return the gradients of the leaves, as a backward gives them in which some edges are changed."""
        ways: dict[int, list[tuple[Back, Node]]] = defaultdict(list)
        for edge in self.edges:
            way = (changes or {}).get(id(edge), (edge.source, edge.back))
            if way is not None:
                ways[id(way[0])].append((way[1], edge.result))
        known = {id(self.output): dout.reshape(self.output.value.shape)}

        def gradient(node: Node) -> np.ndarray:
            if id(node) not in known:
                total = np.zeros(node.value.shape)
                for back, result in ways[id(node)]:
                    total = total + back(gradient(result))
                known[id(node)] = total
            return known[id(node)]

        return {name: gradient(leaf) for name, leaf in self.leaves.items()}
