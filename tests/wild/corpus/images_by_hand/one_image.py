import numpy as np

'''
One picture at a time, no batch. The convolution learns inside backprop.
'''

class SmallConv:
  # k x k filters without border, one channel in

  def __init__(self, count, k=3):
    self.k = k
    self.filters = np.random.randn(count, k, k) / k**2

  def patches(self, img):
    k = self.k
    for r in range(img.shape[0] - k + 1):
      for c in range(img.shape[1] - k + 1):
        yield (r, c), img[r:r+k, c:c+k]

  def forward(self, img):
    ''' (h, w) -> (h - k + 1, w - k + 1, count) '''
    self.img = img
    k = self.k
    res = np.empty((img.shape[0] - k + 1, img.shape[1] - k + 1, len(self.filters)))
    for pos, patch in self.patches(img):
      res[pos] = [np.sum(patch * f) for f in self.filters]
    return res

  def backprop(self, grad, learn_rate):
    total = np.zeros(self.filters.shape)
    for pos, patch in self.patches(self.img):
      total += grad[pos][:, None, None] * patch
    self.filters -= learn_rate * total
    # first layer of the net, so there is nothing to hand on


class HalfMax:
  ''' maximum of 2 x 2 blocks, (h, w, n) -> (h // 2, w // 2, n) '''

  def forward(self, vol):
    self.vol = vol
    h, w, n = vol.shape
    res = np.zeros((h // 2, w // 2, n))
    for r in range(h // 2):
      for c in range(w // 2):
        res[r, c] = vol[2*r:2*r+2, 2*c:2*c+2].max(axis=0).max(axis=0)
    return res

  def backprop(self, grad):
    back = np.zeros(self.vol.shape)
    for r in range(grad.shape[0]):
      for c in range(grad.shape[1]):
        for k in range(grad.shape[2]):
          block = self.vol[2*r:2*r+2, 2*c:2*c+2, k]
          i, j = np.unravel_index(block.argmax(), block.shape)
          back[r + i, c + j, k] = grad[r, c, k]
    return back
