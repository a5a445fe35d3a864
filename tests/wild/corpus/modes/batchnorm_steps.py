import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param['mode']
    eps = bn_param.get('eps', 1e-5)
    momentum = bn_param.get('momentum', 0.9)
    D = x.shape[1]
    running_mean = bn_param.get('running_mean', np.zeros(D))
    running_var = bn_param.get('running_var', np.zeros(D))

    if mode == 'train':
        mu = x.mean(axis=0)
        xmu = x - mu
        var = (xmu ** 2).mean(axis=0)
        sqrtvar = np.sqrt(var + eps)
        xhat = xmu / sqrtvar
        bn_param['running_mean'] = momentum * running_mean + (1 - momentum) * mu
        bn_param['running_var'] = momentum * running_var + (1 - momentum) * var
        cache = (xhat, gamma, xmu, sqrtvar)
    elif mode == 'test':
        xhat = (x - running_mean) / np.sqrt(running_var + eps)
        cache = None
    else:
        raise ValueError('Invalid mode "%s"' % mode)
    return gamma * xhat + beta, cache


def batchnorm_backward(dout, cache):
    xhat, gamma, xmu, sqrtvar = cache
    N, D = dout.shape
    dbeta = np.sum(dout, axis=0)
    dgamma = np.sum(dout * xhat, axis=0)
    dxhat = dout * gamma
    # through the numerator
    dxmu = dxhat / sqrtvar
    # through the mean
    dmu = -np.sum(dxmu, axis=0)
    dx = dxmu + dmu / N
    return dx, dgamma, dbeta
