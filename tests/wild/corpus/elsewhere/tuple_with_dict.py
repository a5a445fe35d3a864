from typing import Dict, Tuple

import numpy as np

Array = np.ndarray


class BatchNorm:
    """Batch normalisation in training mode, for (N, D) inputs."""

    def __init__(self, dim: int, momentum: float = 0.9) -> None:
        self.gamma = np.ones(dim)
        self.beta = np.zeros(dim)
        self.momentum = momentum
        self.running_mean = np.zeros(dim)
        self.running_var = np.ones(dim)

    def forward(self, x: Array, training: bool = True) -> Array:
        if not training:
            xh = (x - self.running_mean) / np.sqrt(self.running_var + 1e-5)
            return self.gamma * xh + self.beta
        mean, var = x.mean(0), x.var(0)
        m = self.momentum
        self.running_mean = m * self.running_mean + (1 - m) * mean
        self.running_var = m * self.running_var + (1 - m) * var
        self._istd = 1.0 / np.sqrt(var + 1e-5)
        self._xh = (x - mean) * self._istd
        return self.gamma * self._xh + self.beta

    def backward(self, dout: Array) -> Tuple[Array, Dict[str, Array]]:
        n = dout.shape[0]
        grads = {
            "gamma": np.sum(dout * self._xh, axis=0),
            "beta": np.sum(dout, axis=0),
        }
        dx = (self.gamma * self._istd / n) * (
            n * dout - grads["beta"] - self._xh * grads["gamma"]
        )
        return dx, grads
