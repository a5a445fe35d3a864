#!/usr/bin/env python3
import sys
import numpy as np


class Net:
    def __init__(self, n_in, n_hidden, n_classes, seed=0):
        rs = np.random.RandomState(seed)
        self.params = {
            'W1': rs.randn(n_in, n_hidden) * np.sqrt(2. / n_in),
            'b1': np.zeros(n_hidden),
            'W2': rs.randn(n_hidden, n_classes) * np.sqrt(2. / n_hidden),
            'b2': np.zeros(n_classes),
        }
        self.grads = {}

    def forward(self, images, labels=None):
        """labels: digits 0-9 as integers, shape (N,)"""
        p = self.params
        self.images, self.labels = images, labels
        self.h = np.maximum(images @ p['W1'] + p['b1'], 0)
        scores = self.h @ p['W2'] + p['b2']
        if labels is None:
            return scores
        scores = scores - scores.max(1, keepdims=True)
        self.prob = np.exp(scores) / np.exp(scores).sum(1, keepdims=True)
        return -np.log(self.prob[np.arange(len(labels)), labels]).mean()

    def backward(self):
        n = len(self.labels)
        d = self.prob.copy()
        d[np.arange(n), self.labels] -= 1
        d /= n
        self.grads['W2'] = self.h.T @ d
        self.grads['b2'] = d.sum(0)
        dh = d @ self.params['W2'].T
        dh[self.h <= 0] = 0
        self.grads['W1'] = self.images.T @ dh
        self.grads['b1'] = dh.sum(0)

    def step(self, lr):
        for k in self.params:
            self.params[k] -= lr * self.grads[k]


def main(argv):
    net = Net(784, 30, 10)
    X, y = np.random.rand(50, 784), np.random.randint(0, 10, 50)
    for epoch in range(5):
        print('epoch', epoch, 'loss %.4f' % net.forward(X, y))
        net.backward()
        net.step(0.1)


if __name__ == '__main__':
    main(sys.argv)
