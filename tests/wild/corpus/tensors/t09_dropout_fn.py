import torch

class Dropout(torch.autograd.Function):
    """ctx, x, p, training -> x with dropped entries (inverted dropout)"""

    @staticmethod
    def forward(ctx, x, p=0.5, training=True):
        ctx.p, ctx.training = p, training
        if not training or p == 0:
            return x.clone()
        mask = (torch.rand_like(x) >= p).to(x.dtype) / (1 - p)
        ctx.save_for_backward(mask)
        return x * mask

    @staticmethod
    def backward(ctx, g):
        if not ctx.training or ctx.p == 0:
            return g, None, None
        (mask,) = ctx.saved_tensors
        return g * mask, None, None
