import numpy as np

def batchnorm_forward(Z, gamma, beta, epsilon=1e-5):
    mu = np.mean(Z, axis=1, keepdims=True)
    var = np.var(Z, axis=1, keepdims=True)
    std = np.sqrt(var + epsilon)
    Z_norm = (Z - mu) / std
    return gamma * Z_norm + beta, (Z_norm, std, gamma)

def batchnorm_backward(dOut, cache):
    Z_norm, std, gamma = cache
    m = dOut.shape[1]
    dGamma = np.sum(dOut * Z_norm, axis=1, keepdims=True)
    dBeta = np.sum(dOut, axis=1, keepdims=True)
    dZ_norm = dOut * gamma
    dZ = (m * dZ_norm - np.sum(dZ_norm, axis=1, keepdims=True)
          - Z_norm * np.sum(dZ_norm * Z_norm, axis=1, keepdims=True)) / (m * std)
    return dZ, dGamma, dBeta
