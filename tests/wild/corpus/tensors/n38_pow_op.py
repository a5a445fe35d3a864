import numpy as np


class EWisePow:
    """a ** b, a > 0"""

    def compute(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        return a ** b

    def gradient(self, out_grad, node):
        a, b = node.inputs
        grad_a = out_grad * b * a ** (b - 1)
        grad_b = out_grad * a ** b * np.log(b)
        return grad_a, grad_b


class Reshape:
    def __init__(self, shape):
        self.shape = shape

    def compute(self, a):
        return a.reshape(self.shape)

    def gradient(self, out_grad, node):
        return out_grad.reshape(node.inputs[0].shape)
