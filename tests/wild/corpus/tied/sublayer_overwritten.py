import numpy as np

class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b
        self.dW, self.db = np.zeros_like(W), np.zeros_like(b)

    def forward(self, x):
        self.x = x
        return np.dot(x, self.W) + self.b

    def backward(self, dout):
        self.dW += np.dot(self.x.T, dout)
        self.db += np.sum(dout, axis=0)
        return np.dot(dout, self.W.T)

    def zero_grad(self):
        self.dW[...] = 0
        self.db[...] = 0

class SharedTwice:
    """ x -> affine -> sigmoid -> the same affine """
    def __init__(self, size):
        self.affine = Affine(np.random.randn(size, size), np.random.randn(size))

    def forward(self, x):
        self.h = 1 / (1 + np.exp(-self.affine.forward(x)))
        return self.affine.forward(self.h)

    def backward(self, dout):
        self.affine.zero_grad()
        dh = self.affine.backward(dout)
        return self.affine.backward(dh * self.h * (1 - self.h))
