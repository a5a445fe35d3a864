import numpy as np
from typing import List, Optional, Tuple, Union


class TensorOp:
    def compute(self, *args: Tuple[np.ndarray]):
        raise NotImplementedError

    def gradient(self, out_grad: np.ndarray, node: "Node"):
        raise NotImplementedError

    def __call__(self, *inputs: "Node") -> "Node":
        return Node(self, inputs)


class Node:
    """a value in the graph; realize_cached_data() computes it once"""

    def __init__(self, op: Optional[TensorOp], inputs, data=None):
        self.op = op
        self.inputs: List["Node"] = list(inputs)
        self.cached_data = data

    def realize_cached_data(self) -> np.ndarray:
        if self.cached_data is None:
            self.cached_data = self.op.compute(*[x.realize_cached_data() for x in self.inputs])
        return self.cached_data


def const(data) -> Node:
    return Node(None, [], np.asarray(data, dtype=float))


class EWiseDiv(TensorOp):
    def compute(self, a, b):
        return a / b

    def gradient(self, out_grad, node):
        a, b = (x.realize_cached_data() for x in node.inputs)
        return out_grad / b, out_grad * a / b ** 2


class PowerScalar(TensorOp):
    def __init__(self, scalar: int):
        self.scalar = scalar

    def compute(self, a: np.ndarray) -> np.ndarray:
        return a ** self.scalar

    def gradient(self, out_grad, node):
        a = node.inputs[0].realize_cached_data()
        return out_grad * self.scalar * a ** (self.scalar - 1)


class Summation(TensorOp):
    def __init__(self, axes: Optional[tuple] = None):
        self.axes = axes

    def compute(self, a):
        return np.sum(a, axis=self.axes)

    def gradient(self, out_grad, node):
        shape = node.inputs[0].realize_cached_data().shape
        if self.axes is None:
            return np.broadcast_to(out_grad, shape)
        return np.broadcast_to(np.expand_dims(out_grad, self.axes), shape)
