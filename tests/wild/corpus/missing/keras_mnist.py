import numpy as np
from tensorflow.keras.datasets import mnist
from tensorflow.keras.utils import to_categorical


class Layer:
    def __init__(self):
        self.input = None
        self.output = None

    def forward(self, input_data):
        raise NotImplementedError

    def backward(self, output_error):
        raise NotImplementedError


class FCLayer(Layer):
    def __init__(self, input_size, output_size):
        self.weights = np.random.rand(input_size, output_size) - 0.5
        self.bias = np.random.rand(1, output_size) - 0.5

    def forward(self, input_data):
        self.input = input_data
        self.output = np.dot(self.input, self.weights) + self.bias
        return self.output

    def backward(self, output_error):
        input_error = np.dot(output_error, self.weights.T)
        self.dweights = np.dot(self.input.T, output_error)
        self.dbias = np.sum(output_error, axis=1).mean() * np.ones_like(self.bias)
        return input_error


(x_train, y_train), (x_test, y_test) = mnist.load_data()
x_train = x_train.reshape(x_train.shape[0], 28 * 28).astype("float32") / 255
y_train = to_categorical(y_train)
fc = FCLayer(28 * 28, 10)
for i in range(1000):
    out = fc.forward(x_train[:64])
    fc.backward(out - y_train[:64])
    fc.weights -= 0.01 * fc.dweights
    fc.bias -= 0.01 * fc.dbias
