"""The product of two inputs, many matrices A with one B, by a student who draws a computation graph."""

import numpy as np

from mistakes import Mistake, Right


class MatMul:
    def forward(self, A, B):
        self.A, self.B = A, B
        return np.matmul(A, B)

    def backward(self, dout):
        dA = np.matmul(dout, self.B.T)
        dB = np.tensordot(self.A, dout, axes=([0, 1], [0, 1]))
        return dA, dB


class MatMulTurned(MatMul):
    def backward(self, dout):
        dA = dout @ self.B.T
        dB = np.tensordot(dout, self.A, axes=([0, 1], [0, 1]))
        return dA, dB


class MatMulEach:
    def forward(self, A, B):
        self.operands = {"left": A, "right": B}
        return A @ B

    def backward(self, dout):
        left, right = self.operands["left"], self.operands["right"]
        return dout @ right.T, left.transpose(0, 2, 1) @ dout


class MatMulMissesStep:
    def forward(self, A, B):
        self.A, self.B = A, B
        out = np.zeros(A.shape[:2] + B.shape[1:])
        for t in range(A.shape[1]):
            out[:, t] = A[:, t] @ B
        return out

    def backward(self, dout):
        dA, dB = np.zeros(self.A.shape), np.zeros(self.B.shape)
        for t in range(self.A.shape[1]):
            dB += self.A[:, t].T @ dout[:, t]
            if t > 0:
                dA[:, t] = dout[:, t] @ self.B.T
        return dA, dB


class MatMulNoTurn(MatMul):
    def backward(self, dout):
        dA = np.matmul(dout, self.B)
        dB = np.tensordot(self.A, dout, axes=([0, 1], [0, 1]))
        return dA, dB


class MatMulKeepsFirst:
    def __init__(self):
        self.node = {}

    def forward(self, A, B):
        self.node["A"] = A.copy()
        if "B" not in self.node:
            self.node["B"] = B.copy()
        return A @ B

    def backward(self, dout):
        A, B = self.node["A"], self.node["B"]
        return np.einsum("ntm,km->ntk", dout, B), np.einsum("ntk,ntm->km", A, dout)


class MatMulConstant(MatMul):
    def backward(self, dout):
        dB = np.zeros_like(self.B)
        dA = dout @ self.B.T
        return dA, dB


def two(rng):
    return rng.standard_normal((4, 3, 5)), rng.standard_normal((5, 2))


RIGHT = [Right(lambda rng: MatMul(), two)]

MISTAKES = [
    Mistake("transposed", "dx2", lambda rng: MatMulTurned(), two),
    Mistake("not-summed", "dx2", lambda rng: MatMulEach(), two),
    Mistake("partly-wrong", "dx1", lambda rng: MatMulMissesStep(), two),
    Mistake("raises", None, lambda rng: MatMulNoTurn(), two),
    Mistake("stale-cache", "dx1", lambda rng: MatMulKeepsFirst(), two),
    Mistake("not-computed", "dx2", lambda rng: MatMulConstant(), two),
]
