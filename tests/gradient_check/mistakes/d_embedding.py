"""Word vectors from a table, by a student of language models (ids have no gradient: backward gives None)."""

import numpy as np

from mistakes import Mistake, Right


class Embedding:
    def __init__(self, table):
        self.W = table
        self.dW = None

    def forward(self, ids):
        self.ids = ids
        return self.W[ids]

    def backward(self, dout):
        self.dW = np.zeros_like(self.W)
        np.add.at(self.dW, self.ids, dout)
        return None


class EmbeddingFancyIndex(Embedding):
    def backward(self, dout):
        dW = np.zeros_like(self.W)
        dW[self.ids] += dout
        self.dW = dW
        return None


class EmbeddingNoPadding:
    """Word 0 is the padding word."""

    def __init__(self, table, pad=0):
        self.W = table
        self.pad = pad

    def forward(self, ids):
        self.ids = ids.copy()
        return np.take(self.W, ids, axis=0)

    def backward(self, dout):
        grad = np.zeros(self.W.shape)
        for pos in np.ndindex(*self.ids.shape):
            word = self.ids[pos]
            if word == self.pad:
                continue
            grad[word] += dout[pos]
        self.dW = grad


class EmbeddingCountsFromOne(Embedding):
    def backward(self, dout):
        words, dim = self.W.shape
        flat_ids, flat = self.ids.reshape(-1), dout.reshape(-1, dim)
        self.dW = np.zeros((words, dim))
        np.add.at(self.dW, flat_ids - 1, flat)


class EmbeddingUsedWords:
    def __init__(self, table):
        self.W = table

    def forward(self, ids):
        self.used, self.where = np.unique(ids.ravel(), return_inverse=True)
        return self.W[ids]

    def backward(self, dout):
        flat = dout.reshape(-1, dout.shape[-1])
        self.dW = np.zeros((len(self.used), flat.shape[1]))
        np.add.at(self.dW, self.where.ravel(), flat)


class EmbeddingBuffer:
    def __init__(self, table):
        self.W = table
        self.dW = np.zeros_like(table)

    def forward(self, ids):
        self.ids = ids
        return self.W[ids]

    def backward(self, dout):
        np.add.at(self.dW, self.ids, dout)


class EmbeddingMaxNorm:
    """No word vector may be longer than one."""

    def __init__(self, table, max_norm=1.0):
        self.W = table
        self.max_norm = max_norm

    def forward(self, ids):
        for word in np.unique(ids):
            length = np.linalg.norm(self.W[word])
            if length > self.max_norm:
                self.W[word] *= self.max_norm / length
        self.ids = ids
        return self.W[ids]

    def backward(self, dout):
        onehot = (self.ids.reshape(-1, 1) == np.arange(len(self.W))).astype(float)
        self.dW = onehot.T @ dout.reshape(-1, self.W.shape[1])


def table(rng):
    return rng.standard_normal((9, 5))


def sentences(rng):
    ids = rng.integers(0, 7, size=(4, 3))
    ids[1, 2] = 0
    return (ids,)


RIGHT = [Right(lambda rng: Embedding(table(rng)), sentences)]

MISTAKES = [
    Mistake("not-summed", "dW", lambda rng: EmbeddingFancyIndex(table(rng)), sentences),
    Mistake("partly-wrong", "dW", lambda rng: EmbeddingNoPadding(table(rng)), sentences),
    Mistake("shifted", "dW", lambda rng: EmbeddingCountsFromOne(table(rng)), sentences),
    Mistake("wrong-shape", "dW", lambda rng: EmbeddingUsedWords(table(rng)), sentences),
    Mistake("accumulates", "dW", lambda rng: EmbeddingBuffer(table(rng)), sentences),
    Mistake("overwrites-parameter", None, lambda rng: EmbeddingMaxNorm(table(rng)), sentences),
]
