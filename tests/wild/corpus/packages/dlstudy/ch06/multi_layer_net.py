# coding: utf-8
import sys, os
sys.path.append(os.pardir)  # 부모 디렉터리의 파일을 가져올 수 있도록 설정
import numpy as np
from common.functions import softmax, cross_entropy


class MultiLayerNet:
    """완전연결 다층 신경망

    size_list : 각 층의 뉴런 수 (예: [784, 100, 100, 10])
    """
    def __init__(self, size_list=[6, 8, 7, 3]):
        self.L = len(size_list) - 1
        self.params = {}
        for i in range(1, self.L + 1):
            scale = np.sqrt(2.0 / size_list[i-1])
            self.params['W' + str(i)] = scale * np.random.randn(size_list[i-1], size_list[i])
            self.params['b' + str(i)] = np.zeros(size_list[i])

    def predict(self, x):
        self.a = [x]
        for i in range(1, self.L + 1):
            z = np.dot(self.a[-1], self.params['W%d' % i]) + self.params['b%d' % i]
            self.a.append(np.maximum(z, 0) if i < self.L else z)
        return self.a[-1]

    def loss(self, x, t):
        return cross_entropy(softmax(self.predict(x)), t)

    def gradient(self, x, t):
        y = softmax(self.predict(x))
        dz = y.copy()
        dz[np.arange(len(x)), t] -= 1
        dz /= len(x)
        grads = {}
        for i in range(self.L, 0, -1):
            grads['W%d' % i] = np.dot(self.a[i-1].T, dz)
            grads['b%d' % i] = dz.sum(axis=0)
            dz = np.dot(dz, self.params['W%d' % i].T)
            dz[dz <= 0] = 0     # ReLU 역전파
        return grads
