import numpy as np

def mse(y_true, y_pred):
    return np.mean(np.power(y_true - y_pred, 2))

def mse_prime(y_true, y_pred):
    return 2 * (y_pred - y_true)

def mae(y_true, y_pred):
    return np.mean(np.abs(y_true - y_pred))

def mae_prime(y_true, y_pred):
    return np.sign(y_pred - y_true) / np.size(y_true)
