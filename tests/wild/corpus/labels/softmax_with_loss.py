# 소프트맥스 함수와 교차 엔트로피를 합친 계층
import numpy as np


def softmax(a):
    a = a - np.max(a, axis=-1, keepdims=True)  # 오버플로 대책
    exp_a = np.exp(a)
    return exp_a / np.sum(exp_a, axis=-1, keepdims=True)


def cross_entropy(y, t):
    if y.ndim == 1:
        y = y.reshape(1, -1)
        t = np.reshape(t, (1, -1))
    # 정답이 원-핫이면 번호로 바꾼다
    if t.size == y.size:
        t = t.argmax(axis=1)
    n = y.shape[0]
    return -np.log(y[np.arange(n), t] + 1e-9).sum() / n


class SoftmaxLoss:
    def __init__(self):
        self.loss = None
        self.y = None   # softmax의 출력
        self.t = None   # 정답 레이블

    def forward(self, x, t):
        self.t = t
        self.y = softmax(x)
        self.loss = cross_entropy(self.y, t)
        return self.loss

    def backward(self, dout=1):
        n = self.t.shape[0]
        if self.t.size == self.y.size:      # 원-핫
            return dout * (self.y - self.t) / n
        dx = self.y.copy()                  # 번호
        dx[np.arange(n), self.t] -= 1
        return dout * dx / n
