import numpy as np


class SumSquares:
    """ loss = 1/2 * sum (y - t)^2 """

    def forward(self, y, t):
        self.y, self.t = y, t
        return 0.5 * ((y - t) ** 2).sum()

    def backward(self):
        batch = self.y.shape[0]
        return (self.y - self.t) / batch
