import numpy as np


class Tensor:
    """array with a gradient; .numpy() gives the array"""

    def __init__(self, array, requires_grad=False):
        self._array = np.asarray(array, dtype=np.float64)
        self.requires_grad = requires_grad
        self.grad = None
        self.node = None        # (operation, inputs)

    def numpy(self):
        return self._array

    def backward(self, grad=None):
        if grad is None:
            grad = np.ones_like(self._array)
        self.grad = grad if self.grad is None else self.grad + grad
        if self.node:
            op, inputs = self.node
            result = op.backward(grad)
            if len(inputs) == 1:
                result = (result,)
            for t, g in zip(inputs, result):
                if t.requires_grad:
                    t.backward(g)


class Operation:
    def forward(self, *inputs):
        out = Tensor(self.compute(*[t.numpy() for t in inputs]), any(t.requires_grad for t in inputs))
        if out.requires_grad:
            out.node = self, inputs
        return out
