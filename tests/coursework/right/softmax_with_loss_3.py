"""Logarithms alone, by NumPy's logaddexp, and the mean of a function."""

import numpy as np


class SoftmaxWithLoss:
    def forward(self, scores, target):
        if len(np.shape(target)) == 1:
            rows = np.zeros(scores.shape)
            rows[range(len(scores)), target] = 1
            target = rows
        self.log_p = scores - np.logaddexp.reduce(scores, axis=-1)[:, np.newaxis]
        self.target = target
        return np.mean(np.sum(-self.log_p, axis=1, where=target.astype(bool)))

    def backward(self, dout=1.0):
        batch = self.target.shape[0]
        return (np.exp(self.log_p) - self.target) * (dout / batch)
