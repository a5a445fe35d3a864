import numpy as np

def softmax(x):
    x = x - x.max(axis=-1, keepdims=True)
    e = np.exp(x)
    return e / e.sum(axis=-1, keepdims=True)

def cross_entropy_error(y, t):
    batch_size = y.shape[0]
    return -np.sum(t * np.log(y + 1e-15)) / batch_size

class SoftmaxWithLoss:
    def __init__(self):
        self.loss = None
        self.y = None  # softmaxの出力
        self.t = None  # 教師データ（one-hot）

    def forward(self, x, t):
        self.t = t
        self.y = softmax(x)
        self.loss = cross_entropy_error(self.y, self.t)
        return self.loss

    def backward(self, dout=1):
        # doutは使わない（最後の層なので常に1）
        batch_size = self.t.shape[0]
        return (self.y - self.t) / batch_size

class SumSquaredError:
    def forward(self, y, t):
        self.diff = y - t
        return 0.5 * np.sum(self.diff ** 2)

    def backward(self, dout=1.0):
        return self.diff
