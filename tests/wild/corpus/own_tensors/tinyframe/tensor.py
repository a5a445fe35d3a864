import numpy as np


class Tensor:
    def __init__(self, data, requires_grad=False, creator=None):
        self._data = data if isinstance(data, np.ndarray) else np.array(data, dtype="float64")
        self.requires_grad = requires_grad
        self.creator = creator
        self.grad = None

    def __repr__(self):
        return f"Tensor({self._data}, requires_grad={self.requires_grad})"

    def backward(self, grad=None):
        # Kahn's algorithm on the nodes that can be reached from here
        self.grad = np.ones_like(self._data) if grad is None else grad
        degree, stack = {}, [self]
        while stack:
            t = stack.pop()
            for p in (t.creator.inputs if t.creator else ()):
                if p not in degree:
                    degree[p] = 0
                    stack.append(p)
                degree[p] += 1
        ready = [self]
        while ready:
            t = ready.pop()
            if t.creator is None:
                continue
            grads = t.creator.backward(t.creator, t.grad)
            grads = grads if isinstance(grads, tuple) else (grads,)
            for p, g in zip(t.creator.inputs, grads):
                p.grad = g if p.grad is None else p.grad + g
                degree[p] -= 1
                if degree[p] == 0:
                    ready.append(p)
