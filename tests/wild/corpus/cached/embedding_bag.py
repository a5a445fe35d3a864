import numpy as np


class EmbeddingMean:
    """average of the word vectors of a sentence"""

    def __init__(self, vocab_size=7, dim=4):
        self.table = np.random.uniform(-0.5, 0.5, size=(vocab_size, dim))

    def forward(self, ids):
        ids = np.asarray(ids)
        return self.table[ids].mean(axis=1), ids

    def backward(self, dout, ids):
        dtable = np.zeros_like(self.table)
        share = dout / ids.shape[1]
        for row in range(ids.shape[0]):
            for word in ids[row]:
                dtable[word] += share[row]
        return dtable


class PositionBias:
    def __init__(self, max_len=10, dim=4):
        self.p = np.random.randn(max_len, dim) * 0.02

    def forward(self, x):
        t = x.shape[1]
        return x + self.p[:t], t

    def backward(self, dout, t):
        dp = np.zeros_like(self.p)
        dp[:t] = dout.sum(axis=0)
        return dout, dp
