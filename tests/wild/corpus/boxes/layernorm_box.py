import numpy as np


class Parameter(object):
    """A learnable array."""

    def __init__(self, init):
        self.data = init
        self.grad = np.zeros_like(init)


class LayerNorm:
    def __init__(self, normalized_dim: int, eps: float = 1e-6):
        self.gain = Parameter(np.ones(normalized_dim))
        self.shift = Parameter(np.zeros(normalized_dim))
        self.eps = eps

    def forward(self, x):
        self.x = x
        self.mean = x.mean(axis=-1, keepdims=True)
        self.std = np.sqrt(x.var(axis=-1, keepdims=True) + self.eps)
        self.x_hat = (x - self.mean) / self.std
        return self.gain.data * self.x_hat + self.shift.data

    def backward(self, dout):
        lead = tuple(range(dout.ndim - 1))
        self.gain.grad += (dout * (self.x - self.mean)).sum(axis=lead)
        self.shift.grad += dout.sum(axis=lead)

        dx_hat = dout * self.gain.data
        return (dx_hat
                - dx_hat.mean(axis=-1, keepdims=True)
                - self.x_hat * (dx_hat * self.x_hat).mean(axis=-1, keepdims=True)) / self.std
