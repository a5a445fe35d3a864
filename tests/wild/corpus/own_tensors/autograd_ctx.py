"""A very small autograd: Tensor, Function and three operations."""
import numpy as np


class Tensor:
    def __init__(self, data, requires_grad=False):
        self.data = np.asarray(data, dtype=np.float64)
        self.requires_grad = requires_grad
        self.grad = None
        self._ctx = None

    def _order(self, seen):
        if self in seen:
            return []
        seen.add(self)
        parents = self._ctx.parents if self._ctx else ()
        return sum((p._order(seen) for p in parents), []) + [self]

    def backward(self, grad=None):
        self.grad = np.ones_like(self.data) if grad is None else grad
        for t in reversed(self._order(set())):
            if t._ctx is None: continue
            grads = t._ctx.op.backward(t._ctx, t.grad)
            for p, g in zip(t._ctx.parents, grads if isinstance(grads, tuple) else (grads,)):
                p.grad = g if p.grad is None else p.grad + g


class Function:
    def __init__(self, op, parents):
        self.op, self.parents = op, parents

    @classmethod
    def apply(cls, *tensors):
        ctx = Function(cls, tensors)
        out = Tensor(cls.forward(ctx, *[t.data for t in tensors]))
        out.requires_grad, out._ctx = True, ctx
        return out


def unbroadcast(grad, shape):
    while grad.ndim > len(shape):
        grad = grad.sum(axis=0)
    for i, n in enumerate(shape):
        if n == 1:
            grad = grad.sum(axis=i, keepdims=True)
    return grad


class Mul(Function):
    @staticmethod
    def forward(ctx, a, b):
        ctx.saved = a, b
        return a * b

    @staticmethod
    def backward(ctx, grad):
        a, b = ctx.saved
        return unbroadcast(grad * b, a.shape), unbroadcast(grad * a, b.shape)


class MatMul(Function):
    @staticmethod
    def forward(ctx, a, b):
        ctx.saved = a, b
        return a @ b

    @staticmethod
    def backward(ctx, grad):
        a, b = ctx.saved
        return grad @ b.T, a.T @ grad


class Mean(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.shape = x.shape
        return x.mean()

    @staticmethod
    def backward(ctx, grad):
        return grad * np.ones(ctx.shape)
