import numpy as np

class Dense:
    """Fully connected layer. The input size is found out at the first forward pass."""

    def __init__(self, units):
        self.units = units
        self.W = None
        self.b = None

    def forward(self, x):
        if self.W is None:
            n = x.shape[-1]
            self.W = (np.random.randn(n, self.units) * np.sqrt(1.0 / n)).astype(np.float32)
            self.b = np.zeros(self.units, dtype=np.float32)
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout):
        self.dW = self.x.T @ dout
        self.db = dout.sum(axis=0)
        return dout @ self.W.T


class ReLU:
    def forward(self, x):
        self.mask = (x <= 0)
        out = x.copy()
        out[self.mask] = 0
        return out

    def backward(self, dout):
        dout[self.mask] = 0
        return dout


if __name__ == "__main__":
    np.random.seed(0)
    x = np.random.rand(64, 3)
    y = x.sum(axis=1, keepdims=True)
    layers = [Dense(10), ReLU(), Dense(1)]
    for i in range(300):
        h = x
        for l in layers:
            h = l.forward(h)
        d = 2 * (h - y) / len(x)
        for l in reversed(layers):
            d = l.backward(d)
            if hasattr(l, "W"):
                l.W -= 0.05 * l.dW
                l.b -= 0.05 * l.db
    print(((h - y) ** 2).mean())
