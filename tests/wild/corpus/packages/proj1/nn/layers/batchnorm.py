import numpy as np

from .base import Layer
from ..initializers import zeros


class BatchNorm(Layer):
    def __init__(self, dim, momentum=0.9, eps=1e-5):
        super().__init__()
        self.params["gamma"] = np.ones(dim)
        self.params["beta"] = zeros(dim)
        self.running_mean = zeros(dim)
        self.running_var = np.ones(dim)
        self.momentum = momentum
        self.eps = eps

    def forward(self, inputs):
        if not self.training:
            xhat = (inputs - self.running_mean) / np.sqrt(self.running_var + self.eps)
            return self.params["gamma"] * xhat + self.params["beta"]
        mu = inputs.mean(axis=0)
        var = inputs.var(axis=0)
        self.running_mean = self.momentum * self.running_mean + (1 - self.momentum) * mu
        self.running_var = self.momentum * self.running_var + (1 - self.momentum) * var
        self.std = np.sqrt(var + self.eps)
        self.xhat = (inputs - mu) / self.std
        return self.params["gamma"] * self.xhat + self.params["beta"]

    def backward(self, grad):
        n = grad.shape[0]
        self.grads["gamma"] = (grad * self.xhat).sum(axis=0)
        self.grads["beta"] = grad.sum(axis=0)
        # closed form, see the derivation in docs/bn.pdf
        return (self.params["gamma"] / (n * self.std)) * (
            n * grad - grad.sum(axis=0) - self.xhat * grad.sum(axis=0)
        )
