import numpy as np


class Tensor:
    """Not autograd - just an array that carries its gradient."""
    def __init__(self, arr):
        self.data = arr
        self.grad = np.zeros(arr.shape)

    @property
    def shape(self):
        return self.data.shape


class Module:
    def __call__(self, *args):
        return self.forward(*args)

    def forward(self, *args):
        raise NotImplementedError

    def backward(self, grad):
        raise NotImplementedError


class Conv1d(Module):
    """x: (batch, channels, length) -> (batch, filters, length - k + 1)"""

    def __init__(self, channels, filters, k=3):
        self.k = k
        self.w = Tensor(np.random.randn(filters, channels, k) / np.sqrt(channels * k))
        self.b = Tensor(np.zeros(filters))

    def forward(self, x):
        self.x = x
        n, _, length = x.shape
        out_len = length - self.k + 1
        out = np.empty((n, self.w.shape[0], out_len))
        for t in range(out_len):
            window = x[:, :, t:t + self.k]
            out[:, :, t] = np.tensordot(window, self.w.data, axes=([1, 2], [1, 2])) + self.b.data
        return out

    def backward(self, grad):
        dx = np.zeros_like(self.x)
        for t in range(grad.shape[2]):
            g = grad[:, :, t]
            self.w.grad += np.einsum('nf,nck->fck', g, self.x[:, :, t:t + self.k])
            dx[:, :, t:t + self.k] += np.einsum('nf,fck->nck', g, self.w.data)
        self.b.grad += grad.sum(axis=(0, 2))
        return dx
