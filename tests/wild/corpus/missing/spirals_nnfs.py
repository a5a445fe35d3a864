import numpy as np
import nnfs
from nnfs.datasets import spiral_data

nnfs.init()


class DenseLayer:
    def __init__(self, n_inputs, n_neurons, l2=0.0):
        self.weights = 0.1 * np.random.randn(n_inputs, n_neurons)
        self.biases = np.zeros((1, n_neurons))
        self.l2 = l2

    def forward(self, inputs):
        self.inputs = inputs
        self.output = np.dot(inputs, self.weights) + self.biases

    def backward(self, dvalues):
        self.dweights = np.dot(self.inputs.T, dvalues) + 2 * self.l2 * self.weights
        self.dbiases = dvalues.sum(axis=0, keepdims=True)
        self.dinputs = np.dot(dvalues, self.weights.T)


class ActivationGaussian:
    def forward(self, inputs):
        self.inputs = inputs
        self.output = np.exp(-inputs ** 2)

    def backward(self, dvalues):
        # derivative of exp(-x^2)
        self.dinputs = -2 * self.output * dvalues


X, y = spiral_data(samples=100, classes=3)
dense1 = DenseLayer(2, 3)
act1 = ActivationGaussian()
dense1.forward(X)
act1.forward(dense1.output)
print(act1.output[:5])
