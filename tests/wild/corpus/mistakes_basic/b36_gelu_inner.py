import numpy as np

C = np.sqrt(2 / np.pi)

class GELU:
    def forward(self, x):
        self.x = x
        self.t = np.tanh(C * (x + 0.044715 * x ** 3))
        return 0.5 * x * (1 + self.t)

    def backward(self, dout):
        x, t = self.x, self.t
        dt = (1 - t ** 2) * C * (1 + 0.044715 * x ** 2)
        return dout * (0.5 * (1 + t) + 0.5 * x * dt)
