"""Siamese network: one encoder for two inputs."""
import numpy as np


class Encoder:
    def __init__(self, input_dim, embed_dim):
        self.weight = np.random.standard_normal((input_dim, embed_dim)) * 0.5
        self.bias = np.zeros(embed_dim)

    def forward(self, x):
        z = x @ self.weight + self.bias
        return np.tanh(z), (x, np.tanh(z))

    def backward(self, dout, cache):
        x, a = cache
        dz = dout * (1 - a ** 2)
        self.weight_grad = x.T @ dz
        self.bias_grad = dz.sum(axis=0)
        return dz @ self.weight.T


class SiameseNet:
    """returns the squared distance of the two embeddings for every pair, shape (N,)"""

    def __init__(self, input_dim, embed_dim):
        self.encoder = Encoder(input_dim, embed_dim)

    def forward(self, left, right):
        e1, self.cache1 = self.encoder.forward(left)
        e2, self.cache2 = self.encoder.forward(right)
        self.diff = e1 - e2
        return np.sum(self.diff ** 2, axis=1)

    def backward(self, ddist):
        d = 2 * self.diff * ddist[:, None]
        dleft = self.encoder.backward(d, self.cache1)
        dright = self.encoder.backward(-d, self.cache2)
        return dleft, dright
