import numpy as np

class batch_norm:
    # params: scale, shift, moving mean, moving variance   (only the first two are learned)
    def __init__(self, dim):
        self.params = [np.random.rand(dim) + 0.5, np.random.rand(dim), np.zeros(dim), np.ones(dim)]
        self.grads = [None, None]

    def forward(self, x, train=True):
        scale, shift, mm, mv = self.params
        if train:
            m, v = np.mean(x, 0), np.var(x, 0)
            self.params[2] = 0.9 * mm + 0.1 * m
            self.params[3] = 0.9 * mv + 0.1 * v
        else:
            m, v = mm, mv
        self.s = np.sqrt(v + 1e-7)
        self.n = (x - m) / self.s
        return scale * self.n + shift

    def backward(self, dy):
        self.grads[0] = np.sum(dy * self.n, 0)
        self.grads[1] = np.sum(dy, 0)
        return (dy - np.mean(dy, 0) - self.n * np.mean(dy * self.n, 0)) / self.s
