from __future__ import annotations

import numpy as np

from minideep.utils import fold, patches


class Conv2d:
    """2-D convolution, channels first."""

    def __init__(self, in_channels: int, out_channels: int, kernel_size: int = 3, stride: int = 1, padding: int = 0):
        bound = 1 / np.sqrt(in_channels * kernel_size ** 2)
        self.weight = np.random.uniform(-bound, bound, (out_channels, in_channels, kernel_size, kernel_size))
        self.bias = np.zeros(out_channels)
        self.stride, self.padding = stride, padding
        self.weight_grad: np.ndarray | None = None
        self.bias_grad: np.ndarray | None = None

    def forward(self, x: np.ndarray) -> np.ndarray:
        k = self.weight.shape[-1]
        self.shape = x.shape
        self.cols = patches(x, k, k, self.stride, self.padding)
        return np.einsum("ncijyx,ocij->noyx", self.cols, self.weight) + self.bias[:, None, None]

    def backward(self, grad_out: np.ndarray) -> np.ndarray:
        self.weight_grad = np.einsum("noyx,ncijyx->ocij", grad_out, self.cols)
        self.bias_grad = grad_out.sum((0, 2, 3))
        dcols = np.einsum("noyx,ocij->ncijyx", grad_out, self.weight)
        return fold(dcols, self.shape, self.stride, self.padding)
