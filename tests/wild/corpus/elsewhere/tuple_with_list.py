import numpy as np

class Fc(object):
    def __init__(self, nin, nout):
        self.W = np.random.randn(nin, nout) / np.sqrt(nin / 2.)
        self.b = np.zeros(nout)

    @property
    def params(self):
        return [self.W, self.b]

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dy):
        """returns (dx, [gradients in the order of params])"""
        dx = dy @ self.W.T
        return dx, [self.x.T @ dy, dy.sum(0)]


class Elu(object):
    params = []

    def forward(self, x):
        self.x = x
        return np.where(x > 0, x, np.exp(np.minimum(x, 0)) - 1)

    def backward(self, dy):
        return dy * np.where(self.x > 0, 1, np.exp(np.minimum(self.x, 0))), []


def train(layers, X, Y, lr=.05, epochs=50):
    for _ in range(epochs):
        out = X
        for l in layers: out = l.forward(out)
        d = (out - Y) / len(X)
        for l in reversed(layers):
            d, grads = l.backward(d)
            for p, g in zip(l.params, grads):
                p -= lr * g
    return out

if __name__ == '__main__':
    X = np.random.randn(100, 3)
    Y = np.abs(X).sum(1, keepdims=True)
    print(np.mean((train([Fc(3, 20), Elu(), Fc(20, 1)], X, Y) - Y) ** 2))
