import torch
import torch.nn.functional as F
from torch.autograd import Function
from torch.autograd.function import once_differentiable


class Conv2dUnfold(Function):
    """convolution as a matrix product; x (N,C,H,W), w (O,C,k,k), stride, padding"""

    @staticmethod
    def forward(ctx, x, w, b, stride=1, padding=0):
        n, _, h, wd = x.shape
        o, _, k, _ = w.shape
        cols = F.unfold(x, k, stride=stride, padding=padding)        # N, C*k*k, L
        oh = (h + 2 * padding - k) // stride + 1
        ow = (wd + 2 * padding - k) // stride + 1
        y = w.view(o, -1) @ cols + b.view(1, -1, 1)
        ctx.save_for_backward(cols, w)
        ctx.conf = (h, wd), k, stride, padding
        return y.view(n, o, oh, ow)

    @staticmethod
    @once_differentiable
    def backward(ctx, dy):
        cols, w = ctx.saved_tensors
        size, k, stride, padding = ctx.conf
        dy = dy.flatten(2)
        db = dy.sum((0, 2))
        dw = torch.einsum("nol,nkl->ok", dy, cols).view_as(w)
        dx = F.fold(w.view(w.shape[0], -1).t() @ dy, size, k, stride=stride, padding=padding)
        return dx, dw, db, None, None
