import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def _kl(a: Array, b: Array) -> float:
    return float(np.sum(a * (np.log(a) - np.log(b))))


class JensenShannon:
    """Jensen-Shannon divergence of two arrays of distributions (natural log, summed)."""

    p: Array
    q: Array

    def forward(self, p: Array, q: Array) -> float:
        self.p, self.q = p, q
        self.m = 0.5 * (p + q)
        return 0.5 * _kl(p, self.m) + 0.5 * _kl(q, self.m)

    def backward(self, dout: float = 1.0) -> tuple[Array, Array]:
        dp = 0.5 * np.log(self.p / self.m)
        dq = 0.5 * np.log(self.q / self.m)
        return dout * dp, dout * dq


class Entropy:
    def forward(self, p: Array) -> float:
        self.p = p
        return -float(np.sum(p * np.log(p)))

    def backward(self, dout: float = 1.0) -> Array:
        return -dout * (np.log(self.p) + 1)
