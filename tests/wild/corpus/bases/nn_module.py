import numpy as np
from abc import ABCMeta, abstractmethod

class Module(metaclass=ABCMeta):
    def __init__(self):
        object.__setattr__(self, "_modules", {})
        self.training = True

    def __setattr__(self, key, value):
        if isinstance(value, Module):
            self._modules[key] = value
        object.__setattr__(self, key, value)

    def __call__(self, *a): return self.forward(*a)

    @abstractmethod
    def forward(self, *a):
        raise NotImplementedError

    @abstractmethod
    def backward(self, grad):
        raise NotImplementedError

class Linear(Module):
    def __init__(self, n_in, n_out):
        super().__init__()
        self.weight = np.random.randn(n_out, n_in) * (2 / (n_in + n_out)) ** 0.5
        self.bias = np.zeros(n_out)

    def forward(self, x):
        self._in = x
        return x @ self.weight.T + self.bias

    def backward(self, grad):
        self.weight_grad = grad.T @ self._in
        self.bias_grad = grad.sum(axis=0)
        return grad @ self.weight

class GELU(Module):
    def forward(self, x):
        self._in = x
        self._t = np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x ** 3))
        return 0.5 * x * (1 + self._t)

    def backward(self, grad):
        x, t = self._in, self._t
        inner = np.sqrt(2 / np.pi) * (1 + 3 * 0.044715 * x ** 2)
        return grad * (0.5 * (1 + t) + 0.5 * x * (1 - t ** 2) * inner)

class ResidualBlock(Module):
    """x + fc2(gelu(fc1(x)))"""
    def __init__(self, dim, hidden):
        super().__init__()
        self.fc1, self.act, self.fc2 = Linear(dim, hidden), GELU(), Linear(hidden, dim)

    def forward(self, x):
        return x + self.fc2(self.act(self.fc1(x)))

    def backward(self, grad):
        for m in (self.fc2, self.act, self.fc1):
            grad = m.backward(grad)
        return grad
