import torch
from torch.autograd import Function

class FusedMulAdd(Function):
    # out = a * b + c
    @staticmethod
    def forward(ctx, a, b, c):
        ctx.save_for_backward(a, b)
        return a * b + c

    @staticmethod
    def backward(ctx, dout):
        a, b = ctx.saved_tensors
        return dout * a, dout * b, dout

class Lerp(Function):
    # out = x + t * (y - x)
    @staticmethod
    def forward(ctx, x, y, t):
        ctx.save_for_backward(x, y, t)
        return x + t * (y - x)

    @staticmethod
    def backward(ctx, dout):
        x, y, t = ctx.saved_tensors
        return dout * (1 - t), dout * t, dout * (y - x)
