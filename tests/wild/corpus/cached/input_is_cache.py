# cache == the input array, nothing more is needed
import numpy as np

def relu_fwd(x):
    return x.clip(min=0), x

def relu_bwd(dout, x):
    dout = np.array(dout, copy=True)
    dout[x < 0] = 0
    return dout

def square_fwd(x):
    return x * x, x

def square_bwd(dout, x):
    return 2 * x * dout

def logsumexp_fwd(x):
    '''over the last axis'''
    m = x.max(axis=-1)
    return m + np.log(np.exp(x - m[..., None]).sum(axis=-1)), x

def logsumexp_bwd(dout, x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return dout[..., None] * e / e.sum(axis=-1, keepdims=True)
