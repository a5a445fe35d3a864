from .base import Module
from .layers import Linear, Tanh


class Sequential(Module):
    def __init__(self, *layers):
        self.layers = list(layers)

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, grad_out):
        for layer in reversed(self.layers):
            grad_out = layer.backward(grad_out)
        return grad_out


class TwoTowers(Module):
    """Two towers over the same features, multiplied: y = left(x) * right(x)."""

    def __init__(self, n_features, width, n_out):
        self.left = Sequential(Linear(n_features, width), Tanh(), Linear(width, n_out))
        self.right = Sequential(Linear(n_features, n_out), Tanh())

    def forward(self, x):
        self._l = self.left.forward(x)
        self._r = self.right.forward(x)
        return self._l * self._r

    def backward(self, grad_out):
        return self.left.backward(grad_out * self._r) + self.right.backward(grad_out * self._l)
