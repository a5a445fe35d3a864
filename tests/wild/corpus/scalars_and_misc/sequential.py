from typing import List, Protocol

import numpy as np


class Layer(Protocol):
    def forward(self, x: np.ndarray) -> np.ndarray: ...
    def backward(self, dout: np.ndarray) -> np.ndarray: ...


class Elementwise:
    """Elementwise(np.sin, np.cos)"""

    def __init__(self, f, df):
        self.f, self.df = f, df

    def forward(self, x):
        self.x = x
        return self.f(x)

    def backward(self, dout):
        return dout * self.df(self.x)


class Sequential:
    def __init__(self, layers: List[Layer]):
        self.layers = layers

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, dout):
        for layer in self.layers[::-1]:
            dout = layer.backward(dout)
        return dout


class Parallel:
    """the same input for all branches, the outputs are added"""

    def __init__(self, *branches: Layer):
        self.branches = branches

    def forward(self, x):
        return sum(b.forward(x) for b in self.branches)

    def backward(self, dout):
        for b in self.branches:
            dx = b.backward(dout)
        return dx


def build():
    inner = Sequential([Elementwise(np.sin, np.cos), Elementwise(np.exp, np.exp)])
    return Parallel(inner, Elementwise(np.tanh, lambda t: 1 - np.tanh(t) ** 2))
