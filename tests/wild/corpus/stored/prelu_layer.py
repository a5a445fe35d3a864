import numpy as np


class PReLU:
  def __init__(self, a=0.25):
    self.a = np.array([a])

  def forward(self, x):
    self.x = x
    self.output = np.maximum(x, 0) + self.a * np.minimum(x, 0)

  def backward(self, dy):
    self.grad_a = np.array([np.sum(dy * np.maximum(self.x, 0))])
    self.grad_input = dy * np.where(self.x > 0, 1, self.a)


class Bias:
  def __init__(self, n):
    self.bias = np.zeros(n)

  def forward(self, x):
    self.output = x + self.bias

  def backward(self, dy):
    self.grad_bias = dy.sum(axis=0)
    self.grad_input = dy
