import numpy as np


def layernorm_forward(x, gamma, beta, ln_param={}):
    eps = ln_param.get("eps", 1e-5)
    mu = np.mean(x, axis=-1, keepdims=True)
    sigma = np.sqrt(np.mean((x - mu) ** 2, axis=-1, keepdims=True) + eps)
    z = (x - mu) / sigma
    return gamma * z + beta, (z, sigma, gamma)


def layernorm_backward(dout, cache):
    z, sigma, gamma = cache
    lead = tuple(range(dout.ndim - 1))
    dgamma = (dout * z).sum(axis=lead)
    dbeta = dout.sum(axis=lead)
    dz = dout * gamma
    D = dout.shape[-1]
    dx = dz - dz.sum(-1, keepdims=True) / D - z * (dz * z).sum(-1, keepdims=True) / D
    return dx / sigma, dgamma, dbeta


def rmsnorm_forward(x, gamma, eps=1e-6):
    rms = np.sqrt(np.mean(x * x, axis=-1, keepdims=True) + eps)
    return x / rms * gamma, (x, rms, gamma)


def rmsnorm_backward(dout, cache):
    x, rms, gamma = cache
    lead = tuple(range(dout.ndim - 1))
    dgamma = (dout * x / rms).sum(axis=lead)
    g = dout * gamma
    dx = g / rms - x * (g * x).mean(axis=-1, keepdims=True) / rms ** 3
    return dx, dgamma
