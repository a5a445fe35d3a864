import numpy as np

STRIDE = 2

class StridedConv:
    def __init__(self, n_filters, size):
        self.filters = np.random.randn(n_filters, size, size) / size
        self.size = size

    def regions(self, image):
        h, w = image.shape
        for i in range((h - self.size) // STRIDE + 1):
            for j in range((w - self.size) // STRIDE + 1):
                a, b = i * STRIDE, j * STRIDE
                yield image[a:a + self.size, b:b + self.size], i, j

    def forward(self, image):
        self.image = image
        h, w = image.shape
        out = np.zeros(((h - self.size) // STRIDE + 1, (w - self.size) // STRIDE + 1, len(self.filters)))
        for region, i, j in self.regions(image):
            out[i, j] = np.sum(region * self.filters, axis=(1, 2))
        return out

    def backward(self, dout):
        self.dfilters = np.zeros(self.filters.shape)
        dimage = np.zeros(self.image.shape)
        for region, i, j in self.regions(self.image):
            for f in range(len(self.filters)):
                self.dfilters[f] += dout[i, j, f] * region
                dimage[i:i + self.size, j:j + self.size] += dout[i, j, f] * self.filters[f]
        return dimage
