import numpy as np

class Lin:
    def __init__(self, i, o):
        self.w = np.random.randn(i, o) / i**.5
    def forward(self, x):
        self.x = x
        return x @ self.w
    def backward(self, g):
        self.gw = self.x.T @ g
        return g @ self.w.T

class ResBlock:
    # out = tanh(lin2(tanh(lin1(x))) + shortcut(x)), shortcut is a projection if the sizes differ
    def __init__(self, i, o):
        self.lin1, self.lin2 = Lin(i, o), Lin(o, o)
        self.shortcut = Lin(i, o) if i != o else None

    def forward(self, x):
        self.h = np.tanh(self.lin1.forward(x))
        s = x if self.shortcut is None else self.shortcut.forward(x)
        self.out = np.tanh(self.lin2.forward(self.h) + s)
        return self.out

    def backward(self, g):
        g = g * (1 - self.out**2)
        gx = self.lin1.backward(self.lin2.backward(g) * (1 - self.h**2))
        if self.shortcut is not None:
            self.shortcut.backward(g)
        return gx
