import numpy as np

def dropout_forward(x, dropout_param):
    """
    dropout_param: {'p': probability of keeping, 'mode': 'train' or 'test', 'seed': optional}
    """
    p, mode = dropout_param['p'], dropout_param['mode']
    if 'seed' in dropout_param:
        np.random.seed(dropout_param['seed'])

    mask = None
    if mode == 'train':
        mask = (np.random.rand(*x.shape) < p) / p
        out = x * mask
    elif mode == 'test':
        out = x

    return out.astype(x.dtype, copy=False), (dropout_param, mask)

def dropout_backward(dout, cache):
    dropout_param, mask = cache
    if dropout_param['mode'] == 'train':
        dx = dout * mask
    elif dropout_param['mode'] == 'test':
        dx = dout
    return dx
