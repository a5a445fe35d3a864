import numpy as np


class Parameter:
    def __init__(self, data):
        self.data = np.array(data, dtype=float)
        self.grad = np.zeros_like(self.data)

    def zero_grad(self):
        self.grad.fill(0.0)


class Linear:
    """y = x W^T + b, gradients accumulate as in PyTorch: call zero_grad() yourself!"""

    def __init__(self, in_features, out_features):
        bound = 1 / np.sqrt(in_features)
        self.weight = Parameter(np.random.uniform(-bound, bound, (out_features, in_features)))
        self.bias = Parameter(np.random.uniform(-bound, bound, out_features))

    def parameters(self):
        return [self.weight, self.bias]

    def zero_grad(self):
        for p in self.parameters():
            p.zero_grad()

    def forward(self, x):
        self.x = x
        return x @ self.weight.data.T + self.bias.data

    def backward(self, grad_output):
        self.weight.grad += grad_output.T @ self.x
        self.bias.grad += grad_output.sum(0)
        return grad_output @ self.weight.data
