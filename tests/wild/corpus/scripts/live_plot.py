# learns a sine, live
import numpy as np
import matplotlib.pyplot as plt

plt.ion()
fig = plt.figure()
x = np.linspace(-3, 3, 50)[:, None]
y = np.sin(2*x)

class TwoLayers:
  """linear, tanh, linear"""
  def __init__(self, n_in, n_hidden, n_out):
    self.A = np.random.randn(n_in, n_hidden)
    self.a = np.random.randn(n_hidden)
    self.B = np.random.randn(n_hidden, n_out)/n_hidden**.5
    self.b = np.zeros(n_out)

  def forward(self, x):
    self.x = x
    self.h = np.tanh(x @ self.A + self.a)
    return self.h @ self.B + self.b

  def backward(self, dy):
    self.dB = self.h.T @ dy
    self.db = dy.sum(0)
    dh = (dy @ self.B.T)*(1 - np.tanh(self.h)**2)
    self.dA = self.x.T @ dh
    self.da = dh.sum(0)
    return dh @ self.A.T

net = TwoLayers(1, 20, 1)
while True:
  out = net.forward(x)
  net.backward(2*(out - y)/len(x))
  for p in 'AaBb':
    w = getattr(net, p)
    w -= .05*getattr(net, 'd' + p)
  plt.clf()
  plt.plot(x, y, x, out)
  plt.pause(0.01)
