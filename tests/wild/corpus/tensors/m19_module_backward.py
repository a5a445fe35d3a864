import torch
import torch.nn as nn


class ManualLinear(nn.Module):
    """nn.Module, but the gradients are computed by hand (no autograd)"""

    def __init__(self, n_in, n_out):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(n_out, n_in) / n_in ** 0.5, requires_grad=False)
        self.bias = nn.Parameter(torch.zeros(n_out), requires_grad=False)

    def forward(self, x):
        self.x = x
        return x @ self.weight.t() + self.bias

    def backward(self, grad):
        self.weight.grad = grad.t() @ self.x
        self.bias.grad = grad.sum(dim=0)
        return grad @ self.weight


class ManualTanh(nn.Module):
    def forward(self, x):
        self.y = torch.tanh(x)
        return self.y

    def backward(self, grad):
        return grad * (1 - self.y ** 2)
