import numpy as np


class Layer_Dropout:

    def __init__(self, rate):
        # we invert the rate: rate 0.1 means that 90% survive
        self.rate = 1 - rate

    def forward(self, inputs):
        self.inputs = inputs
        self.binary_mask = np.random.binomial(1, self.rate, size=inputs.shape) / self.rate
        self.output = inputs * self.binary_mask

    def backward(self, dvalues):
        self.dinputs = dvalues * self.binary_mask


class Activation_Threshold:
    """x if x > theta else 0"""

    def __init__(self, theta=0.1):
        self.theta = theta

    def forward(self, inputs):
        self.below = inputs <= self.theta
        self.output = inputs.copy()
        self.output[self.below] = 0

    def backward(self, dvalues):
        # in place, the gradient of the next layer is not needed any more
        dvalues[self.below] = 0
        self.dinputs = dvalues
