import numpy as np


class MeanPool(object):
    """mean over f x f windows, channels last"""
    def __init__(self, f=2, stride=2):
        self.f, self.stride = f, stride

    def forward(self, A):
        m, H, W, C = A.shape
        f, s = self.f, self.stride
        self.A = A
        h, w = (H - f) / s + 1, (W - f) / s + 1
        Z = np.zeros((m, h, w, C))
        for i in range(h):
            for j in range(w):
                Z[:, i, j, :] = A[:, i*s:i*s + f, j*s:j*s + f, :].mean(axis=1).mean(axis=1)
        return Z

    def backward(self, dZ):
        f, s = self.f, self.stride
        dA = np.zeros(self.A.shape)
        for i in range(dZ.shape[1]):
            for j in range(dZ.shape[2]):
                dA[:, i*s:i*s + f, j*s:j*s + f, :] += dZ[:, i:i + 1, j:j + 1, :] / f
        return dA


class MaxPool(object):
    """same for the maximum"""
    def __init__(self, f=2, stride=2):
        self.f, self.stride = f, stride

    def forward(self, A):
        m, H, W, C = A.shape
        f, s = self.f, self.stride
        self.A = A
        h, w = (H - f) / s + 1, (W - f) / s + 1
        Z = np.zeros((m, h, w, C))
        for i in range(h):
            for j in range(w):
                Z[:, i, j, :] = A[:, i*s:i*s + f, j*s:j*s + f, :].max(axis=1).max(axis=1)
        self.Z = Z
        return Z

    def backward(self, dZ):
        f, s = self.f, self.stride
        dA = np.zeros(self.A.shape)
        for i in range(dZ.shape[1]):
            for j in range(dZ.shape[2]):
                part = self.A[:, i*s:i*s + f, j*s:j*s + f, :]
                dA[:, i*s:i*s + f, j*s:j*s + f, :] += (part == self.Z[:, i:i+1, j:j+1, :]) * dZ[:, i:i + 1, j:j + 1, :]
        return dA
