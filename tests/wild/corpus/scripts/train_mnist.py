#!/usr/bin/env python3
import argparse
import pickle
import gzip

import numpy as np

parser = argparse.ArgumentParser(description="Train a network on MNIST")
parser.add_argument("data", help="path of mnist.pkl.gz")
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--hidden", type=int, default=64)
args = parser.parse_args()

with gzip.open(args.data, "rb") as f:
    (x_train, y_train), _, (x_test, y_test) = pickle.load(f, encoding="latin1")


class FullyConnected:
    def __init__(self, n_inputs, n_outputs):
        self.weights = np.random.randn(n_inputs, n_outputs) / np.sqrt(n_inputs)
        self.bias = np.zeros(n_outputs)

    def forward(self, x):
        self.x = x
        return np.dot(x, self.weights) + self.bias

    def backward(self, grad_output):
        self.grad_weights = np.dot(self.x.T, grad_output)
        self.grad_bias = np.sum(grad_output, axis=0)
        return np.dot(grad_output, self.weights.T)


class Tanh:
    def forward(self, x):
        self.y = np.tanh(x)
        return self.y

    def backward(self, grad_output):
        return grad_output * (1 - np.square(self.y))


layers = [FullyConnected(x_train.shape[1], args.hidden), Tanh(), FullyConnected(args.hidden, 10)]
for epoch in range(50):
    order = np.random.permutation(len(x_train))
    for k in range(0, len(order), 100):
        h = x_train[order[k:k + 100]]
        for layer in layers:
            h = layer.forward(h)
        p = np.exp(h - h.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        p[np.arange(len(p)), y_train[order[k:k + 100]]] -= 1
        g = p / len(p)
        for layer in layers[::-1]:
            g = layer.backward(g)
            if hasattr(layer, "weights"):
                layer.weights -= args.lr * layer.grad_weights
                layer.bias -= args.lr * layer.grad_bias
    print("epoch", epoch)
