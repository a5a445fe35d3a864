import numpy as np

class Conv1D:
  # x: (batch, length), one filter of size k, "same" padding
  def __init__(self, k=3, lr=0.01):
    assert k % 2 == 1
    self.k = k
    self.lr = lr
    self.filt = np.random.randn(k)
    self.bias = np.zeros(1)

  def forward(self, x):
    self.shape = x.shape
    p = self.k // 2
    self.xp = np.pad(x, ((0, 0), (p, p)), 'constant')
    y = np.zeros(x.shape)
    for t in range(x.shape[1]):
      y[:, t] = self.xp[:, t:t + self.k] @ self.filt + self.bias
    return y

  def backward(self, dy):
    p = self.k // 2
    dxp = np.zeros_like(self.xp)
    dfilt = np.zeros_like(self.filt)
    for t in range(self.shape[1]):
      dfilt += dy[:, t] @ self.xp[:, t:t + self.k]
      dxp[:, t:t + self.k] += np.outer(dy[:, t], self.filt)
    self.filt -= self.lr * dfilt
    self.bias -= self.lr * dy.sum()
    return dxp[:, p:-p]
