import numpy as np
from ops import out_size


class SmallConvNet(object):
    """conv (valid, one channel) - tanh - linear, squared error"""

    def __init__(self, size, f, classes, stride=1, seed=0):
        r = np.random.RandomState(seed)
        self.f, self.stride = f, stride
        self.o = out_size(size, f, 0, stride)
        self.K = r.randn(f, f) / f
        self.V = r.randn(self.o * self.o, classes) / self.o
        self.c = np.zeros(classes)

    def windows(self, X):
        s, f = self.stride, self.f
        return np.array([[X[:, i * s:i * s + f, j * s:j * s + f] for j in range(self.o)] for i in range(self.o)])

    def loss(self, X, t):
        """X (N, size, size), t (N, classes) -> loss, gradients in a dict"""
        N = len(X)
        win = self.windows(X)
        h = np.tanh(np.einsum('ijnab,ab->nij', win, self.K))
        hf = h.reshape(N, -1)
        y = hf.dot(self.V) + self.c
        loss = 0.5 * np.sum((y - t) ** 2) / N
        dy = (y - t) / N
        dh = dy.dot(self.V.T).reshape(h.shape) * (1 - h ** 2)
        return loss, {'V': hf.T.dot(dy), 'c': dy.sum(0), 'K': np.einsum('nij,ijnab->ab', dh, win)}
