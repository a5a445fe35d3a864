# -*- coding: utf-8 -*-
import torch

class LeakyReLU(torch.autograd.Function):
    """음수 쪽 기울기 slope 를 갖는 ReLU"""
    @staticmethod
    def forward(ctx, x, slope):
        ctx.slope = slope
        ctx.save_for_backward(x)
        return torch.where(x > 0, x, slope * x)

    @staticmethod
    def backward(ctx, dout):
        x, = ctx.saved_tensors
        dx = dout.clone()
        dx[x > 0] *= ctx.slope
        return dx, None
