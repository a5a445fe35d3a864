"""Mean squared error over all elements: a student who came from Matlab and loops over rows and columns."""

import numpy as np

from mistakes import Mistake, Right


class MSE:
    def forward(self, x, t):
        n, k = x.shape
        self.rows = []
        total = 0.0
        for i in range(n):
            d = x[i, :] - t[i, :]
            self.rows.append(d)
            total += (d**2).sum()
        return total / (n * k)

    def backward(self, dout=1):
        n = len(self.rows)
        k = len(self.rows[0])
        dx = np.zeros((n, k))
        for i in range(n):
            dx[i, :] = 2 * self.rows[i] / (n * k)
        return dx * dout


class MSEFromTheEnd(MSE):
    """Backward runs through the rows from the last to the first."""

    def backward(self, dout=1):
        n, k = len(self.rows), len(self.rows[0])
        out = []
        for d in reversed(self.rows):
            out.append(2 * d * dout / (n * k))
        return np.vstack(out)


class MSEColumns:
    def forward(self, x, t):
        self.x, self.t = x, t
        n, k = x.shape
        total = 0.0
        for j in range(1, k + 1):
            total += ((x[:, j - 1] - t[:, j - 1]) ** 2).sum()
        return total / (n * k)

    def backward(self, dout=1):
        n, k = self.x.shape
        dx = np.zeros((n, k))
        for j in range(0, k):
            dx[:, j - 1] = 2 * (self.x[:, j] - self.t[:, j]) / (n * k)
        return dout * dx


class MSERowMeans:
    def forward(self, x, t):
        self.err = x - t
        persample = [np.mean(row**2) for row in self.err]
        return sum(persample) / len(persample)

    def backward(self, dout=1):
        dx = np.zeros_like(self.err)
        for i, row in enumerate(self.err):
            dx[i] = 2 * row / len(row)
        return dout * dx


class MSEMeanTwice:
    def forward(self, x, t):
        self.err = x - t
        return np.mean(self.err**2)

    def backward(self, dout=1):
        n, k = self.err.shape
        dmean = dout / self.err.size
        dx = np.zeros((n, k))
        for i in range(n):
            for j in range(k):
                dx[i, j] = dmean * 2 * self.err[i, j]
        return dx / n


class MSEHalf(MSE):
    def backward(self, dout=1):
        err = np.array(self.rows)
        return dout * err / np.prod(err.shape)


class MSEList:
    def __init__(self):
        self.rows = []

    def forward(self, x, t):
        self.size = x.shape
        total = 0.0
        for xi, ti in zip(x, t):
            self.rows.append(xi - ti)
            total += np.dot(xi - ti, xi - ti)
        return total / x.size

    def backward(self, dout=1):
        n, k = self.size
        dx = np.zeros((n, k))
        for i in range(n):
            dx[i, :] = dout * 2 * self.rows[i] / (n * k)
        return dx


def inputs(rng):
    return rng.normal(size=(5, 3)), rng.normal(size=(5, 3))


RIGHT = [Right(lambda rng: MSE(), inputs)]
MISTAKES = [
    Mistake("reversed", "dx", lambda rng: MSEFromTheEnd(), inputs),
    Mistake("shifted", "dx", lambda rng: MSEColumns(), inputs),
    Mistake("missing-batch-average", "dx", lambda rng: MSERowMeans(), inputs),
    Mistake("extra-batch-average", "dx", lambda rng: MSEMeanTwice(), inputs),
    Mistake("constant-factor", "dx", lambda rng: MSEHalf(), inputs),
    Mistake("stale-cache", "dx", lambda rng: MSEList(), inputs),
]
