import numpy as np

class Conv2D:
    """ Valid convolution of (H, W, C) images, one image at a time """
    def __init__(self, num_filters, filter_size, channels=1):
        self.num_filters = num_filters
        self.filter_size = filter_size
        self.filters = np.random.randn(num_filters, filter_size, filter_size, channels) / filter_size ** 2
        self.biases = np.zeros(num_filters)

    def iterate_regions(self, image):
        f = self.filter_size
        h, w, _ = image.shape
        for i in range(h - f + 1):
            for j in range(w - f + 1):
                yield image[i:i + f, j:j + f], i, j

    def forward(self, image):
        self.last_input = image
        f = self.filter_size
        h, w, _ = image.shape
        out = np.zeros((h - f + 1, w - f + 1, self.num_filters))
        for region, i, j in self.iterate_regions(image):
            out[i, j] = np.sum(region * self.filters, axis=(1, 2, 3)) + self.biases
        return out

    def backward(self, d_out):
        """ returns (grad_filters, grad_biases, grad_input) """
        f = self.filter_size
        grad_filters = np.zeros(self.filters.shape)
        grad_input = np.zeros(self.last_input.shape)
        for region, i, j in self.iterate_regions(self.last_input):
            for k in range(self.num_filters):
                grad_filters[k] += d_out[i, j, k] * region
            grad_input[i:i + f, j:j + f] = np.tensordot(d_out[i, j], self.filters, axes=1)
        grad_biases = d_out.sum(axis=(0, 1))
        return grad_filters, grad_biases, grad_input
