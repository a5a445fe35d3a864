import numpy as np


class Parameter:
    def __init__(self, data):
        self.data = np.asarray(data, dtype=np.float64)
        self.grad = np.zeros_like(self.data)

    def zero_grad(self):
        self.grad.fill(0.0)

    def __repr__(self):
        return f"Parameter(shape={self.data.shape})"


class Linear:
    def __init__(self, in_features, out_features, bias=True):
        limit = np.sqrt(6 / (in_features + out_features))
        self.weight = Parameter(np.random.uniform(-limit, limit, (in_features, out_features)))
        self.bias = Parameter(np.zeros(out_features)) if bias else None

    def forward(self, x):
        self.x = x
        out = x @ self.weight.data
        if self.bias is not None:
            out = out + self.bias.data
        return out

    def backward(self, grad_output):
        self.weight.grad += self.x.T @ grad_output
        if self.bias is not None:
            self.bias.grad += grad_output.sum(axis=0)
        return grad_output @ self.weight.data.T

    def parameters(self):
        return [p for p in (self.weight, self.bias) if p is not None]


class GELU:
    """tanh approximation of the GELU"""
    C = np.sqrt(2 / np.pi)

    def forward(self, x):
        self.x = x
        self.t = np.tanh(self.C * (x + 0.044715 * x ** 3))
        return 0.5 * x * (1 + self.t)

    def backward(self, grad_output):
        dt = (1 - self.t ** 2) * self.C * (1 + 3 * 0.044715 * self.x ** 2)
        return grad_output * (0.5 * (1 + self.t) + 0.5 * self.x * dt)

    def parameters(self):
        return []
