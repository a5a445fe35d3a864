import numpy as np

print("=== Neural network demo ===")
name = input("Your name: ")
n_hidden = int(input("Number of hidden neurons: "))
lr = float(input("Learning rate: "))


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


class NeuralNetwork:
    def __init__(self, sizes):
        self.W1 = np.random.uniform(-1, 1, (sizes[0], sizes[1]))
        self.W2 = np.random.uniform(-1, 1, (sizes[1], sizes[2]))

    def forward(self, x):
        self.x = x
        self.hidden = sigmoid(x @ self.W1)
        self.output = sigmoid(self.hidden @ self.W2)
        return self.output

    def loss(self, x, y):
        return ((self.forward(x) - y) ** 2).mean()

    def backward(self, x, y):
        out = self.forward(x)
        d_out = 2 * (out - y) / y.size * out * (1 - out)
        d_hid = d_out @ self.W2.T * self.hidden * (1 - self.hidden)
        return {"W1": x.T @ d_hid, "W2": self.hidden.T @ d_out}


nn = NeuralNetwork([2, n_hidden, 1])
X = np.array([[0., 0.], [0., 1.], [1., 0.], [1., 1.]])
T = np.array([[0.], [1.], [1.], [0.]])
while input("train more? [y/n] ") == "y":
    for i in range(1000):
        grads = nn.backward(X, T)
        nn.W1 -= lr * grads["W1"]
        nn.W2 -= lr * grads["W2"]
    print(name, "your loss is", nn.loss(X, T))
