import numpy as np
from math import *

def softmax(v):
    e = np.exp(v - max(v))
    return e / sum(e)

class Softmax:
    def forward(self, v):
        self.s = softmax(v)
        return self.s

    def backward(self, grad):
        # derivative of softmax is s(1-s), like sigmoid
        return grad * self.s * (1 - self.s)

class LogLoss:
    def forward(self, probs, label):
        self.probs, self.label = probs, label
        return -log(probs[label])

    def backward(self):
        grad = np.zeros(len(self.probs))
        grad[self.label] = -1 / self.probs[self.label]
        return grad
