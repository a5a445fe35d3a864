import numpy as np

def sigmoid(z): return 1/(1+np.exp(-z))
def sigmoid_prime(z): return z*(1-z)

class TwoLayerNet():
    def __init__(self, sizes=(3, 5, 2)):
        n0, n1, n2 = sizes
        self.W1, self.b1 = np.random.randn(n1, n0), np.random.randn(n1, 1)
        self.W2, self.b2 = np.random.randn(n2, n1), np.random.randn(n2, 1)

    def forward(self, X):
        self.X = X
        self.Z1 = np.dot(self.W1, X) + self.b1
        self.A1 = sigmoid(self.Z1)
        self.Z2 = np.dot(self.W2, self.A1) + self.b2
        return self.Z2

    def cost(self, X, Y):
        return 0.5*np.sum((self.forward(X) - Y)**2)/X.shape[1]

    def backward(self, X, Y):
        m = X.shape[1]
        out = self.forward(X)
        dZ2 = (out - Y)/m
        dW2 = np.dot(dZ2, self.A1.T)
        db2 = np.sum(dZ2, axis=1, keepdims=True)
        dZ1 = np.dot(self.W2.T, dZ2)*sigmoid_prime(self.Z1)
        dW1 = np.dot(dZ1, X.T)
        db1 = np.sum(dZ1, axis=1, keepdims=True)
        return dW1, db1, dW2, db2
