import numpy as np
np.random.seed(1234)


class Linear(object):
  def __init__(self, nin, nout):
    self.W = np.random.normal(0, 0.1, (nin, nout))
    self.b = np.random.normal(0, 0.1, nout)
    self.gW, self.gb = np.zeros_like(self.W), np.zeros_like(self.b)

  def fprop(self, x):
    self.x = x
    return x @ self.W + self.b

  def bprop(self, g):
    self.gW[...] = self.x.T @ g
    self.gb[...] = g.sum(0)
    return g @ self.W.T


class Tanh(object):
  def fprop(self, x):
    self.y = np.tanh(x)
    return self.y

  def bprop(self, g):
    return g * (1. - self.y ** 2)


class LogSoftmax(object):
  def fprop(self, x):
    m = x.max(1, keepdims=True)
    self.y = x - m - np.log(np.exp(x - m).sum(1, keepdims=True))
    return self.y

  def bprop(self, g):
    return g - np.exp(self.y) * g.sum(1, keepdims=True)
