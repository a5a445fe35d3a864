import numpy as np


def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
    """
    x: (N, C, H, W), gamma and beta: (1, C, 1, 1), G: number of groups (divides C),
    gn_param: may hold 'eps'
    """
    eps = gn_param.get('eps', 1e-5)
    N, C, H, W = x.shape
    xg = x.reshape(N, G, C // G, H, W)
    mean = xg.mean(axis=(2, 3, 4), keepdims=True)
    var = xg.var(axis=(2, 3, 4), keepdims=True)
    xhat = ((xg - mean) / np.sqrt(var + eps)).reshape(N, C, H, W)
    return gamma * xhat + beta, (G, xhat, gamma, var, eps)


def spatial_groupnorm_backward(dout, cache):
    G, xhat, gamma, var, eps = cache
    N, C, H, W = dout.shape
    dbeta = dout.sum(axis=(0, 2, 3), keepdims=True)
    dgamma = (dout * xhat).sum(axis=(0, 2, 3), keepdims=True)
    dxhat = (dout * gamma).reshape(N, G, C // G, H, W)
    xg = xhat.reshape(N, G, C // G, H, W)
    ax = (2, 3, 4)
    dx = dxhat - dxhat.mean(axis=ax, keepdims=True) - xg * (dxhat * xg).mean(axis=ax, keepdims=True)
    return (dx / np.sqrt(var + eps)).reshape(N, C, H, W), dgamma, dbeta


def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get('eps', 1e-5)
    mu = x.mean(axis=1, keepdims=True)
    sd = np.sqrt(x.var(axis=1, keepdims=True) + eps)
    xhat = (x - mu) / sd
    return xhat * gamma + beta, (xhat, gamma, sd)


def layernorm_backward(dout, cache):
    xhat, gamma, sd = cache
    d = dout * gamma
    N = dout.shape[0]
    dx = (d - d.sum(axis=1, keepdims=True) / N - xhat * (d * xhat).sum(axis=1, keepdims=True) / N) / sd
    return dx, (dout * xhat).sum(axis=0), dout.sum(axis=0)
