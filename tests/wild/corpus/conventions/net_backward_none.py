import numpy as np
from collections import OrderedDict


class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return np.dot(x, self.W) + self.b

    def backward(self, dout):
        dx = np.dot(dout, self.W.T)
        self.dW = np.dot(self.x.T, dout)
        self.db = np.sum(dout, axis=0)
        return dx


class TwoLayerNet:
    def __init__(self, input_size=4, hidden_size=6, output_size=3, std=0.5):
        self.params = {}
        self.params['W1'] = std * np.random.randn(input_size, hidden_size)
        self.params['b1'] = np.zeros(hidden_size)
        self.params['W2'] = std * np.random.randn(hidden_size, output_size)
        self.params['b2'] = np.zeros(output_size)
        self.grads = {}

        self.layers = OrderedDict()
        self.layers['Affine1'] = Affine(self.params['W1'], self.params['b1'])
        self.layers['Affine2'] = Affine(self.params['W2'], self.params['b2'])

    def forward(self, x, t):
        h = np.tanh(self.layers['Affine1'].forward(x))
        self.h = h
        s = self.layers['Affine2'].forward(h)
        e = np.exp(s - s.max(axis=1, keepdims=True))
        self.y = e / e.sum(axis=1, keepdims=True)
        self.t = t
        return -np.log(self.y[np.arange(len(t)), t]).mean()

    def backward(self):
        # nobody needs the gradient of the images, so nothing is returned
        n = len(self.t)
        d = self.y.copy()
        d[np.arange(n), self.t] -= 1
        d = self.layers['Affine2'].backward(d / n)
        self.layers['Affine1'].backward(d * (1 - self.h ** 2))
        for i in (1, 2):
            self.grads['W%d' % i] = self.layers['Affine%d' % i].dW
            self.grads['b%d' % i] = self.layers['Affine%d' % i].db
