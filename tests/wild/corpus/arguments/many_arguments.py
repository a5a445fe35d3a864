'''
backward(cache, dout, lr, update): one of my first tries, too many arguments...
'''
import numpy as np


class Bilinear(object):
    """ y[n] = x[n]^T A z[n] """

    def __init__(self, dx, dz):
        self.A = np.random.standard_normal((dx, dz)) / dx

    def forward(self, x, z):
        y = np.einsum('ni,ij,nj->n', x, self.A, z)
        return y, dict(x=x, z=z, y=y)

    def backward(self, cache, dout, lr=1e-2, update=True):
        x, z = cache['x'], cache['z']
        dA = np.einsum('n,ni,nj->ij', dout, x, z)
        dx = dout[:, None] * z.dot(self.A.T)
        dz = dout[:, None] * x.dot(self.A)
        if update:
            self.A -= lr * dA
        return dx, dz, dA


class Scale(object):
    def __init__(self, n):
        self.g = np.random.standard_normal(n)

    def forward(self, x):
        return x * self.g, dict(x=x)

    def backward(self, cache, dout, lr=1e-2, update=True):
        dg = (dout * cache['x']).sum(axis=0)
        dx = dout * self.g
        if update:
            self.g -= lr * dg
        return dx, dg
