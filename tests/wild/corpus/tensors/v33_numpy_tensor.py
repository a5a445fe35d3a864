import numpy as np


class Tensor:
    def __init__(self, data, requires_grad=True):
        self.data = np.asarray(data, dtype=np.float64)
        self.grad = np.zeros_like(self.data)
        self.requires_grad = requires_grad
        self._prev = ()
        self._backward = lambda: None

    @staticmethod
    def _reduce(g, shape):
        """undo broadcasting"""
        while g.ndim > len(shape):
            g = g.sum(axis=0)
        for i, s in enumerate(shape):
            if s == 1 and g.shape[i] != 1:
                g = g.sum(axis=i, keepdims=True)
        return g

    def _new(self, data, prev):
        t = Tensor(data)
        t._prev = prev
        return t

    def __add__(self, o):
        out = self._new(self.data + o.data, (self, o))
        def _backward():
            self.grad += self._reduce(out.grad, self.data.shape)
            o.grad += self._reduce(out.grad, o.data.shape)
        out._backward = _backward
        return out

    def __mul__(self, o):
        out = self._new(self.data * o.data, (self, o))
        def _backward():
            self.grad += self._reduce(out.grad * o.data, self.data.shape)
            o.grad += self._reduce(out.grad * self.data, o.data.shape)
        out._backward = _backward
        return out

    def __matmul__(self, o):
        out = self._new(self.data @ o.data, (self, o))
        def _backward():
            self.grad += out.grad @ o.data.T
            o.grad += self.data.T @ out.grad
        out._backward = _backward
        return out

    def relu(self):
        out = self._new(np.maximum(self.data, 0), (self,))
        def _backward():
            self.grad += out.grad * (self.data > 0)
        out._backward = _backward
        return out

    def sum(self):
        out = self._new(self.data.sum(), (self,))
        def _backward():
            self.grad += np.ones_like(self.data) * out.grad
        out._backward = _backward
        return out

    def backward(self):
        order, seen = [], set()
        def dfs(t):
            if t not in seen:
                seen.add(t)
                for p in t._prev:
                    dfs(p)
                order.append(t)
        dfs(self)
        self.grad = np.ones_like(self.data)
        for t in reversed(order):
            t._backward()
