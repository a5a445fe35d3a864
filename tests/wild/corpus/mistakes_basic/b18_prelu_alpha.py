import numpy as np

class PReLU:
    def __init__(self, init=0.25):
        self.alpha = np.array([init])
        self.dalpha = np.zeros(1)

    def forward(self, x):
        self.x = x
        return np.where(x > 0, x, self.alpha * x)

    def backward(self, dout):
        self.dalpha[0] = np.sum(dout * self.x)
        return dout * np.where(self.x > 0, 1.0, self.alpha)
