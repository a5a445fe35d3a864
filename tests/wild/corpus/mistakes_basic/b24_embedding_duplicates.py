import numpy as np

class Embedding:
    """단어 임베딩 (같은 단어가 여러 번 나올 수 있다)"""
    def __init__(self, W):
        self.params = [W]
        self.grads = [np.zeros_like(W)]
        self.idx = None

    def forward(self, idx):
        W, = self.params
        self.idx = idx
        return W[idx]

    def backward(self, dout):
        dW, = self.grads
        dW[...] = 0
        dW[self.idx] = dout
        return None


if __name__ == '__main__':
    e = Embedding(np.arange(21).reshape(7, 3).astype(float))
    print(e.forward(np.array([1, 0, 3, 0, 1])))
    e.backward(np.ones((5, 3)))
    print(e.grads[0])
