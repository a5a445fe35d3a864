import numpy as np


class Tensor:
    def __init__(self, data, requires_grad=False, depends_on=()):
        self.data = np.asarray(data, dtype=float)
        self.requires_grad = requires_grad
        self.depends_on = depends_on
        self.grad = None
        if requires_grad:
            self.zero_grad()

    def zero_grad(self):
        self.grad = np.zeros_like(self.data)

    def backward(self, grad=None):
        assert self.requires_grad, "called backward on a tensor without requires_grad"
        if grad is None:
            grad = np.ones(self.data.shape)
        self.grad += grad
        for t, fn in self.depends_on:
            if t.requires_grad:
                t.backward(fn(grad))


class Op:
    def __call__(self, x, *args):
        out = self.forward(x.data, *args)
        return Tensor(out, x.requires_grad, [(x, self.backward)] if x.requires_grad else [])


class Reshape(Op):
    def forward(self, x, shape=(-1,)):
        self.old = x.shape
        return x.reshape(shape)

    def backward(self, grad):
        return grad.reshape(self.old)


class Flip(Op):
    """reverses the last axis"""
    def forward(self, x):
        return x[..., ::-1]

    def backward(self, grad):
        return grad[..., ::-1]


class CumSum(Op):
    """running sum along the last axis"""
    def forward(self, x):
        return np.cumsum(x, axis=-1)

    def backward(self, grad):
        return np.cumsum(grad, axis=-1)


class SumKeep(Op):
    def forward(self, x):
        self.shape = x.shape
        return x.sum(axis=1, keepdims=True)

    def backward(self, grad):
        return grad * np.ones(self.shape)


class Standardize(Op):
    """zero mean, unit variance along the last axis"""
    def forward(self, x):
        self.sd = np.sqrt(x.var(axis=-1, keepdims=True) + 1e-8)
        self.y = (x - x.mean(axis=-1, keepdims=True)) / self.sd
        return self.y

    def backward(self, grad):
        return (grad - grad.mean(axis=-1, keepdims=True)) / self.sd
