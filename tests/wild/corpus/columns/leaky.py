"""activation functions for the column layout (n, m) -- element-wise anyway"""
import numpy as np
ALPHA = 0.2

class LeakyReLU:
    def forward(self, Z):
        self.Z = Z
        return np.maximum(ALPHA * Z, Z)
    def backward(self, dA):
        dZ = dA * 1.0
        dZ[self.Z < 0] = 0
        return dZ

class ELU:
    def forward(self, Z):
        self.A = np.where(Z > 0, Z, np.expm1(Z))
        return self.A
    def backward(self, dA):
        return dA * np.where(self.A > 0, 1, self.A + 1)

class Softplus:
    def forward(self, Z):
        self.Z = Z
        return np.log1p(np.exp(Z))
    def backward(self, dA):
        return dA / (1 + np.exp(-self.Z))
