import numpy as np
from dataclasses import dataclass


@dataclass
class Gaussian:
    """exp(-(x - mu)^2 / (2 sigma^2))"""
    mu: float = 0.0
    sigma: float = 1.0

    def evaluate(self, x: np.ndarray) -> np.ndarray:
        return np.exp(-0.5 * ((x - self.mu) / self.sigma) ** 2)

    def derivative(self, x: np.ndarray) -> np.ndarray:
        return -(x - self.mu) / self.sigma ** 2 * self.evaluate(x)


@dataclass
class Sine:
    omega: float = 3.0

    def evaluate(self, x: np.ndarray) -> np.ndarray:
        return np.sin(self.omega * x)

    def derivative(self, x: np.ndarray) -> np.ndarray:
        return self.omega * np.cos(self.omega * x)
