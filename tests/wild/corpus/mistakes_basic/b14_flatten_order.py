import numpy as np

class Flatten:
    def forward(self, x):
        """x : (batch, height, width)"""
        self.batch, self.height, self.width = x.shape
        return x.reshape(self.batch, -1)

    def backward(self, dout):
        dout = dout.reshape(self.batch, self.width, self.height)
        return dout.transpose(0, 2, 1)
