import numpy as np
from typing import Dict


class LinearCols:
    # i: input feature, o: output feature, n: sample
    def __init__(self, weight: np.ndarray, bias: np.ndarray):
        self.params: Dict[str, np.ndarray] = dict(weight=weight, bias=bias)
        self.grads: Dict[str, np.ndarray] = {}

    def forward(self, x: np.ndarray) -> np.ndarray:
        self._x = x
        return np.einsum('oi,in->on', self.params['weight'], x) + self.params['bias']

    def backward(self, grad: np.ndarray) -> np.ndarray:
        self.grads['weight'] = np.einsum('on,in->oi', grad, self._x)
        self.grads['bias'] = np.einsum('on->o', grad)[:, None]
        return np.einsum('oi,on->in', self.params['weight'], grad)


class Bilinear:
    '''y[o, n] = x[:, n]^T W[o] x[:, n]'''
    def __init__(self, W: np.ndarray):
        self.W = W

    def forward(self, x: np.ndarray) -> np.ndarray:
        self.x = x
        return np.einsum('in,oij,jn->on', x, self.W, x)

    def backward(self, dy: np.ndarray) -> np.ndarray:
        self.dW = np.einsum('on,in,jn->oij', dy, self.x, self.x)
        return np.einsum('on,oij,jn->in', dy, self.W + self.W.transpose(0, 2, 1), self.x)
