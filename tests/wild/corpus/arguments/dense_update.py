import numpy as np


class Dense:
    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_out, n_in) * np.sqrt(2.0 / n_in)
        self.b = np.zeros((n_out, 1))

    def forward(self, x):
        # x: (n_in, batch)
        self.x = x
        return self.W @ x + self.b

    def backward(self, grad, lr=0.1):
        self.W = self.W - lr * (grad @ self.x.T)
        self.b = self.b - lr * grad.sum(axis=1, keepdims=True)
        return self.W.T @ grad


class Tanh:
    def forward(self, x):
        self.y = np.tanh(x)
        return self.y

    def backward(self, grad, lr=None):
        return grad * (1 - self.y ** 2)


if __name__ == "__main__":
    X = np.array([[0, 0, 1, 1], [0, 1, 0, 1]], dtype=float)
    Y = np.array([[0, 1, 1, 0]], dtype=float)
    net = [Dense(2, 8), Tanh(), Dense(8, 1)]
    for epoch in range(200):
        h = X
        for layer in net:
            h = layer.forward(h)
        g = 2 * (h - Y) / Y.size
        for layer in reversed(net):
            g = layer.backward(g, 0.1)
    print(np.round(h, 2))
