import math
import numpy as np


class Layer(object):
    def forward_pass(self, X, training=True):
        raise NotImplementedError()

    def backward_pass(self, accum_grad):
        raise NotImplementedError()


class FullyConnected(Layer):
    """layer with n_units neurons. The weights are made by initialize()."""

    def __init__(self, n_units, n_inputs):
        self.n_units = n_units
        self.n_inputs = n_inputs
        self.layer_input = None
        self.initialize()

    def initialize(self):
        limit = 1 / math.sqrt(self.n_inputs)
        self.W = np.random.uniform(-limit, limit, (self.n_inputs, self.n_units))
        self.b = np.zeros((1, self.n_units))

    def forward_pass(self, X, training=True):
        self.layer_input = X
        return X.dot(self.W) + self.b

    def backward_pass(self, accum_grad):
        self.grad_W = self.layer_input.T.dot(accum_grad)
        self.grad_b = np.sum(accum_grad, axis=0, keepdims=True)
        return accum_grad.dot(self.W.T)


class Flatten(Layer):
    def forward_pass(self, X, training=True):
        self.prev_shape = X.shape
        return X.reshape((X.shape[0], -1))

    def backward_pass(self, accum_grad):
        return accum_grad.reshape(self.prev_shape)
