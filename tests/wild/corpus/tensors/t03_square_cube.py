import torch

class Square(torch.autograd.Function):
    @staticmethod
    def forward(ctx, i):
        ctx.save_for_backward(i)
        return i ** 2
    @staticmethod
    def backward(ctx, grad_output):
        i, = ctx.saved_tensors
        return 2 * i * grad_output

class Cube(torch.autograd.Function):
    @staticmethod
    def forward(ctx, i):
        ctx.save_for_backward(i)
        return i ** 3
    @staticmethod
    def backward(ctx, grad_output):
        i, = ctx.saved_tensors
        return 3 * i * grad_output

class Exp(torch.autograd.Function):
    @staticmethod
    def forward(ctx, i):
        result = i.exp()
        ctx.save_for_backward(result)
        return result
    @staticmethod
    def backward(ctx, grad_output):
        result, = ctx.saved_tensors
        return grad_output * result

square, cube, exp = Square.apply, Cube.apply, Exp.apply
