from __future__ import division, print_function
import numpy as np


def forward_dense(x, params):
    """ params = {'W': (in, out), 'b': (out,)} """
    y = np.dot(x, params['W']) + params['b']
    memory = {'x': x, 'W': params['W']}
    return y, memory


def backward_dense(dy, memory):
    grads = dict()
    grads['dW'] = np.dot(memory['x'].T, dy)
    grads['db'] = np.sum(dy, axis=0)
    grads['dx'] = np.dot(dy, memory['W'].T)
    return grads


def forward_prelu(x, a):
    """parametric ReLU, one slope for every feature"""
    y = np.where(x > 0, x, a * x)
    return y, {'x': x, 'a': a}


def backward_prelu(dy, memory):
    x, a = memory['x'], memory['a']
    neg = (x <= 0)
    return {'dx': dy * np.where(neg, a, 1.0),
            'da': np.sum(dy * x * neg, axis=0)}


if __name__ == '__main__':
    p = {'W': np.random.randn(4, 2), 'b': np.zeros(2)}
    h, m = forward_dense(np.random.randn(6, 4), p)
    print(sorted(backward_dense(np.ones((6, 2)), m)))
