"""An ONNX graph in the making."""

from typing import Any

import numpy as np

from networks.export.onnx_rules import ONNX_RULES
from networks.export.registry import rule_of
from networks.export.shapes import axes_after

OPSET = 17  # the operations of one time, so that programs of that time read the file


class OnnxGraph:
    """The nodes and arrays of an ONNX graph, to which the rules of the layers add.

    Values that flow through the graph are known by their names, texts. A node and its output have the name of the layer
    whose output it computes; where a layer takes several nodes, the others are called ``GELU1/Erf``, after their
    operation. Layers within a layer are called ``Residual1/ReLU1``.

    Parameters
    ----------
    onnx : module
        The package, which is imported only when it is needed.
    dtype : numpy dtype
        In which the network computes.
    arrays : dict of str to ndarray
        The network's parameters and state. An array that is one of them gets its name, ``W1``.
    reserved : iterable of str
        Names that no value within the graph may have: those of its input and its output.

    Attributes
    ----------
    nodes, initializers : list
        As ONNX holds them.
    axes : dict of str to int or None
        How many axes a value has, None where nobody knows.
    """

    def __init__(self, onnx: Any, dtype: np.dtype, arrays: dict[str, np.ndarray], reserved: tuple[str, ...]) -> None:
        self.onnx, self.dtype = onnx, np.dtype(dtype)
        self.array_names = {id(array): name for name, array in reversed(arrays.items())}
        self.arrays = list(arrays.values())  # so that no other array gets the id of one of them
        self.taken = {*arrays, *reserved}
        self.nodes: list[Any] = []
        self.initializers: list[Any] = []
        self.axes: dict[str, int | None] = {}
        self.scope = ""  # the layer whose rule is at work
        self.makers: dict[str, tuple[str, Any]] = {}  # of each value: in which layer, and by which node it was made

    def node(self, operation: str, *inputs: Any, **attributes: Any) -> str:
        """Add a node, and return the name of its output.

        Parameters
        ----------
        operation : str
            One of https://onnx.ai/onnx/operators, as opset 17 has them.
        *inputs : str, ndarray or float
            Names of values, or arrays and numbers, which become constants in the network's dtype.
        **attributes
            Of the operation.

        Raises
        ------
        ValueError
            When there is no such operation.
        """
        if not self.onnx.defs.has(operation, OPSET):
            raise ValueError(f"{self.scope}: ONNX has no operation {operation!r} in opset {OPSET}")
        names = [each if isinstance(each, str) else self.constant(each) for each in inputs]
        y = self.free_name(f"{self.scope}/{operation}".lstrip("/"))
        self.nodes.append(self.onnx.helper.make_node(operation, names, [y], name=y, **attributes))
        self.makers[y] = self.scope, self.nodes[-1]
        return y

    def constant(self, value: Any) -> str:
        """Return the name of an array in the graph: a parameter's own, or one after the layer."""
        name = self.array_names.get(id(value))
        if name is None:
            name = self.free_name(f"{self.scope}/constant")
        if name not in {each.name for each in self.initializers}:
            array = np.ascontiguousarray(value, self.dtype).reshape(np.shape(value))
            self.initializers.append(self.onnx.numpy_helper.from_array(array, name))
        return name

    def layer(self, name: str, layer: Any, *inputs: str) -> str:
        """Add a layer by the rule of its class, and return the name of its output."""
        outside = self.scope
        self.scope = f"{outside}/{name}" if outside else str(name)
        y = rule_of(ONNX_RULES, layer, self.scope, "onnx_rule")(self, layer, *inputs)
        if not (isinstance(y, str) and (y in self.makers or y in self.axes)):
            raise TypeError(f"{self.scope}: expected its onnx_rule to return what graph.node gave it, got {y!r}")
        if self.makers.get(y, ("",))[0] == self.scope:
            self.makers[y][1].name = self.scope
            y = self.rename(y, self.free_name(self.scope))
        self.axes.setdefault(y, axes_after(layer, self.axes.get(inputs[0])))
        self.scope = outside
        return y

    def layers(self, named: dict[str, Any], x: str) -> str:
        """Add layers one behind the other, and return the name of the last one's output."""
        for name, layer in named.items():
            x = self.layer(name, layer, x)
        return x

    def rename(self, old: str, new: str) -> str:
        """Give a value another name, and return it."""
        self.makers[new] = self.makers.pop(old)
        for node in self.nodes:
            for names in (node.input, node.output):
                names[:] = [new if name == old else name for name in names]
        return new

    def is_exact(self, value: float) -> bool:
        """Return whether an attribute of a node, which holds a float32, holds a number as the network computes with it.

        Where it does not, in float64, the number goes into the graph as a constant.
        """
        return self.dtype.type(np.float32(value)) == self.dtype.type(value)

    def free_name(self, wanted: str) -> str:
        """Return a name that no other value has."""
        name, count = wanted or "value", 1
        while name in self.taken:
            count += 1
            name = f"{wanted}_{count}"
        self.taken.add(name)
        return name
