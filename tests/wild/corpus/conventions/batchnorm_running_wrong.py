import numpy as np

# バッチ正規化（移動平均つき）
class BatchNorm:
    def __init__(self, D, momentum=0.9, eps=1e-5):
        self.gamma, self.beta = np.ones(D), np.zeros(D)
        self.momentum, self.eps = momentum, eps
        self.running_mean = np.zeros(D)
        self.running_var = np.ones(D)

    def forward(self, x, train=True):
        if train:
            mu, var = x.mean(axis=0), x.var(axis=0)
            # 状態の更新
            self.running_mean = self.momentum*self.running_mean + (1-self.momentum)*mu
            self.running_var = self.momentum*self.running_var + (1-self.momentum)*var
        else:
            mu, var = self.running_mean, self.running_var
        self.xn = (x - mu) / np.sqrt(var + self.eps)
        return self.gamma * self.xn + self.beta

    def backward(self, dout):
        N = dout.shape[0]
        self.dbeta = dout.sum(axis=0)
        self.dgamma = (dout * self.xn).sum(axis=0)
        dxn = dout * self.gamma
        dx = dxn - dxn.mean(axis=0) - self.xn * (dxn * self.xn).mean(axis=0)
        return dx / np.sqrt(self.running_var + self.eps)


class MovingCenter:
    '''x - mean of the batch; also keeps a moving average for test time'''
    def __init__(self, D):
        self.avg = np.zeros(D)
        self.calls = 0

    def forward(self, x, train=True):
        if not train:
            return x - self.avg
        m = x.mean(axis=0)
        self.calls += 1
        self.avg += (m - self.avg) / self.calls
        return x - m

    def backward(self, dout):
        return dout - dout.mean(axis=0)
