import numpy as np


class ActivationFunction:
    """Abstract activation"""

    def function(self, x):
        pass

    def derivative(self, x):
        pass


class TanH(ActivationFunction):
    def function(self, x):
        return (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))

    def derivative(self, x):
        return 1 - self.function(x) ** 2


class SoftSign(ActivationFunction):
    def function(self, x):
        return x / (1 + abs(x))

    def derivative(self, x):
        return 1 / (1 + x ** 2)
