# simple layer, one hidden activation
import numpy as np

class Layer:
  def __init__(self, size_in, size_out):
    self.weights = np.random.randn(size_in, size_out) * 0.5
    self.bias = np.zeros(size_out)

  def feed_forward(self, inputs):
    self.inputs = inputs
    self.z = np.dot(inputs, self.weights) + self.bias
    self.out = 1.0 / (1.0 + np.exp(-self.z))
    return self.out

  def back_prop(self, error):
    delta = error * self.z * (1 - self.z)
    self.d_weights = np.dot(self.inputs.T, delta)
    self.d_bias = np.sum(delta, axis=0)
    return np.dot(delta, self.weights.T)

  def step(self, lr):
    self.weights -= lr * self.d_weights
    self.bias -= lr * self.d_bias
