import numpy as np

class UnitNorm:
    """Jede Zeile auf Laenge 1"""

    def forward(self, X):
        self.norm = np.sqrt((X ** 2).sum(axis=1, keepdims=True))
        return X / self.norm

    def backward(self, dY):
        return dY / self.norm
