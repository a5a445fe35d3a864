import numpy as np
from typing import Optional


class BatchNorm2d:
    """Images in NCHW."""

    def __init__(self, channels: int, eps: float = 1e-5, momentum: float = 0.9) -> None:
        self.weight: np.ndarray = np.ones((1, channels, 1, 1))
        self.bias: np.ndarray = np.zeros((1, channels, 1, 1))
        self.running_mean = np.zeros((1, channels, 1, 1))
        self.running_var = np.ones((1, channels, 1, 1))
        self.eps = eps
        self.momentum = momentum
        self.weight_grad: Optional[np.ndarray] = None
        self.bias_grad: Optional[np.ndarray] = None

    def forward(self, x: np.ndarray, train: bool = True) -> np.ndarray:
        axes = (0, 2, 3)
        self.train = train
        if train:
            mean = x.mean(axis=axes, keepdims=True)
            var = x.var(axis=axes, keepdims=True)
            self.running_mean = self.momentum * self.running_mean + (1 - self.momentum) * mean
            self.running_var = self.momentum * self.running_var + (1 - self.momentum) * var
        else:
            mean, var = self.running_mean, self.running_var
        self.std = np.sqrt(var + self.eps)
        self.norm = (x - mean) / self.std
        return self.weight * self.norm + self.bias

    def backward(self, dout: np.ndarray) -> np.ndarray:
        axes = (0, 2, 3)
        self.weight_grad = (dout * self.norm).sum(axis=axes, keepdims=True)
        self.bias_grad = dout.sum(axis=axes, keepdims=True)
        dnorm = dout * self.weight
        if self.train:
            dnorm = dnorm - dnorm.mean(axis=axes, keepdims=True) \
                - self.norm * (dnorm * self.norm).mean(axis=axes, keepdims=True)
        return dnorm / self.std
