import numpy as np

class Layer(object):
  def __init__(self):
    self.built = False
    self.weights = {}
    self.grads = {}

  def build(self, input_shape):
    pass

  def __call__(self, inputs):
    if not self.built:
      self.build(inputs.shape)
      self.built = True
    return self.call(inputs)

  def call(self, inputs):
    raise NotImplementedError()

  def backward(self, grad):
    raise NotImplementedError()


class DenseL(Layer):
  def __init__(self, units, use_bias=True):
    super(DenseL, self).__init__()
    self.units = units
    self.use_bias = use_bias

  def build(self, input_shape):
    fan_in = input_shape[-1]
    self.weights["kernel"] = np.random.normal(0., fan_in ** -0.5, (fan_in, self.units))
    if self.use_bias:
      self.weights["bias"] = np.zeros((self.units,))

  def call(self, inputs):
    self._inputs = inputs
    out = np.matmul(inputs, self.weights["kernel"])
    if self.use_bias:
      out += self.weights["bias"]
    return out

  def backward(self, grad):
    flat_x = self._inputs.reshape(-1, self._inputs.shape[-1])
    flat_g = grad.reshape(-1, self.units)
    self.grads["kernel"] = flat_x.T.dot(flat_g)
    if self.use_bias:
      self.grads["bias"] = flat_g.sum(0)
    return np.matmul(grad, self.weights["kernel"].T)
