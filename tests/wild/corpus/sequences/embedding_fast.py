# 単語埋め込み層
import numpy as np

class WordEmbedding(object):
  def __init__(self, W):
    self.params = [W]
    self.grads = [np.zeros_like(W)]
    self.idx = None

  def forward(self, idx):
    W, = self.params
    self.idx = idx
    out = W[idx]
    return out

  def backward(self, dout):
    dW, = self.grads
    dW[...] = 0
    # 行ごとに勾配を足す
    dW[self.idx] += dout
    return None


if __name__ == '__main__':
  emb = WordEmbedding(np.arange(12.).reshape(4, 3))
  print(emb.forward(np.array([[0, 2, 0], [3, 1, 1]])).shape)
