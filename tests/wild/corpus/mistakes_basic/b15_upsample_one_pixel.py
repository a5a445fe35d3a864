import numpy as np

class UpSample:
    """nearest neighbour, factor 2"""
    def forward(self, x):
        return x.repeat(2, axis=2).repeat(2, axis=3)

    def backward(self, dy):
        return dy[:, :, ::2, ::2]


class DownSample:
    """takes every second pixel"""
    def forward(self, x):
        self.shape = x.shape
        return x[:, :, ::2, ::2]

    def backward(self, dy):
        dx = np.zeros(self.shape)
        dx[:, :, ::2, ::2] = dy
        return dx
