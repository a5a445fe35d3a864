import numpy as np

class DotProductAttention:
    def forward(self, Q, K, V):
        self.Q, self.K, self.V = Q, K, V
        self.d = Q.shape[-1]
        S = Q @ K.T / np.sqrt(self.d)
        E = np.exp(S - S.max(-1, keepdims=True))
        self.A = E / E.sum(-1, keepdims=True)
        return self.A @ V

    def backward(self, dO):
        dV = self.A.T @ dO
        dA = dO @ self.V.T
        dS = self.A * (dA - (dA * self.A).sum(-1, keepdims=True))
        dQ = dS @ self.K / np.sqrt(self.d)
        dK = dS.T @ self.Q
        return dQ, dK, dV
