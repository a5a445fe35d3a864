# coding: utf-8
import numpy as np


class Dropout:
    """
    학습할 때만 뉴런을 무작위로 끈다.
    시험할 때는 출력에 (1 - dropout_ratio) 를 곱한다.
    """
    def __init__(self, dropout_ratio=0.5):
        self.dropout_ratio = dropout_ratio
        self.mask = None

    def forward(self, x, train_flg=True):
        if train_flg:
            # 매번 새로운 마스크
            self.mask = np.random.rand(*x.shape) > self.dropout_ratio
            return x * self.mask
        else:
            return x * (1.0 - self.dropout_ratio)

    def backward(self, dout):
        return dout * self.mask


class GaussianNoise:
    def __init__(self, sigma=0.1):
        self.sigma = sigma

    def forward(self, x, train_flg=True):
        if not train_flg:
            return x
        return x + self.sigma * np.random.randn(*x.shape)

    def backward(self, dout):
        return dout      # 잡음은 x 와 무관하다


if __name__ == '__main__':
    x = np.ones((2, 5))
    d = Dropout(0.3)
    print(d.forward(x))
    print(d.backward(np.ones_like(x)))
