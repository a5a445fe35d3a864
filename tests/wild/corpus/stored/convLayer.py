import numpy as np

class ConvLayer:
    def __init__(self, inChannels, outChannels, size):
        self.size = size
        self.filters = np.random.randn(outChannels, inChannels, size, size) / size
        self.biases = np.zeros(outChannels)

    def forward(self, image):
        """image: (batch, channels, H, W); valid convolution, stride 1"""
        self.image = image
        B, C, H, W = image.shape
        s = self.size
        self.out = np.zeros((B, len(self.filters), H - s + 1, W - s + 1))
        for y in range(H - s + 1):
            for x in range(W - s + 1):
                patch = image[:, :, y:y+s, x:x+s]
                self.out[:, :, y, x] = np.tensordot(patch, self.filters, axes=([1, 2, 3], [1, 2, 3])) + self.biases

    def backward(self, dout):
        self.dFilters = np.zeros_like(self.filters)
        self.dImage = np.zeros_like(self.image)
        self.dBiases = dout.sum(axis=(0, 2, 3))
        s = self.size
        for y in range(dout.shape[2]):
            for x in range(dout.shape[3]):
                d = dout[:, :, y, x]
                self.dFilters += np.tensordot(d, self.image[:, :, y:y+s, x:x+s], axes=(0, 0))
                self.dImage[:, :, y:y+s, x:x+s] += np.tensordot(d, self.filters, axes=(1, 0))
