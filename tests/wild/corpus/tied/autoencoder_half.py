import numpy as np

class AutoEncoder(object):
  # weight tying: decoder = encoder transposed
  def __init__(self, nin, nhid):
    self.params = {'w': np.random.randn(nhid, nin) * 0.4,
                   'bh': np.zeros((nhid, 1)),
                   'bo': np.zeros((nin, 1))}
    self.grads = {}

  def forward(self, x):
    w, bh, bo = self.params['w'], self.params['bh'], self.params['bo']
    self.x = x                                  # (nin, batch)
    self.h = np.tanh(np.dot(w, x) + bh)
    return np.dot(w.T, self.h) + bo

  def backward(self, dout):
    w = self.params['w']
    dh = np.dot(w, dout)
    dz = dh * (1 - self.h ** 2)
    self.grads['w'] = np.dot(dz, self.x.T)
    self.grads['bh'] = dz.sum(axis=1, keepdims=True)
    self.grads['bo'] = dout.sum(axis=1, keepdims=True)
    return np.dot(w.T, dz)
