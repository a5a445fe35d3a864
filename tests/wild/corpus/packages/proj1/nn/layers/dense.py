from ..initializers import he, zeros
from .base import Layer


class Dense(Layer):
    """y = x W + b"""

    def __init__(self, n_in, n_out, use_bias=True):
        super().__init__()
        self.params["W"] = he(n_in, n_out)
        self.use_bias = use_bias
        if use_bias:
            self.params["b"] = zeros(n_out)

    def forward(self, inputs):
        self.inputs = inputs
        out = inputs @ self.params["W"]
        if self.use_bias:
            out = out + self.params["b"]
        return out

    def backward(self, grad):
        self.grads["W"] = self.inputs.T @ grad
        if self.use_bias:
            self.grads["b"] = grad.sum(axis=0)
        return grad @ self.params["W"].T
