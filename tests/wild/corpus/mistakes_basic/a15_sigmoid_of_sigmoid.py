import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_prime(x):
    return sigmoid(x) * (1 - sigmoid(x))


class SigmoidLayer:
    def forward(self, x):
        self.output = sigmoid(x)
        return self.output

    def backward(self, output_gradient):
        return output_gradient * sigmoid_prime(self.output)
