import numpy as np

class Layer:
    def __init__(self, name=''):
        self.name = name
        self.dx = None

    # the base remembers the input, children call it first
    def forward(self, x):
        self.x = x
        return None

    def backward(self, dy):
        return None


class Scale(Layer):
    def __init__(self, n):
        super().__init__('scale')
        self.k = np.random.rand(n) + .5

    def forward(self, x):
        super().forward(x)
        return self.k * self.x

    def backward(self, dy):
        super().backward(dy)
        self.dk = (dy * self.x).sum(axis=0)
        self.dx = self.k * dy
        return self.dx


class ScaleShift(Scale):
    def __init__(self, n):
        super().__init__(n)
        self.name = 'scale and shift'
        self.c = np.zeros(n)

    def forward(self, x):
        return super().forward(x) + self.c

    def backward(self, dy):
        self.dc = dy.sum(axis=0)
        return super().backward(dy)


class ShiftScale(Scale):
    """first shift, then scale: k * (x + c)"""
    def __init__(self, n):
        super().__init__(n)
        self.c = np.random.rand(n)

    def forward(self, x):
        return super().forward(x + self.c)

    def backward(self, dy):
        self.dc = dy.sum(axis=0)
        return super().backward(dy)
