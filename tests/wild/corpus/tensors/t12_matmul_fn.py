import torch

class MatMul(torch.autograd.Function):
    @staticmethod
    def forward(ctx, A, B):
        ctx.save_for_backward(A, B)
        return A @ B

    @staticmethod
    def backward(ctx, G):
        A, B = ctx.saved_tensors
        return G @ B, A.t() @ G      # A, B: n x n


class QuadraticForm(torch.autograd.Function):
    """x_i' A x_i for the rows of x, A need not be symmetric"""
    @staticmethod
    def forward(ctx, x, A):
        ctx.save_for_backward(x, A)
        return ((x @ A) * x).sum(1)

    @staticmethod
    def backward(ctx, g):
        x, A = ctx.saved_tensors
        return g[:, None] * (x @ (A + A.t())), (g[:, None] * x).t() @ x
