import numpy as np
import warnings


class Dropout:
    train_mode = True       # shared by all layers, switched off for prediction

    def __init__(self, rate):
        if rate >= 0.9:
            warnings.warn("very high dropout rate")
        self.rate = rate

    def forward(self, inputs):
        if not Dropout.train_mode:
            self.output = inputs.copy()
            return self.output
        self.binary_mask = np.random.binomial(1, 1 - self.rate, size=inputs.shape) / (1 - self.rate)
        self.output = inputs * self.binary_mask
        return self.output

    def backward(self, dvalues):
        if not Dropout.train_mode:
            self.dinputs = dvalues
        else:
            self.dinputs = dvalues * self.binary_mask
        return self.dinputs


class DropConnect:
    """drops weights instead of activations"""

    def __init__(self, n_in, n_out, rate=0.5):
        self.weights = np.random.randn(n_in, n_out)
        self.rate = rate

    def forward(self, inputs):
        self.inputs = inputs
        self.mask = np.random.binomial(1, 1 - self.rate, size=self.weights.shape)
        if not Dropout.train_mode:
            self.mask = np.full(self.weights.shape, 1 - self.rate)
        return inputs @ (self.weights * self.mask)

    def backward(self, dvalues):
        self.dweights = self.inputs.T @ dvalues
        return dvalues @ (self.weights * self.mask).T
