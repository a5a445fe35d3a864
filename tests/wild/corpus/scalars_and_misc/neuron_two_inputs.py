import math


class Neuron:
    """One neuron with two inputs, everything is a Python float."""

    def __init__(self, w1=0.5, w2=-0.3, b=0.1):
        self.w1 = w1
        self.w2 = w2
        self.b = b

    def forward(self, x1, x2):
        self.x1, self.x2 = x1, x2
        z = self.w1 * x1 + self.w2 * x2 + self.b
        self.out = 1 / (1 + math.exp(-z))
        return self.out

    def backward(self, d):
        dz = d * self.out * (1 - self.out)
        self.dw1 = dz * self.x1
        self.dw2 = dz * self.x2
        self.db = dz
        return dz * self.w1, dz * self.w2


if __name__ == "__main__":
    n = Neuron()
    print(n.forward(1.0, 2.0))
    print(n.backward(1.0))
