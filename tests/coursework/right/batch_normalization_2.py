"""One feature after the other, with the whole Jacobian of its normalization; eps is added to the std."""

import numpy as np


class BatchNormalization:
    def __init__(self, gamma, beta, momentum=0.9, running_mean=None, running_var=None, eps=1e-5):
        self.gamma, self.beta, self.momentum, self.eps = gamma, beta, momentum, eps
        self.running_mean = [0.0] * len(gamma) if running_mean is None else list(running_mean)
        self.running_var = [1.0] * len(gamma) if running_var is None else list(running_var)

    def forward(self, x, training=True):
        y = np.empty_like(x)
        self.columns = []
        for k, column in enumerate(x.T):
            mean, var, n = self.running_mean[k], self.running_var[k], len(column)
            if training:
                mean, var = sum(column) / n, np.dot(column - column.mean(), column - column.mean()) / n
                self.running_mean[k] = self.momentum * self.running_mean[k] + (1 - self.momentum) * mean
                self.running_var[k] = self.momentum * self.running_var[k] + (1 - self.momentum) * var * n / (n - 1)
            std = var**0.5 + self.eps
            self.columns.append(((column - mean) / std, std))
            y[:, k] = self.gamma[k] * self.columns[-1][0] + self.beta[k]
        return y

    def backward(self, dout):
        dx = np.empty_like(dout)
        self.dgamma, self.dbeta = np.zeros(len(self.gamma)), np.zeros(len(self.beta))
        for k, (xhat, std) in enumerate(self.columns):
            n = len(xhat)
            jacobian = (np.eye(n) - np.full((n, n), 1 / n) - np.outer(xhat, xhat) / n) / std
            self.dbeta[k], self.dgamma[k] = dout[:, k].sum(), dout[:, k] @ xhat
            dx[:, k] = self.gamma[k] * (jacobian @ dout[:, k])
        return dx
