"""Activation layers made by a factory."""
import numpy as np


def make_activation(f, df, name):
    class Activation:
        def forward(self, x):
            self.x = np.asarray(x, dtype=float)
            return f(self.x)

        def backward(self, dout):
            return dout * df(self.x)

    Activation.__name__ = Activation.__qualname__ = name
    return Activation


def _sig(x):
    return 1.0 / (1.0 + np.exp(-x))


Relu = make_activation(lambda x: np.maximum(x, 0), lambda x: (x > 0).astype(float), "Relu")
Sigmoid = make_activation(_sig, lambda x: _sig(x) * (1 - _sig(x)), "Sigmoid")
Softsign = make_activation(lambda x: x / (1 + abs(x)), lambda x: 1 / (1 + abs(x)), "Softsign")

if __name__ == "__main__":
    import sys
    which = {"relu": Relu, "sigmoid": Sigmoid, "softsign": Softsign}[sys.argv[1]]
    print(which().forward(np.arange(-3, 4)))
