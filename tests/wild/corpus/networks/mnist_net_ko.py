import numpy as np
from collections import OrderedDict


def 시그모이드(x):
    return 1 / (1 + np.exp(-x))


def softmax(x):
    x = x - np.max(x, axis=-1, keepdims=True)
    return np.exp(x) / np.sum(np.exp(x), axis=-1, keepdims=True)


class DigitNet:
    """은닉층이 하나인 신경망 (교차 엔트로피 손실)"""

    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.3):
        self.params = OrderedDict()
        self.params['W1'] = weight_init_std * np.random.randn(input_size, hidden_size)
        self.params['b1'] = np.zeros(hidden_size)
        self.params['W2'] = weight_init_std * np.random.randn(hidden_size, output_size)
        self.params['b2'] = np.zeros(output_size)

    def predict(self, x):
        z1 = 시그모이드(np.dot(x, self.params['W1']) + self.params['b1'])
        return softmax(np.dot(z1, self.params['W2']) + self.params['b2'])

    # x : 입력 데이터, t : 정답 레이블 (원-핫)
    def loss(self, x, t):
        y = self.predict(x)
        return -np.sum(t * np.log(y + 1e-12)) / x.shape[0]

    def accuracy(self, x, t):
        return np.mean(self.predict(x).argmax(1) == t.argmax(1))

    def gradient(self, x, t):
        p = self.params
        grads = {}
        # 순전파
        z1 = 시그모이드(np.dot(x, p['W1']) + p['b1'])
        y = softmax(np.dot(z1, p['W2']) + p['b2'])
        # 역전파
        dy = (y - t) / x.shape[0]
        grads['W2'] = np.dot(z1.T, dy)
        grads['b2'] = np.sum(dy, axis=0)
        da1 = np.dot(dy, p['W2'].T) * z1 * (1.0 - z1)
        grads['W1'] = np.dot(x.T, da1)
        grads['b1'] = np.sum(da1, axis=0)
        return grads
