import numpy as np

# 필요할 때 가중치를 만드는 합성곱 층

class Convolution:
    def __init__(self, filters, size=3):
        self.filters = filters
        self.size = size

    def forward(self, x):
        N, C, H, W = x.shape
        k = self.size
        if not hasattr(self, 'weight'):
            std = 1 / np.sqrt(C * k * k)
            self.weight = std * np.random.randn(self.filters, C, k, k)
            self.bias = std * np.random.randn(self.filters)
        self.x = x
        # (N, C, H', W', k, k) 모양의 창
        self.windows = np.lib.stride_tricks.sliding_window_view(x, (k, k), axis=(2, 3))
        out = np.einsum('nchwij,fcij->nfhw', self.windows, self.weight)
        return out + self.bias[None, :, None, None]

    def backward(self, dout):
        k = self.size
        self.dweight = np.einsum('nchwij,nfhw->fcij', self.windows, dout)
        self.dbias = dout.sum(axis=(0, 2, 3))
        pad = ((0, 0), (0, 0), (k - 1, k - 1), (k - 1, k - 1))
        dwin = np.lib.stride_tricks.sliding_window_view(np.pad(dout, pad), (k, k), axis=(2, 3))
        # 뒤집은 필터와의 합성곱
        return np.einsum('nfhwij,fcij->nchw', dwin, self.weight[:, :, ::-1, ::-1])
