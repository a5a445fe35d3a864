import numpy as np

class SigmoidCrossEntropyLoss:
    """시그모이드 + 교차 엔트로피"""
    def __init__(self):
        self.y = None
        self.t = None

    def forward(self, x, t):
        self.t = t
        self.y = 1.0 / (1.0 + np.exp(-x))
        loss = -(t * np.log(self.y) + (1 - t) * np.log(1 - self.y))
        return loss.sum() / len(t)

    def backward(self, dout=1):
        return dout * (self.t - self.y) / len(self.t)
