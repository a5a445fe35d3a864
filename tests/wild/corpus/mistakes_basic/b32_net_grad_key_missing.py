import numpy as np

class ThreeLayerNet:
    def __init__(self, din=4, dh=5, dout=3):
        self.params = {}
        dims = [din, dh, dh, dout]
        for i in range(3):
            self.params[f'W{i+1}'] = np.random.randn(dims[i], dims[i+1]) * 0.5
            self.params[f'b{i+1}'] = np.random.randn(dims[i+1]) * 0.1
        self.grads = {k: np.zeros_like(v) for k, v in self.params.items()}

    def forward(self, X):
        p = self.params
        self.X = X
        self.h1 = np.maximum(0, X @ p['W1'] + p['b1'])
        self.h2 = np.maximum(0, self.h1 @ p['W2'] + p['b2'])
        return self.h2 @ p['W3'] + p['b3']

    def backward(self, dout):
        g, p = self.grads, self.params
        g['W3'] = self.h2.T @ dout
        g['b3'] = dout.sum(0)
        d2 = dout @ p['W3'].T * (self.h2 > 0)
        g['W2'] = self.h1.T @ d2
        g['b2'] = d2.sum(0)
        d1 = d2 @ p['W2'].T
        g['W1'] = self.X.T @ d1
        g['b1'] = d1.sum(0)
        return d1 @ p['W1'].T
