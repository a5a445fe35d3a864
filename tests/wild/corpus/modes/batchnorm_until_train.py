import numpy as np

class BatchNorm(object):
    # self.training is False until train() is called
    def __init__(self, D):
        self.D = D
        self.gamma, self.beta = np.ones((1, D)), np.zeros((1, D))
        self.mu_avg = np.random.randn(1, D) * 0.1
        self.var_avg = np.random.rand(1, D) + 1.0
        self.training = False

    def train(self, flag=True):
        self.training = flag

    def forward(self, X):
        mu, var = self.mu_avg, self.var_avg
        if self.training:
            mu, var = X.mean(0, keepdims=True), X.var(0, keepdims=True)
            self.mu_avg = 0.99 * self.mu_avg + 0.01 * mu
            self.var_avg = 0.99 * self.var_avg + 0.01 * var
        self.var = var
        self.Xn = (X - mu) / np.sqrt(var + 1e-5)
        return self.Xn * self.gamma + self.beta

    def backward(self, dY):
        N = dY.shape[0]
        self.dgamma = np.sum(dY * self.Xn, axis=0, keepdims=True)
        self.dbeta = np.sum(dY, axis=0, keepdims=True)
        dXn = dY * self.gamma
        # same formula in both modes
        dX = N * dXn - dXn.sum(0) - self.Xn * np.sum(dXn * self.Xn, axis=0)
        return dX / (N * np.sqrt(self.var + 1e-5))
