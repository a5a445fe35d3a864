import numpy as np

class GlobalAveragePooling:
  # (N, C, H, W) -> (N, C)
  def forward(self, x):
    self.shape = x.shape
    return x.mean(axis=(2, 3))

  def backward(self, dout):
    n, c, h, w = self.shape
    dx = np.ones(self.shape) * dout[:, :, None, None]
    dx /= h * w
    return dx / (h * w)
