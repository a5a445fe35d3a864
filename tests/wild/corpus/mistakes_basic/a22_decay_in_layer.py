import numpy as np

WEIGHT_DECAY = 0.1

class DenseLayer:
    def __init__(self, d, h):
        self.params = {'W': np.random.randn(d, h), 'b': np.zeros(h)}
        self.grads = {'W': None, 'b': None}

    def forward(self, x):
        self.cache = x
        return x @ self.params['W'] + self.params['b']

    def backward(self, dout):
        x = self.cache
        self.grads['W'] = x.T @ dout + WEIGHT_DECAY * self.params['W']
        self.grads['b'] = dout.sum(axis=0)
        return dout @ self.params['W'].T
