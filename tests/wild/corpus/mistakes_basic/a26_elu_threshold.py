import numpy as np

class ELU:
    def __init__(self, alpha=1.0):
        self.alpha = alpha

    def forward(self, x):
        self.x = x
        return np.where(x > 0.0, x, self.alpha * (np.exp(x) - 1))

    def backward(self, dout):
        grad = np.where(self.x > 0.0 + self.alpha, 1.0, self.alpha * np.exp(self.x))
        return dout * grad
