import numpy as np

class Param:
    def __init__(self, data):
        self.data = data
        self.grad = np.zeros_like(data)

class WordEmbedding:
    """
    Look up word vectors.

    words: int array (batch, length); the same word may appear many times
    output: (batch, length, size)
    """
    def __init__(self, n_words=6, size=4):
        self.n_words = n_words
        self.vectors = Param(np.random.rand(n_words, size) - 0.5)

    def forward(self, words):
        self.words = np.asarray(words)
        return self.vectors.data[self.words]

    def backward(self, dout):
        self.vectors.grad[...] = 0
        self.vectors.grad[self.words] += dout

class MeanPool:
    """mean over the words of a sentence"""
    def forward(self, x):
        self.length = x.shape[1]
        return x.mean(axis=1)

    def backward(self, dout):
        return np.repeat(dout[:, None, :] / self.length, self.length, axis=1)
