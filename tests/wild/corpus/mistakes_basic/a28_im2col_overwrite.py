import numpy as np

class AvgPool1d:
    """overlapping windows: size 3, stride 1"""
    size = 3

    def forward(self, x):
        self.n = x.shape[1]
        return np.stack([x[:, i:i + self.size].mean(axis=1) for i in range(self.n - self.size + 1)], axis=1)

    def backward(self, dout):
        dx = np.zeros((dout.shape[0], self.n))
        for i in range(dout.shape[1]):
            dx[:, i:i + self.size] = dout[:, i:i + 1] / self.size
        return dx
