import numpy as np

class Weights():
    def __init__(self, shape, std):
        self.w = np.random.normal(0, std, shape)
        self.g = np.zeros(shape)

class Conv3x3():
    """3x3 convolution, zero padding 1, stride 1. Images are (N, H, W, C)."""
    def __init__(self, in_ch, out_ch):
        self.kernel = Weights((3, 3, in_ch, out_ch), std=(2.0 / (9 * in_ch)) ** 0.5)
        self.offset = Weights((out_ch,), std=0.01)

    def forward(self, img):
        N, H, W, C = img.shape
        self.shape = img.shape
        self.padded = np.pad(img, ((0, 0), (1, 1), (1, 1), (0, 0)))
        out = np.zeros((N, H, W, self.kernel.w.shape[3]))
        for i in range(3):
            for j in range(3):
                out += self.padded[:, i:i+H, j:j+W, :] @ self.kernel.w[i, j]
        return out + self.offset.w

    def backward(self, d):
        N, H, W, C = self.shape
        d_padded = np.zeros_like(self.padded)
        for i in range(3):
            for j in range(3):
                self.kernel.g[i, j] = np.tensordot(self.padded[:, i:i+H, j:j+W, :], d, axes=([0, 1, 2], [0, 1, 2]))
                d_padded[:, i:i+H, j:j+W, :] += d @ self.kernel.w[2 - i, 2 - j].T
        self.offset.g = d.sum(axis=(0, 1, 2))
        return d_padded[:, 1:-1, 1:-1, :]
