from typing import Tuple

import numpy as np


def softmax(z: np.ndarray) -> np.ndarray:
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


def loss_and_gradient(
    X: np.ndarray, y: np.ndarray, W: np.ndarray, b: np.ndarray
) -> Tuple[float, Tuple[np.ndarray, np.ndarray]]:
    """Mean cross entropy of a linear model and its gradients.

    Args:
        X: inputs, shape (n, d)
        y: one-hot targets, shape (n, k)
        W: weights, shape (d, k)
        b: biases, shape (k,)

    Returns:
        loss, (dW, db)
    """
    n = X.shape[0]
    p = softmax(X @ W + b)
    loss = -np.sum(y * np.log(p)) / n
    delta = (p - y) / n
    return loss, (X.T @ delta, delta.sum(axis=0))


def smoothed_loss_and_gradient(
    X: np.ndarray, y: np.ndarray, W: np.ndarray, b: np.ndarray, eps: float = 0.1
) -> Tuple[float, Tuple[np.ndarray, np.ndarray]]:
    """The same with label smoothing."""
    n, k = y.shape
    q = (1 - eps) * y + eps / k
    p = softmax(X @ W + b)
    loss = -np.sum(q * np.log(p)) / n
    delta = (p - y) / n
    return loss, (X.T @ delta, delta.sum(axis=0))
