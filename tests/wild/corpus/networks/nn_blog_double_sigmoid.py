import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_prime(x):
    return sigmoid(x) * (1 - sigmoid(x))

class Neural_Network(object):
    def __init__(self, inputs=2, hidden=3, outputs=1):
        #weights
        self.W1 = np.random.randn(inputs, hidden)
        self.W2 = np.random.randn(hidden, outputs)

    def forward(self, X):
        #forward propagation through our network
        self.z = np.dot(X, self.W1)
        self.z2 = sigmoid(self.z)
        self.z3 = np.dot(self.z2, self.W2)
        o = sigmoid(self.z3)
        return o

    def backward(self, X, y, o):
        # backward propagate through the network
        self.o_error = y - o
        self.o_delta = self.o_error * sigmoid_prime(o)

        self.z2_error = self.o_delta.dot(self.W2.T)
        self.z2_delta = self.z2_error * sigmoid_prime(self.z2)

        self.W1 += X.T.dot(self.z2_delta)
        self.W2 += self.z2.T.dot(self.o_delta)

    def train(self, X, y):
        o = self.forward(X)
        self.backward(X, y, o)
