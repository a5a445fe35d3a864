import numpy as np

class ChannelSum:
    '''(N, C, H, W) -> (N, H, W): weighted sum of the channels, a 1x1 convolution with one filter'''
    def __init__(self, C):
        self.w = np.random.randn(C)

    def forward(self, x):
        self.x = x
        return np.einsum('nchw,c->nhw', x, self.w)

    def backward(self, dy):
        self.dw = np.einsum('nchw,nhw->c', self.x, dy) / dy[0].size
        return np.einsum('nhw,c->nchw', dy, self.w)
