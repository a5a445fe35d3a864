import numpy as np


class BatchNorm1d:
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        self.gamma = np.ones(num_features)
        self.beta = np.zeros(num_features)
        self.running_mean = np.zeros(num_features)
        self.running_var = np.ones(num_features)
        self.eps, self.momentum = eps, momentum
        self.is_training = True

    def forward(self, x):
        if self.is_training:
            mean, var = x.mean(0), x.var(0)
            n = x.shape[0]
            self.running_mean += self.momentum * (mean - self.running_mean)
            self.running_var += self.momentum * (var * n / (n - 1) - self.running_var)
        else:
            mean, var = self.running_mean, self.running_var
        self.inv_std = 1 / np.sqrt(var + self.eps)
        self.x_hat = (x - mean) * self.inv_std
        return self.gamma * self.x_hat + self.beta

    def backward(self, dy):
        self.dgamma = (dy * self.x_hat).sum(0)
        self.dbeta = dy.sum(0)
        dx_hat = dy * self.gamma
        if not self.is_training:
            return dx_hat * self.inv_std
        return self.inv_std * (dx_hat - dx_hat.mean(0) - self.x_hat * (dx_hat * self.x_hat).mean(0))
