import numpy as np


class KLDivergence:
    """ KL(p || q) = sum p log(p / q), averaged over the rows """

    def forward(self, p, q):
        self.save = p, q
        return (p * np.log(p / q)).sum(axis=-1).mean()

    def backward(self, grad=1.0):
        p, q = self.save
        n = p.shape[0]
        dp = np.log(p / q) + 1
        dq = -p / q
        return grad * dp / n, grad * dq / n


class ReverseKL:
    """ KL(q || p) with a fixed target p, so only the gradient for q is needed """

    def __init__(self, p):
        self.p = p

    def forward(self, q):
        self.q = q
        return np.sum(q * (np.log(q) - np.log(self.p)))

    def backward(self, grad=1.0):
        return grad * (np.log(self.q) - np.log(self.p) + 1)
