import numpy as np


class CrossEntropyLoss:
    """손실 함수: 확률 (softmax 를 통과한 값) 과 정답 번호를 받는다"""

    def forward(self, probs, labels):
        n = probs.shape[0]
        self.probs = probs
        self.labels = labels
        picked = probs[np.arange(n), labels]
        return np.mean(-np.log(picked))

    def backward(self):
        n = self.probs.shape[0]
        grad = np.zeros_like(self.probs)
        grad[np.arange(n), self.labels] = -1.0 / self.probs[np.arange(n), self.labels]
        return grad / n


class SoftmaxLayer:
    def forward(self, z):
        z = z - np.max(z, axis=1, keepdims=True)
        e = np.exp(z)
        self.p = e / np.sum(e, axis=1, keepdims=True)
        return self.p

    def backward(self, dp):
        # 야코비 행렬을 만들지 않고 계산
        return self.p * (dp - np.sum(dp * self.p, axis=1, keepdims=True))
