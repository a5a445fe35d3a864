from abc import ABC, abstractmethod

import numpy as np


class Module(ABC):
    """Abstract base class of all modules."""

    def __init__(self):
        self._params = {}
        self._grads = {}

    @abstractmethod
    def forward(self, x: np.ndarray) -> np.ndarray:
        """Compute the output."""

    @abstractmethod
    def backward(self, grad: np.ndarray) -> np.ndarray:
        """Compute the gradient of the loss for the input, and the ones of the parameters."""

    def zero_grad(self):
        for k in self._grads:
            self._grads[k][...] = 0

    def __repr__(self):
        return f"{type(self).__name__}({', '.join(self._params)})"
