import numpy as np

class FullyConnected:
    def __init__(self, nin, nout, seed=None):
        rng = np.random.RandomState(seed)
        self.w = rng.normal(0, 1 / np.sqrt(nin), (nout, nin))
        self.b = rng.normal(0, 1, (nout,))

    def forward(self, x):
        # x: (batch, nin)
        self.x = x
        return np.einsum('oi,bi->bo', self.w, x) + self.b

    def backward(self, gy):
        self.gw = np.einsum('bo,bi->oi', gy, self.x)
        self.gb = gy
        return np.einsum('bo,oi->bi', gy, self.w)
