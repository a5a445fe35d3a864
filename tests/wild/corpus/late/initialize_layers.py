from abc import ABC, abstractmethod
import numpy as np


class BaseLayer(ABC):
    @abstractmethod
    def initialize(self, n_in): ...

    @abstractmethod
    def forward(self, x): ...

    @abstractmethod
    def backward(self, grad): ...


class DenseSoftsign(BaseLayer):
    def __init__(self, n_units, seed=None):
        self.n_units = n_units
        self.rng = np.random.default_rng(seed)
        self.weights = None
        self.biases = None

    def initialize(self, n_in):
        bound = np.sqrt(3.0 / n_in)
        self.weights = self.rng.uniform(-bound, bound, size=(n_in, self.n_units))
        self.biases = np.zeros(self.n_units)

    def forward(self, x):
        if self.weights is None:
            raise RuntimeError("call initialize() first")
        self.x = x
        self.z = x @ self.weights + self.biases
        return self.z / (1 + np.abs(self.z))

    def backward(self, grad):
        dz = grad / (1 + np.abs(self.z)) ** 2
        self.weights_grad = self.x.T @ dz
        self.biases_grad = dz.sum(axis=0)
        return dz @ self.weights.T
