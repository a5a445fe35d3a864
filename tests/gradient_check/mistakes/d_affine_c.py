"""The affine layer by a C programmer: flat buffers, explicit indices, loops."""

import numpy as np

from mistakes import Mistake, Right


class affine_t:
    def __init__(self, W, b):
        self.W = W
        self.b = b
        self.dW = np.zeros(W.shape)
        self.db = np.zeros(b.shape)

    def forward(self, x):
        n, d = x.shape
        m = self.b.shape[0]
        xbuf = x.flatten()
        wbuf = self.W.flatten()
        y = [0.0] * (n * m)
        for i in range(n):
            for j in range(m):
                acc = self.b[j]
                for k in range(d):
                    acc += xbuf[i * d + k] * wbuf[k * m + j]
                y[i * m + j] = acc
        self.xbuf, self.n, self.d, self.m = xbuf, n, d, m
        return np.array(y).reshape(n, m)

    def backward(self, dout):
        n, d, m = self.n, self.d, self.m
        gbuf, wbuf = dout.flatten(), self.W.flatten()
        dx, dw, db = [0.0] * (n * d), [0.0] * (d * m), [0.0] * m
        for i in range(n):
            for j in range(m):
                g = gbuf[i * m + j]
                db[j] += g
                for k in range(d):
                    dw[k * m + j] += self.xbuf[i * d + k] * g
                    dx[i * d + k] += wbuf[k * m + j] * g
        self.dW = np.array(dw).reshape(d, m)
        self.db = np.array(db)
        return np.array(dx).reshape(n, d)


class affine_short_loop(affine_t):
    def backward(self, dout):
        n, d, m = self.n, self.d, self.m
        g = dout.flatten()
        w = self.W.flatten()
        dw = [0.0] * (d * m)
        dx = [0.0] * (n * d)
        k = 0
        while k < d - 1:
            for j in range(m):
                for i in range(n):
                    dw[k * m + j] += self.xbuf[i * d + k] * g[i * m + j]
            k += 1
        for i in range(n):
            for k in range(d):
                for j in range(m):
                    dx[i * d + k] += g[i * m + j] * w[k * m + j]
        self.dW = np.array(dw).reshape(d, m)
        self.db = np.array([sum(g[j::m]) for j in range(m)])
        return np.array(dx).reshape(n, d)


class affine_from_one(affine_t):
    def backward(self, dout):
        n, d, m = self.n, self.d, self.m
        dx, dw, db = np.zeros((n, d)), np.zeros((d, m)), np.zeros(m)
        for i in range(n):
            for j in range(m):
                g = dout[i, j]
                db[j - 1] += g
                for k in range(d):
                    dw[k, j] += self.xbuf[i * d + k] * g
                    dx[i, k] += self.W[k, j] * g
        self.dW, self.db = dw, db
        return dx


class affine_column_major:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        n, d, m = len(x), len(self.W), len(self.b)
        y = np.empty((n, m))
        for i in range(n):
            for j in range(m):
                y[i, j] = self.b[j]
                for k in range(d):
                    y[i, j] += x[i, k] * self.W[k, j]
        self.x, self.dims = x.copy(), (n, d, m)
        return y

    def backward(self, dout):
        n, d, m = self.dims
        dw, db, dx = np.zeros(d * m), np.zeros(m), np.zeros((n, d))
        for i in range(n):
            for j in range(m):
                db[j] += dout[i, j]
                for k in range(d):
                    dw[j * d + k] += self.x[i, k] * dout[i, j]
                    dx[i, k] += self.W[k, j] * dout[i, j]
        self.dW, self.db = dw.reshape(d, m), db
        return dx


class affine_no_memset:
    def __init__(self, W, b):
        self.W, self.b = W, b
        self.dW = np.zeros(W.shape)
        self.db = np.zeros(b.shape)

    def forward(self, x):
        self.x = x
        y = np.zeros((x.shape[0], self.b.shape[0]))
        for i in range(y.shape[0]):
            for j in range(y.shape[1]):
                y[i][j] = self.b[j] + sum(x[i][k] * self.W[k][j] for k in range(x.shape[1]))
        return y

    def backward(self, dout):
        n, d = self.x.shape
        m = dout.shape[1]
        dx = np.zeros((n, d))
        for j in range(m):
            self.db[j] = 0.0
            for i in range(n):
                self.db[j] += dout[i][j]
                for k in range(d):
                    self.dW[k][j] += self.x[i][k] * dout[i][j]
                    dx[i][k] += self.W[k][j] * dout[i][j]
        return dx


class affine_static:
    """static double xbuf[], n, d;"""

    xbuf = None
    n = 0
    d = 0

    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        cls = type(self)
        cls.n, cls.d = x.shape
        cls.xbuf = x.flatten()
        y = np.tile(self.b, (cls.n, 1)).astype(float)
        for i in range(cls.n):
            for k in range(cls.d):
                y[i] += cls.xbuf[i * cls.d + k] * self.W[k]
        return y

    def backward(self, dout):
        n, d, m = self.n, self.d, self.b.size
        dw, db, dx = np.zeros((d, m)), np.zeros(m), np.zeros((n, d))
        for i in range(n):
            db += dout[i]
            for k in range(d):
                dw[k] += self.xbuf[i * d + k] * dout[i]
                dx[i, k] = np.dot(dout[i], self.W[k])
        self.dW, self.db = dw, db
        return dx


class affine_row_buffer(affine_t):
    def backward(self, dout):
        n, d, m = self.n, self.d, self.m
        dx, dw, db = np.zeros((n, d)), np.zeros((d, m)), np.zeros(m)
        row = np.zeros(d)
        for i in range(n):
            for k in range(d):
                for j in range(m):
                    row[k] += dout[i, j] * self.W[k, j]
                    dw[k, j] += dout[i, j] * self.xbuf[i * d + k]
                dx[i, k] = row[k]
            for j in range(m):
                db[j] += dout[i, j]
        self.dW, self.db = dw, db
        return dx


def weights(rng):
    return rng.standard_normal((3, 4)), rng.standard_normal(4)


def square_weights(rng):
    return rng.standard_normal((3, 3)), rng.standard_normal(3)


def input_rows(rng):
    return (rng.standard_normal((5, 3)),)


RIGHT = [
    Right(lambda rng: affine_t(*weights(rng)), input_rows),
    Right(lambda rng: affine_t(*square_weights(rng)), input_rows),
]

MISTAKES = [
    Mistake("partly-wrong", "dW", lambda rng: affine_short_loop(*weights(rng)), input_rows),
    Mistake("shifted", "db", lambda rng: affine_from_one(*weights(rng)), input_rows),
    Mistake("transposed", "dW", lambda rng: affine_column_major(*square_weights(rng)), input_rows),
    Mistake("accumulates", "dW", lambda rng: affine_no_memset(*weights(rng)), input_rows),
    Mistake("stale-cache", "dW", lambda rng: affine_static(*weights(rng)), input_rows),
    Mistake("cross-sample", "dx", lambda rng: affine_row_buffer(*weights(rng)), input_rows),
]
