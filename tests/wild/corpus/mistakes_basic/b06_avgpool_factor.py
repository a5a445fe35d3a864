import numpy as np

class MeanPool:
    def __init__(self, k=2):
        self.k = k

    def forward(self, x):
        b, h, w, c = x.shape
        k = self.k
        out = np.zeros((b, h // k, w // k, c))
        for i in range(h // k):
            for j in range(w // k):
                out[:, i, j] = x[:, i*k:(i+1)*k, j*k:(j+1)*k].mean(axis=(1, 2))
        self.in_shape = x.shape
        return out

    def backward(self, g):
        k = self.k
        dx = np.zeros(self.in_shape)
        for i in range(g.shape[1]):
            for j in range(g.shape[2]):
                dx[:, i*k:(i+1)*k, j*k:(j+1)*k] = g[:, i:i+1, j:j+1] / k
        return dx
