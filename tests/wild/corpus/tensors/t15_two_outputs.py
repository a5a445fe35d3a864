import torch

class SinCos(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        s, c = torch.sin(x), torch.cos(x)
        ctx.save_for_backward(s, c)
        return s, c

    @staticmethod
    def backward(ctx, gs, gc):
        s, c = ctx.saved_tensors
        return gs * c - gc * s


class Polar(torch.autograd.Function):
    """(x, y) -> (r, phi)"""

    @staticmethod
    def forward(ctx, x, y):
        r = torch.hypot(x, y)
        ctx.save_for_backward(x, y, r)
        return r, torch.atan2(y, x)

    @staticmethod
    def backward(ctx, gr, gphi):
        x, y, r = ctx.saved_tensors
        gx = gr * x / r - gphi * y / r ** 2
        gy = gr * y / r + gphi * x / r ** 2
        return gx, gy
