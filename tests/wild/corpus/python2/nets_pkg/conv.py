import numpy as np
from nets_pkg.im2col import im2col, col2im


class Conv(object):

    def __init__(self, in_channels, filters, k=3, pad=1, stride=1):
        self.W = np.random.randn(filters, in_channels, k, k) * 0.1
        self.b = np.zeros((filters, 1))
        self.k, self.pad, self.stride = k, pad, stride

    def forward(self, X):
        self.X = X
        self.cols, h, w = im2col(X, self.k, self.pad, self.stride)
        out = self.W.reshape(len(self.W), -1).dot(self.cols) + self.b
        return out.reshape(len(self.W), h, w, X.shape[0]).transpose(3, 0, 1, 2)

    def backward(self, dout):
        F = len(self.W)
        self.db = dout.sum(axis=(0, 2, 3)).reshape(F, -1)
        d = dout.reshape(F, -1)
        self.dW = d.dot(self.cols.T).reshape(self.W.shape)
        dcols = self.W.reshape(F, -1).T.dot(d)
        return col2im(dcols, self.X.shape, self.k, self.pad, self.stride)
