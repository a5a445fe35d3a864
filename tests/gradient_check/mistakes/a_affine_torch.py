"""Linear layer of somebody who comes from PyTorch: weight is (out, in), the upstream gradient is grad_output."""

import numpy as np

from mistakes import Mistake, Right


class Linear:
    def __init__(self, in_features, out_features, rng):
        bound = 1 / np.sqrt(in_features)
        self.weight = rng.uniform(-bound, bound, (out_features, in_features))
        self.bias = rng.uniform(-bound, bound, out_features)
        self.dweight = None
        self.dbias = None

    def forward(self, input):
        self.saved_input = input
        return input @ self.weight.T + self.bias

    def backward(self, grad_output):
        grad_input = grad_output @ self.weight
        self.dweight = grad_output.T @ self.saved_input
        self.dbias = grad_output.sum(axis=0)
        return grad_input


class LinearWeightInOut(Linear):
    def backward(self, grad_output):
        grad_input = grad_output @ self.weight
        self.dweight = self.saved_input.T @ grad_output
        self.dbias = grad_output.sum(axis=0)
        return grad_input


class LinearGradBias:
    def __init__(self, in_features, out_features, rng):
        bound = 1 / np.sqrt(in_features)
        self.weight = rng.uniform(-bound, bound, (out_features, in_features))
        self.bias = rng.uniform(-bound, bound, (out_features,))
        self.dweight = None
        self.dbias = None

    def forward(self, input):
        self.saved_input = input
        return input @ self.weight.T + self.bias

    def backward(self, grad_output):
        grad_weight = grad_output.T @ self.saved_input
        grad_bias = grad_output.sum(axis=0)
        self.dweight, self.grad_bias = grad_weight, grad_bias
        return grad_output @ self.weight


class LinearNoBiasInForward:
    def __init__(self, in_features, out_features, rng):
        std = np.sqrt(2 / in_features)
        self.weight = std * rng.standard_normal((out_features, in_features))
        self.bias = 0.1 * rng.standard_normal(out_features)

    def forward(self, input):
        self.saved_input = input
        return input @ self.weight.T

    def backward(self, grad_output):
        self.dweight = grad_output.T @ self.saved_input
        self.dbias = grad_output.sum(axis=0)
        return grad_output @ self.weight


class LinearTensorDtype:
    def __init__(self, in_features, out_features, rng):
        bound = 1 / np.sqrt(in_features)
        self.weight = rng.uniform(-bound, bound, (out_features, in_features))
        self.bias = rng.uniform(-bound, bound, out_features)

    def forward(self, input):
        self.saved_input = np.asarray(input, dtype=np.float32)
        return input @ self.weight.T + self.bias

    def backward(self, grad_output):
        self.dweight = grad_output.T @ self.saved_input
        self.dbias = grad_output.sum(axis=0)
        return grad_output @ self.weight


class LinearSavesOnce:
    def __init__(self, in_features, out_features, rng):
        bound = 1 / np.sqrt(in_features)
        self.weight = rng.uniform(-bound, bound, (out_features, in_features))
        self.bias = rng.uniform(-bound, bound, out_features)
        self.ctx = {}

    def save_for_backward(self, **tensors):
        for name, tensor in tensors.items():
            self.ctx.setdefault(name, tensor.copy())

    def forward(self, input):
        self.save_for_backward(input=input)
        return input @ self.weight.T + self.bias

    def backward(self, grad_output):
        self.dweight = grad_output.T @ self.ctx["input"]
        self.dbias = grad_output.sum(axis=0)
        return grad_output @ self.weight


class LinearDim(Linear):
    def backward(self, grad_output):
        grad_input = grad_output @ self.weight
        self.dweight = grad_output.T @ self.saved_input
        self.dbias = grad_output.sum(dim=0)
        return grad_input


def x(rng):
    return (rng.normal(size=(7, 5)),)


RIGHT = [Right(lambda rng: Linear(5, 3, rng), x)]

MISTAKES = [
    Mistake("transposed", "dweight", lambda rng: LinearWeightInOut(5, 3, rng), x),
    Mistake("not-computed", "dbias", lambda rng: LinearGradBias(5, 3, rng), x),
    Mistake("forward-wrong", None, lambda rng: LinearNoBiasInForward(5, 3, rng), x),
    Mistake("precision", "dweight", lambda rng: LinearTensorDtype(5, 3, rng), x),
    Mistake("stale-cache", "dweight", lambda rng: LinearSavesOnce(5, 3, rng), x),
    Mistake("raises", None, lambda rng: LinearDim(5, 3, rng), x),
]
