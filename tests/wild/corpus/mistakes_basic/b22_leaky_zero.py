import numpy as np

class Leaky_ReLU:
    def __init__(self, alpha = 0.2):
        self.alpha = alpha

    def forward(self, Z):
        self.Z = Z
        return np.maximum(self.alpha * Z, Z)

    def backward(self, dA):
        dZ = np.array(dA, copy=True)
        dZ[self.Z <= 0] = 0
        return dZ
