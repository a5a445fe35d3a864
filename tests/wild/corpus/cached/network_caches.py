import numpy as np

class Net:
  """MLP with tanh, forward gives back the list of caches"""
  def __init__(self, sizes=(4, 6, 5, 3)):
    self.W = [np.random.randn(a, b) / np.sqrt(a) for a, b in zip(sizes[:-1], sizes[1:])]
    self.b = [np.zeros(b) for b in sizes[1:]]

  def forward(self, X):
    caches = []
    h = X
    for l in range(len(self.W)):
      inp = h
      h = inp @ self.W[l] + self.b[l]
      if l < len(self.W) - 1:
        h = np.tanh(h)
      caches.append((inp, h))
    return h, caches

  def backward(self, dout, caches):
    dW, db = [None] * len(self.W), [None] * len(self.W)
    for l in range(len(self.W) - 1, -1, -1):
      inp, h = caches[l]
      if l < len(self.W) - 1:
        dout = dout * (1 - h * h)
      dW[l] = inp.T @ dout
      db[l] = dout.sum(0)
      dout = dout @ self.W[l].T
    return dout, dW, db
