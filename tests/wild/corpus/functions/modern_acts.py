"""GELU / Swish, from the papers."""
import math
import numpy as np

_C = math.sqrt(2.0 / math.pi)


def gelu(x: np.ndarray) -> np.ndarray:
    return 0.5 * x * (1.0 + np.tanh(_C * (x + 0.044715 * x ** 3)))


def gelu_derivative(x: np.ndarray) -> np.ndarray:
    t = np.tanh(_C * (x + 0.044715 * x ** 3))
    du = _C * (1.0 + 3 * 0.044715 * x ** 2)
    return 0.5 * (1.0 + t) + 0.5 * x * (1.0 - t ** 2) * du


def swish(x: np.ndarray, beta: float = 1.0) -> np.ndarray:
    return x / (1.0 + np.exp(-beta * x))


def swish_grad(x: np.ndarray, beta: float = 1.0) -> np.ndarray:
    s = 1.0 / (1.0 + np.exp(-beta * x))
    return beta * x * s * (1.0 - s)
