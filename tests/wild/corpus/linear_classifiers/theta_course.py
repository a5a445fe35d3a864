"""Exercises 1 to 3 in Python instead of Octave (X has a column of ones)."""
import numpy as np


def compute_cost_and_grad(theta, X, y):
    m = y.size
    h = X @ theta
    J = ((h - y) ** 2).sum() / (2 * m)
    grad = X.T @ (h - y) / m
    return J, grad


def lr_cost_function(theta, X, y, lambda_):
    """Regularized logistic regression; theta[0] is not regularized."""
    m = y.size
    h = 1 / (1 + np.exp(-X.dot(theta)))
    J = (-y @ np.log(h) - (1 - y) @ np.log(1 - h)) / m + lambda_ / (2 * m) * np.sum(theta[1:] ** 2)
    grad = X.T @ (h - y) / m
    grad = grad + lambda_ / m * theta
    return J, grad


def linear_reg_cost_function(X, y, theta, lambda_=0.0):
    m = y.size
    error = X @ theta - y
    J = error @ error / (2 * m) + lambda_ / (2 * m) * (theta[1:] @ theta[1:])
    grad = X.T @ error / m
    grad[1:] += lambda_ / m * theta[1:]
    return J, grad


if __name__ == "__main__":
    X = np.column_stack([np.ones(5), np.arange(5.0)])
    print(compute_cost_and_grad(np.zeros(2), X, 2 * np.arange(5.0) + 1))
