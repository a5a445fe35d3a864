import numpy as np

class PReLU:
  def __init__(self, units, init=0.25):
    self.alpha = np.ones((units, 1)) * init
    self.gradAlpha = np.zeros_like(self.alpha)

  def forward(self, z):
    self.z = z
    return np.where(z >= 0, z, self.alpha * z)

  def backward(self, g):
    neg = self.z < 0
    self.gradAlpha = (g * self.z * neg).sum(1, keepdims=True)
    return g * np.where(neg, self.alpha, 1.0)

class Scale:
  """ y = s * x + t, one scale and one shift per row """
  def __init__(self, units):
    self.s = np.random.rand(units, 1) + .5
    self.t = np.zeros((units, 1))

  def forward(self, x):
    self.x = x
    return self.s * x + self.t

  def backward(self, g):
    self.gradS = np.sum(g * self.x, 1).reshape(self.s.shape)
    self.gradT = np.sum(g, 1).reshape(self.t.shape)
    return self.s * g
