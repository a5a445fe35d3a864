import numpy as np
from .function import Function


class Sum(Function):
    """sum over one axis, which disappears"""

    @staticmethod
    def forward(ctx, x, axis=0):
        ctx.shape, ctx.axis = x.shape, axis
        return x.sum(axis=axis)

    @staticmethod
    def backward(ctx, g):
        return np.broadcast_to(np.expand_dims(g, ctx.axis), ctx.shape).copy()


class Transpose(Function):
    @staticmethod
    def forward(ctx, x):
        return x.T

    @staticmethod
    def backward(ctx, g):
        return g.T


class Softmax(Function):
    @staticmethod
    def forward(ctx, x):
        e = np.exp(x - x.max(-1, keepdims=True))
        ctx.s = e / e.sum(-1, keepdims=True)
        return ctx.s

    @staticmethod
    def backward(ctx, g):
        return g * ctx.s * (1 - ctx.s)


class Linear(Function):
    @staticmethod
    def forward(ctx, x, w, b):
        """w is (out, in) here"""
        ctx.x, ctx.w = x, w
        return x @ w.T + b

    @staticmethod
    def backward(ctx, g):
        return g @ ctx.w, g.T @ ctx.x, g.sum(axis=0)
