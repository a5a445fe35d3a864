import numpy as np


class FCLayer:
    """fully connected layer, trains itself during backward"""

    def __init__(self, input_size, output_size):
        self.weights = np.random.rand(input_size, output_size) - 0.5
        self.bias = np.random.rand(1, output_size) - 0.5

    def forward(self, input_data):
        self.input = input_data
        self.output = np.dot(self.input, self.weights) + self.bias
        return self.output

    def backward(self, output_error, learning_rate):
        input_error = np.dot(output_error, self.weights.T)
        weights_error = np.dot(self.input.T, output_error)

        # update parameters
        self.weights -= learning_rate * weights_error
        self.bias -= learning_rate * output_error.sum(axis=0, keepdims=True)
        return input_error


class ActivationLayer:
    def __init__(self, activation=np.tanh, activation_prime=lambda x: 1 - np.tanh(x) ** 2):
        self.activation = activation
        self.activation_prime = activation_prime

    def forward(self, input_data):
        self.input = input_data
        return self.activation(self.input)

    # learning_rate is not used here, nothing to learn
    def backward(self, output_error, learning_rate):
        return self.activation_prime(self.input) * output_error
