import numpy as np

rng = np.random.default_rng()


class InvertedDropout(object):
    def __init__(self, keep_prob: float = 0.8):
        assert 0 < keep_prob <= 1
        self.keep_prob = keep_prob

    def forward(self, A: np.ndarray) -> np.ndarray:
        self.D = rng.random(A.shape) < self.keep_prob
        A = A * self.D
        A /= self.keep_prob      # keep the expected value
        return A

    def backward(self, dA: np.ndarray) -> np.ndarray:
        return dA * self.D


class MultiplicativeNoise(object):
    """x * (1 + eps), eps ~ N(0, std^2), eps is drawn anew in every call"""

    def __init__(self, std: float = 0.25):
        self.std = std

    def forward(self, A: np.ndarray) -> np.ndarray:
        self.eps = rng.normal(0.0, self.std, size=A.shape)
        return A * (1.0 + self.eps)

    def backward(self, dA: np.ndarray) -> np.ndarray:
        return dA * (1.0 + self.eps)
