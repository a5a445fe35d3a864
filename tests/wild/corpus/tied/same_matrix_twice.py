# 같은 행렬을 두 번 쓰는 층: y = tanh(x W) W
import numpy as np


class TwiceLayer:
    def __init__(self, n):
        W = np.random.randn(n, n) / np.sqrt(n)
        self.params = [W, W]                       # 같은 배열
        self.grads = [np.zeros_like(W), np.zeros_like(W)]

    def forward(self, x):
        W1, W2 = self.params
        self.x = x
        self.h = np.tanh(np.dot(x, W1))
        return np.dot(self.h, W2)

    def backward(self, dout):
        W1, W2 = self.params
        self.grads[1][...] = np.dot(self.h.T, dout)
        da = np.dot(dout, W2.T) * (1 - self.h ** 2)
        self.grads[0][...] = np.dot(self.x.T, da)
        return np.dot(da, W1.T)


def remove_duplicate(params, grads):
    """공유된 매개변수를 하나로 모으고 기울기를 더한다"""
    params, grads = params[:], grads[:]
    i = 0
    while i < len(params):
        for j in range(len(params) - 1, i, -1):
            if params[i] is params[j]:
                grads[i] = grads[i] + grads[j]
                params.pop(j)
                grads.pop(j)
        i += 1
    return params, grads
