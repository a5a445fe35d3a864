# dense layer with weights in small boxes
import numpy as np

class Param(object):
  __slots__ = ("value", "gradient")

  def __init__(self, *shape):
    self.value = np.random.normal(0.0, 0.4, size=shape)
    self.gradient = None

class DenseTanh(object):
  __slots__ = ("w", "b", "_in", "_out")

  def __init__(self, n_inputs, n_units):
    self.w = Param(n_units, n_inputs)      # one row per unit
    self.b = Param(n_units)

  def forward(self, inputs):
    self._in = np.array(inputs)
    self._out = np.tanh(np.dot(self._in, self.w.value.T) + self.b.value)
    return self._out

  def backward(self, d_out):
    dz = d_out * (1.0 - np.square(self._out))
    self.w.gradient = np.dot(dz.T, self._in)
    self.b.gradient = np.sum(dz, axis=0)
    return np.dot(dz, self.w.value)
