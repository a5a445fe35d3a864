import numpy as np


class CbowLM:
    """
    Predicts a word from its context. The word vectors E are used at the input (look-up)
    and at the output (scores), so E stands twice in the list of parameters.
    """

    def __init__(self, vocab, dim):
        E = np.random.randn(vocab, dim) * 0.3
        W = np.random.randn(dim, dim) * 0.3
        b = np.zeros(vocab)
        self.params = [E, W, E, b]
        self.grads = [np.zeros_like(p) for p in self.params]

    def forward(self, context):
        """context: (N, C) word ids -> (N, vocab) scores"""
        E, W, _, b = self.params
        self.context = context
        self.mean = E[context].mean(axis=1)
        self.h = np.tanh(self.mean @ W)
        return self.h @ E.T + b

    def backward(self, dscores):
        E, W, _, b = self.params
        dE_in, dW, dE_out, db = self.grads
        dE_out[...] = dscores.T @ self.h
        db[...] = dscores.sum(axis=0)
        dz = dscores @ E * (1 - self.h ** 2)
        dW[...] = self.mean.T @ dz
        dmean = dz @ W.T
        dE_in[...] = 0
        C = self.context.shape[1]
        for c in range(C):
            np.add.at(dE_in, self.context[:, c], dmean / C)
        return None
