import numpy as np

class Conv3x3:
  # convolution of a grayscale image with 3x3 filters, "valid" padding
  def __init__(self, num_filters):
    self.num_filters = num_filters
    self.filters = np.random.randn(num_filters, 3, 3) / 9

  def regions(self, image):
    h, w = image.shape
    for r in range(h - 2):
      for c in range(w - 2):
        yield r, c, image[r:r + 3, c:c + 3]

  def forward(self, image):
    self.image = image
    h, w = image.shape
    out = np.zeros((h - 2, w - 2, self.num_filters))
    for r, c, patch in self.regions(image):
      out[r, c] = np.sum(patch * self.filters, axis=(1, 2))
    return out

  def backward(self, dout):
    self.dfilters = np.zeros(self.filters.shape)
    dimage = np.zeros(self.image.shape)
    for r, c, patch in self.regions(self.image):
      for k in range(self.num_filters):
        self.dfilters[k] += dout[r, c, k] * patch
        dimage[r:r + 3, c:c + 3] += dout[r, c, k] * self.filters[k]
    return dimage
