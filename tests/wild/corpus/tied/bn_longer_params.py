import numpy as np


class BatchNorm1d:
    def __init__(self, num_features, momentum=0.1, eps=1e-5):
        self.momentum, self.eps = momentum, eps
        self.training = True
        # the last two are saved with the model but have no gradient
        self.params = [
            np.ones(num_features), np.zeros(num_features),
            np.zeros(num_features), np.ones(num_features),
        ]
        self.grads = [np.zeros(num_features), np.zeros(num_features)]

    def forward(self, x):
        gamma, beta, run_mean, run_var = self.params
        if self.training:
            mu = x.mean(axis=0)
            var = x.var(axis=0)
            run_mean += self.momentum * (mu - run_mean)
            run_var += self.momentum * (var - run_var)
        else:
            mu, var = run_mean, run_var
        self.std = np.sqrt(var + self.eps)
        self.x_hat = (x - mu) / self.std
        return gamma * self.x_hat + beta

    def backward(self, dout):
        gamma = self.params[0]
        self.grads[0] = (dout * self.x_hat).sum(axis=0)
        self.grads[1] = dout.sum(axis=0)
        dx_hat = dout * gamma
        if not self.training:
            return dx_hat / self.std
        return (dx_hat - dx_hat.mean(axis=0) - self.x_hat * (dx_hat * self.x_hat).mean(axis=0)) / self.std
