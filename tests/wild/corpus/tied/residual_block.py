import numpy as np


class FC:
    """全连接层"""

    def __init__(self, d_in, d_out):
        self.params = {"W": np.random.randn(d_in, d_out) / np.sqrt(d_in), "b": np.zeros(d_out)}
        self.grads = {}

    def forward(self, x):
        self.x = x
        return x @ self.params["W"] + self.params["b"]

    def backward(self, dy):
        self.grads["W"] = self.x.T @ dy
        self.grads["b"] = dy.sum(axis=0)
        return dy @ self.params["W"].T


class ResidualBlock:
    """y = x + fc2(relu(fc1(x)))，输入和输出的维度相同"""

    def __init__(self, dim, hidden):
        self.fc1 = FC(dim, hidden)
        self.fc2 = FC(hidden, dim)

    def forward(self, x):
        h = self.fc1.forward(x)
        self.mask = h > 0
        return x + self.fc2.forward(np.where(self.mask, h, 0))

    def backward(self, dy):
        dh = self.fc2.backward(dy)
        dx = self.fc1.backward(dh * self.mask)
        return dx + dy
