import numpy as np

class FullyConnected:
    def __init__(self, in_dim, out_dim):
        self.params = {
            "W": {"value": np.random.randn(in_dim, out_dim) * 0.1, "grad": None},
            "b": {"value": np.random.randn(1, out_dim) * 0.1, "grad": None},
        }
        self.cache = None

    def forward(self, X):
        self.cache = X
        return X.dot(self.params["W"]["value"]) + self.params["b"]["value"]

    def backward(self, dZ):
        X = self.cache
        self.params["W"]["grad"] = X.T.dot(dZ)
        self.params["b"]["grad"] = dZ.sum(axis=0, keepdims=True)
        return dZ.dot(self.params["W"]["value"].T)


class Softplus:
    params = {}

    def forward(self, X):
        self.cache = X
        return np.logaddexp(0, X)

    def backward(self, dZ):
        return dZ / (1 + np.exp(-self.cache))


def sgd(layers, lr):
    for layer in layers:
        for p in layer.params.values():
            p["value"] -= lr * p["grad"]


if __name__ == "__main__":
    rng = np.random.RandomState(42)
    X = rng.randn(50, 2)
    y = X[:, :1] ** 2 - X[:, 1:]
    net = [FullyConnected(2, 16), Softplus(), FullyConnected(16, 1)]
    for it in range(400):
        out = X
        for layer in net:
            out = layer.forward(out)
        d = (out - y) / len(X)
        for layer in net[::-1]:
            d = layer.backward(d)
        sgd(net, 0.1)
    print("final mse", np.mean((out - y) ** 2))
