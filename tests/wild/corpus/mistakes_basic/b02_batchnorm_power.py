import numpy as np

def batchnorm_forward(x, gamma, beta, eps=1e-5):
    mu = x.mean(0)
    xmu = x - mu
    var = (xmu ** 2).mean(0)
    sqrtvar = np.sqrt(var + eps)
    xhat = xmu / sqrtvar
    out = gamma * xhat + beta
    return out, (xhat, xmu, sqrtvar, gamma)

def batchnorm_backward(dout, cache):
    xhat, xmu, sqrtvar, gamma = cache
    N = len(dout)
    dbeta = dout.sum(0)
    dgamma = (dout * xhat).sum(0)
    dxhat = dout * gamma
    dvar = np.sum(dxhat * xmu, axis=0) * -0.5 * sqrtvar ** -2
    dmu = -dxhat.sum(0) / sqrtvar
    dx = dxhat / sqrtvar + dvar * 2 * xmu / N + dmu / N
    return dx, dgamma, dbeta
