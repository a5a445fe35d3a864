import numpy as np

class SpatialBatchNorm:
  # x: batch, height, width, channels
  def __init__(self, C):
    self.g = np.random.uniform(.5, 1.5, C)
    self.b = np.random.uniform(-.5, .5, C)
    self.avg_mean = np.zeros(C)
    self.avg_var = np.ones(C)

  def forward(self, x, training=True):
    self.training = training
    if training:
      m = np.mean(x, axis=(0, 1, 2))
      v = np.var(x, axis=(0, 1, 2))
      self.avg_mean = .9*self.avg_mean + .1*m
      self.avg_var = .9*self.avg_var + .1*v
    else:
      m, v = self.avg_mean, self.avg_var
    self.istd = 1./np.sqrt(v + 1e-6)
    self.xn = (x - m)*self.istd
    return self.g*self.xn + self.b

  def backward(self, dy):
    self.dg = np.einsum('nhwc,nhwc->c', dy, self.xn)
    self.db = np.einsum('nhwc->c', dy)
    if not self.training:
      return dy*self.g*self.istd
    M = dy.shape[0]
    return self.g*self.istd*(dy - self.db/M - self.xn*self.dg/M)
