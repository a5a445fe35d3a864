import torch


class ScaleShift(torch.autograd.Function):
    """alpha * x + beta; alpha and beta are Python numbers"""

    @staticmethod
    def forward(ctx, x: torch.Tensor, alpha: float, beta: float = 0.0) -> torch.Tensor:
        ctx.alpha = alpha
        return alpha * x + beta

    @staticmethod
    def backward(ctx, grad_output: torch.Tensor):
        return ctx.alpha * grad_output, None, None


class Rotate(torch.autograd.Function):
    """rolls the tensor along a dimension"""

    @staticmethod
    def forward(ctx, x, shifts, dim):
        ctx.shifts, ctx.dim = shifts, dim
        return torch.roll(x, shifts, dim)

    @staticmethod
    def backward(ctx, g):
        return torch.roll(g, -ctx.shifts, ctx.dim), None, None


def main():
    x = torch.randn(3, 4, dtype=torch.double, requires_grad=True)
    print(torch.autograd.gradcheck(lambda t: ScaleShift.apply(t, 2.5, 1.0), x))
    print(torch.autograd.gradcheck(lambda t: Rotate.apply(t, 1, 0), x))


if __name__ == "__main__":
    main()
