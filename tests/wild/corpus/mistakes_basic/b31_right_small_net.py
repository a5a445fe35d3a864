import numpy as np

class Network:
    def __init__(self, n_in=3, n_hidden=4, n_out=2, rng=np.random.default_rng(0)):
        self.W1 = rng.normal(size=(n_in, n_hidden))
        self.b1 = rng.normal(size=n_hidden)
        self.W2 = rng.normal(size=(n_hidden, n_out))
        self.b2 = rng.normal(size=n_out)

    def forward(self, x):
        self.x = x
        self.z1 = x @ self.W1 + self.b1
        self.a1 = np.maximum(self.z1, 0)
        return self.a1 @ self.W2 + self.b2

    def backward(self, dout):
        self.dW2 = self.a1.T @ dout
        self.db2 = dout.sum(0)
        da1 = dout @ self.W2.T
        dz1 = da1 * (self.z1 > 0)
        self.dW1 = self.x.T @ dz1
        self.db1 = dz1.sum(0)
        return dz1 @ self.W1.T
