import torch


class MyReLU(torch.autograd.Function):
    """
    We can write our own autograd Functions by subclassing
    torch.autograd.Function and implementing forward and backward.
    """

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_output):
        x, = ctx.saved_tensors
        grad_x = grad_output.clone()
        grad_x[x < 0] = 0
        return grad_x


if __name__ == "__main__":
    x = torch.randn(4, 3, requires_grad=True)
    w = torch.randn(3, 2, requires_grad=True)
    y = MyReLU.apply(x.mm(w))
    y.pow(2).sum().backward()
    print(w.grad)
