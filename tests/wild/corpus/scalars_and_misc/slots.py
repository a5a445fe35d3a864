import numpy as np

class Layer(object):
  __slots__ = ('name',)
  def __init__(self, name):
    self.name = name

class ScaledTanh(Layer):
  __slots__ = ('a', 'b', 'y')
  # LeCun: 1.7159 tanh(2x/3)
  def __init__(self, name='tanh', a=1.7159, b=2/3):
    super(ScaledTanh, self).__init__(name)
    self.a = a
    self.b = b

  def forward(self, x):
    self.y = self.a * np.tanh(self.b * x)
    return self.y

  def backward(self, dy):
    return dy * self.b * (self.a - self.y**2)

class Bias(Layer):
  __slots__ = ('c', 'dc')
  def __init__(self, n, name='bias'):
    super(Bias, self).__init__(name)
    self.c = np.linspace(-1, 1, n)

  def forward(self, x):
    return x + self.c

  def backward(self, dy):
    self.dc = dy.sum(axis=0)
    return dy
