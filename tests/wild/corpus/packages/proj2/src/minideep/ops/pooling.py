import numpy as np

from ..utils.patches import fold, patches


class MaxPool2d:
    def __init__(self, size: int = 2):
        self.size = size

    def forward(self, x: np.ndarray) -> np.ndarray:
        self.shape = x.shape
        p = patches(x, self.size, self.size, stride=self.size)
        out = p.max(axis=(2, 3))
        self.mask = p == out[:, :, None, None]
        return out

    def backward(self, grad_out: np.ndarray) -> np.ndarray:
        return fold(self.mask * grad_out[:, :, None, None], self.shape, stride=self.size)


class AvgPool2d:
    def __init__(self, size: int = 2):
        self.size = size

    def forward(self, x: np.ndarray) -> np.ndarray:
        self.shape = x.shape
        return patches(x, self.size, self.size, stride=self.size).mean(axis=(2, 3))

    def backward(self, grad_out: np.ndarray) -> np.ndarray:
        n, c, oh, ow = grad_out.shape
        spread = np.broadcast_to(grad_out[:, :, None, None], (n, c, self.size, self.size, oh, ow))
        return fold(spread, self.shape, stride=self.size)
