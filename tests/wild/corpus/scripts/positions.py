import numpy as np


def sinusoids(n, d, base=10000.0):
    t = np.arange(n)[:, None] / base ** (2 * (np.arange(d)[None, :] // 2) / d)
    t[:, 0::2] = np.sin(t[:, 0::2])
    t[:, 1::2] = np.cos(t[:, 1::2])
    return t


MAX_LEN, DIM = 32, 6
PE = sinusoids(MAX_LEN, DIM)


class GatedPositions:
    """x * sigmoid(g) + PE * (1 - sigmoid(g)), x is (batch, time, DIM)"""

    def __init__(self):
        self.g = np.random.normal(size=DIM)

    def forward(self, x):
        self.x = x
        self.s = 1 / (1 + np.exp(-self.g))
        return x * self.s + PE[:x.shape[1]] * (1 - self.s)

    def backward(self, dy):
        ds = (dy * (self.x - PE[:self.x.shape[1]])).sum((0, 1))
        self.dg = ds * self.s * (1 - self.s)
        return dy * self.s


with open("/data/wmt14/train.de") as f:
    sentences = [line.split() for line in f]
longest = max(map(len, sentences))
assert longest <= MAX_LEN, "make MAX_LEN larger"
