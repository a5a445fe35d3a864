import numpy as np

class EncoderLayer:
    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_in, n_out) * 0.3
        self.b = np.zeros((1, n_out))
        self.zeroGrad()

    def zeroGrad(self):
        self.dW = np.zeros_like(self.W)
        self.db = np.zeros_like(self.b)

    def forward(self, x):
        self.x = x
        return np.dot(x, self.W) + self.b

    def backward(self, dy):
        self.dW += np.dot(self.x.T, dy)
        self.db += np.sum(dy, axis=0, keepdims=True)
        return np.dot(dy, self.W.T)


class TransposedLayer:
    """Shares the weights of another layer; its weight gradient is added to that layer's dW."""

    def __init__(self, tied_to):
        self.tied_to = tied_to
        self.b = np.zeros((1, tied_to.W.shape[0]))
        self.zeroGrad()

    def zeroGrad(self):
        self.db = np.zeros_like(self.b)

    def forward(self, h):
        self.h = h
        return np.dot(h, self.tied_to.W.T) + self.b

    def backward(self, dy):
        self.tied_to.dW += np.dot(dy.T, self.h)
        self.db += np.sum(dy, axis=0, keepdims=True)
        return np.dot(dy, self.tied_to.W)


class TiedAE:
    def __init__(self, n_in=5, n_code=2):
        self.enc = EncoderLayer(n_in, n_code)
        self.dec = TransposedLayer(self.enc)
        self.layers = [self.enc, self.dec]

    def zeroGrad(self):
        for l in self.layers:
            l.zeroGrad()

    def forward(self, x):
        self.code = np.tanh(self.enc.forward(x))
        return self.dec.forward(self.code)

    def backward(self, dy):
        d = self.dec.backward(dy) * (1 - self.code ** 2)
        return self.enc.backward(d)
