import numpy as np


class ConvLayer:
    def __init__(self, kernelSize, inChannels, outChannels, stride=1, padding=0):
        self.k = kernelSize
        self.stride = stride
        self.padding = padding
        self.W = np.random.normal(0, 0.3, (kernelSize, kernelSize, inChannels, outChannels))
        self.b = np.zeros(outChannels)

    def forward(self, img):
        """img: height x width x channels"""
        p, s, k = self.padding, self.stride, self.k
        self.padded = np.pad(img, ((p, p), (p, p), (0, 0)))
        H = (self.padded.shape[0] - k) // s + 1
        W = (self.padded.shape[1] - k) // s + 1
        out = np.zeros((H, W, self.W.shape[3]))
        for i in range(H):
            for j in range(W):
                patch = self.padded[i*s:i*s+k, j*s:j*s+k, :]
                out[i, j] = np.tensordot(patch, self.W, axes=3) + self.b
        return out

    def backward(self, grad):
        p, s, k = self.padding, self.stride, self.k
        self.dW = np.zeros_like(self.W)
        self.db = grad.sum(axis=(0, 1))
        dPadded = np.zeros_like(self.padded)
        for i in range(grad.shape[0]):
            for j in range(grad.shape[1]):
                patch = self.padded[i*s:i*s+k, j*s:j*s+k, :]
                self.dW += patch[..., None] * grad[i, j]
                dPadded[i*s:i*s+k, j*s:j*s+k, :] = self.W @ grad[i, j]
        return dPadded[p:dPadded.shape[0]-p, p:dPadded.shape[1]-p]
