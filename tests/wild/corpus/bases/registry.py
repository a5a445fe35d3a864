import numpy as np

LAYERS = {}


class Registered(type):
    def __new__(mcs, name, bases, ns):
        cls = super().__new__(mcs, name, bases, ns)
        if bases:
            LAYERS[name.lower()] = cls
        return cls


class Node(metaclass=Registered):
    forward = backward = None

    @classmethod
    def create(cls, kind, **kw):
        return LAYERS[kind](**kw)


class Cumsum(Node):
    """running sum over the columns"""

    def forward(self, x):
        return np.cumsum(x, axis=1)

    def backward(self, dout):
        return np.cumsum(dout, axis=1)


class Concat(Node):
    def forward(self, a, b):
        self.split = a.shape[1]
        return np.concatenate([a, b], axis=1)

    def backward(self, dout):
        return dout[:, :self.split], dout[:, self.split:]


class LogSumExp(Node):
    def forward(self, x):
        m = x.max(axis=1, keepdims=True)
        s = np.exp(x - m)
        self.p = s / s.sum(axis=1, keepdims=True)
        return (m + np.log(s.sum(axis=1, keepdims=True)))[:, 0]

    def backward(self, dout):
        return self.p * dout[:, None]


if __name__ == "__main__":
    print(sorted(LAYERS), Node.create("cumsum").forward(np.ones((1, 3))))
