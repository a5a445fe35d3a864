import torch
from torch import Tensor
from typing import Any, Tuple


class WeightedMSE(torch.autograd.Function):
    """mean(w * (x - t)^2) with gradients of x and w"""

    @staticmethod
    def forward(ctx: Any, x: Tensor, t: Tensor, w: Tensor) -> Tensor:
        ctx.save_for_backward(x, t, w)
        return (w * (x - t) ** 2).mean()

    @staticmethod
    def backward(ctx: Any, grad: Tensor) -> Tuple[Tensor, None, Tensor]:
        x, t, w = ctx.saved_tensors
        d = x - t
        return grad * 2 * w * d / d.numel(), None, grad * d ** 2
