import numpy as np

class ElementwiseLinear:
    def __init__(self, size):
        self.gain = np.linspace(0.5, 1.5, size)
        self.shift = np.zeros(size)
        self.dgain = np.zeros(size)
        self.dshift = np.zeros(size)

    def forward(self, x):
        self.x = x
        y = np.zeros(len(x))
        for i in range(len(x)):
            y[i] = self.gain[i] * x[i] + self.shift[i]
        return y

    def backward(self, dy):
        dx = np.zeros(len(dy))
        for i in range(len(dy)):
            self.dgain[i] = dy[i] * self.x[i]
            self.dshift[i] = dy[i]
            dx[i] = dy[i] * self.gain[i]
        return dx

class CumulativeSum:
    def forward(self, x):
        y = [x[0]]
        for v in x[1:]:
            y.append(y[-1] + v)
        return np.array(y)

    def backward(self, dy):
        dx = np.zeros(len(dy))
        s = 0.0
        for i in range(len(dy)):
            s += dy[i]
            dx[i] = s
        return dx
