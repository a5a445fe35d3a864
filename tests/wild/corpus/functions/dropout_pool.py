# -*- coding: utf-8 -*-
import numpy as np
import sys


def dropout_forward(x, dropout_param):
    """ inverted dropout
    dropout_param
      - p    : probability of KEEPING a neuron
      - mode : 'train' / 'test'
      - seed : only for gradient checking
    """
    p, mode = dropout_param['p'], dropout_param['mode']
    if 'seed' in dropout_param:
        np.random.seed(dropout_param['seed'])
    mask = None
    if mode == 'train':
        mask = (np.random.rand(*x.shape) < p) / p
        out = x * mask
    else:
        out = x
    return out.astype(x.dtype, copy=False), (dropout_param, mask)


def dropout_backward(dout, cache):
    dropout_param, mask = cache
    if dropout_param['mode'] == 'train':
        return dout * mask
    return dout


def max_pool_forward(x, pool_param):
    ph, pw = pool_param['pool_height'], pool_param['pool_width']
    s = pool_param['stride']
    N, C, H, W = x.shape
    oh, ow = (H - ph) // s + 1, (W - pw) // s + 1
    out = np.empty((N, C, oh, ow))
    for i in range(oh):
        for j in range(ow):
            out[:, :, i, j] = x[:, :, i*s:i*s+ph, j*s:j*s+pw].max(axis=(2, 3))
    return out, (x, pool_param)


def max_pool_backward(dout, cache):
    x, pool_param = cache
    ph, pw = pool_param['pool_height'], pool_param['pool_width']
    s = pool_param['stride']
    N, C, oh, ow = dout.shape
    dx = np.zeros(x.shape)
    for n in range(N):
        for c in range(C):
            for i in range(oh):
                for j in range(ow):
                    win = x[n, c, i*s:i*s+ph, j*s:j*s+pw]
                    r, q = np.unravel_index(np.argmax(win), win.shape)
                    dx[n, c, i*s + r, j*s + q] += dout[n, c, i, j]
    return dx
