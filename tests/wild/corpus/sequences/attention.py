import numpy as np
from numpy import ndarray


def softmax(x: ndarray) -> ndarray:
    z = np.exp(x - x.max(axis=-1, keepdims=True))
    return z / z.sum(axis=-1, keepdims=True)


class ScaledDotProductAttention:
    """Q (B, T, d), K (B, S, d), V (B, S, dv)"""

    def forward(self, Q: ndarray, K: ndarray, V: ndarray) -> ndarray:
        scale = np.sqrt(Q.shape[-1])
        self.Q, self.K, self.V = Q, K, V
        self.A = softmax(Q @ K.transpose(0, 2, 1) / scale)
        return self.A @ V

    def backward(self, dO: ndarray):
        dV = self.A.transpose(0, 2, 1) @ dO
        dA = dO @ self.V.transpose(0, 2, 1)
        dS = self.A * (dA - (dA * self.A).sum(axis=-1, keepdims=True))
        dQ = dS @ self.K
        dK = dS.transpose(0, 2, 1) @ self.Q
        return dQ, dK, dV
