import numpy as np
from scipy.signal import correlate2d


class Convolutional:
    """One input map, one kernel (valid cross-correlation)."""

    def __init__(self, kernel_size=3):
        self.kernel = np.random.randn(kernel_size, kernel_size)
        self.bias = np.random.randn()

    def forward(self, input):
        self.input = input
        return correlate2d(input, self.kernel, "valid") + self.bias

    def backward(self, output_gradient):
        self.kernel_gradient = correlate2d(self.input, output_gradient, "valid")
        self.bias_gradient = np.sum(output_gradient)
        return correlate2d(output_gradient, self.kernel, "full")
