"""What flows through a graph: values forward, gradients back, and each input's share where an edge branches."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from graph.variable import Variable as Recorded
from graph.walk import topological_order
from page.inside.seeing.naming import names_of


@dataclass(frozen=True)
class Share:
    """What one node hands back to one of its inputs.

    Attributes
    ----------
    source, target : int
        The input that gets it, and the node that hands it back, by their places in the order.
    place : int
        Which of the node's inputs it is.
    value : number or array
    """

    source: int
    target: int
    place: int
    value: Any


class Flow:
    """A graph after forward and backward.

    Attributes
    ----------
    order : list of Variable
        Inputs before what is computed from them.
    names : list of str
    inputs : list of tuple of int
    shares : list of Share
        In the order in which they flow back.
    top : str
        What is differentiated: the output's name, or L where a layer's output gets its gradient from what follows.
    """

    def __init__(self, output: Recorded, dout: Any, is_layer: bool) -> None:
        with np.errstate(all="ignore"):
            output.backward(dout)
            self.order: list[Recorded] = topological_order(output)
            self.places = {id(variable): place for place, variable in enumerate(self.order)}
            by_id = names_of(self.order, is_layer)
            self.names = [by_id[id(variable)] for variable in self.order]
            self.inputs = [self.inputs_of(variable) for variable in self.order]
            self.shares = [share for place in self.backwards() for share in self.handed_back(place)]
        self.is_one_number = np.ndim(output.data) == 0 and dout is None
        self.top = self.names[-1] if self.is_one_number or (np.size(output.data) == 1 and dout is None) else "L"

    def inputs_of(self, variable: Recorded) -> tuple[int, ...]:
        """Return the places of the inputs of the operation that a Variable comes from."""
        sources = () if variable.creator is None else variable.creator.inputs
        return tuple(self.places[id(source)] for source in sources)

    def forwards(self) -> Sequence[int]:
        """Return the places of what operations computed, in the order in which values flow."""
        return [place for place, variable in enumerate(self.order) if variable.creator is not None]

    def backwards(self) -> Sequence[int]:
        """Return the same places in the order in which gradients flow."""
        return self.forwards()[::-1]

    def handed_back(self, place: int) -> list[Share]:
        """Return what a node hands back to its inputs."""
        variable = self.order[place]
        if variable.creator is None or variable.grad is None:
            return []
        found = []
        handed = variable.creator.backward(variable.grad)
        for number, (source, value) in enumerate(zip(variable.creator.inputs, handed, strict=True)):
            if value is not None and source.takes_gradient:
                data = float(value) if np.ndim(source.data) == 0 else np.asarray(value)
                found.append(Share(self.places[id(source)], place, number, data))
        return found

    def to(self, place: int) -> list[Share]:
        """Return the shares that come to a value, in the order in which they come."""
        return [share for share in self.shares if share.source == place]

    def uses(self, place: int) -> int:
        """Return by how many edges a value is used."""
        return sum(inputs.count(place) for inputs in self.inputs)
