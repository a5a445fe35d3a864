import numpy as np


class Activations:
    """Namespace for activation functions"""

    @staticmethod
    def sigmoid(x):
        return 1 / (1 + np.exp(-x))

    @staticmethod
    def sigmoid_prime(x):
        return Activations.sigmoid(x) * (1 - Activations.sigmoid(x))

    @staticmethod
    def softplus(x):
        return np.log(1 + np.exp(x))

    @staticmethod
    def softplus_prime(x):
        return Activations.sigmoid(x)

    @staticmethod
    def selu(x, alpha=1.6732632423543772, scale=1.0507009873554805):
        return scale * np.where(x > 0, x, alpha * (np.exp(x) - 1))

    @staticmethod
    def selu_prime(x, alpha=1.6732632423543772, scale=1.0507009873554805):
        return np.where(x > 0, 1, alpha * np.exp(x)) * scale
