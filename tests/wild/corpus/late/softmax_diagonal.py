import numpy as np


class SoftmaxOutput:
    """Last layer: linear map followed by a softmax."""

    def __init__(self, n_classes: int) -> None:
        self.n_classes = n_classes

    def initialize(self, n_inputs: int) -> "SoftmaxOutput":
        self.weights = np.random.normal(scale=0.5, size=(n_inputs, self.n_classes))
        self.bias = np.zeros(self.n_classes)
        return self

    def forward(self, x: np.ndarray) -> np.ndarray:
        self.x = x
        z = x @ self.weights + self.bias
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.p = e / e.sum(axis=1, keepdims=True)
        return self.p

    def backward(self, dp: np.ndarray) -> np.ndarray:
        """dp: gradient with respect to the probabilities"""
        dz = dp * self.p * (1 - self.p)
        self.d_weights = self.x.T @ dz
        self.d_bias = dz.sum(axis=0)
        return dz @ self.weights.T
