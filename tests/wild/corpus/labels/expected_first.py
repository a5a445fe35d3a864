import numpy as np

def mse(expected, actual):
    return np.mean(np.power(expected - actual, 2))

def mse_prime(expected, actual):
    return 2 * (actual - expected) / np.size(expected)

def binary_cross_entropy(expected, actual):
    return np.mean(-expected * np.log(actual) - (1 - expected) * np.log(1 - actual))

def binary_cross_entropy_prime(expected, actual):
    return ((1 - expected) / (1 - actual) - expected / actual) / np.size(expected)
