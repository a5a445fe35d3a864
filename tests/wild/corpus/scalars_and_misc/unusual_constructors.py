import numpy as np


class Activation:
    def __init__(self, activation, activation_prime):
        self.activation = activation
        self.activation_prime = activation_prime

    def forward(self, input):
        self.input = input
        return self.activation(self.input)

    def backward(self, output_gradient):
        return np.multiply(output_gradient, self.activation_prime(self.input))


class Tanh(Activation):
    def __init__(self):
        super().__init__(np.tanh, lambda x: 1 - np.tanh(x) ** 2)


class Reshape:
    def __init__(self, input_shape, output_shape):
        self.input_shape = input_shape
        self.output_shape = output_shape

    def forward(self, input):
        return np.reshape(input, (len(input), *self.output_shape))

    def backward(self, output_gradient):
        return np.reshape(output_gradient, (len(output_gradient), *self.input_shape))


class Residual:
    def __init__(self, inner):
        self.inner = inner

    def forward(self, input):
        return input + self.inner.forward(input)

    def backward(self, output_gradient):
        return output_gradient + self.inner.backward(output_gradient)


block = Residual(Tanh())
act = Activation(np.sin, np.cos)
