import numpy as np
from typing import Optional


class RMSNorm:
    """y = gain * x / rms(x), rms over the last axis."""

    def __init__(self, dim: int, eps: float = 1e-8) -> None:
        self.gain: np.ndarray = np.ones(dim)
        self.eps = eps
        self.output: Optional[np.ndarray] = None
        self.dgain: Optional[np.ndarray] = None
        self.dinput: Optional[np.ndarray] = None

    def forward(self, x: np.ndarray) -> None:
        self.x = x
        self.rms = np.sqrt(np.mean(x ** 2, axis=-1, keepdims=True) + self.eps)
        self.output = self.gain * x / self.rms

    def backward(self, dout: np.ndarray) -> None:
        xhat = self.x / self.rms
        self.dgain = (dout * xhat).sum(axis=tuple(range(dout.ndim - 1)))
        g = dout * self.gain
        self.dinput = (g - xhat * np.mean(g, axis=-1, keepdims=True)) / self.rms
