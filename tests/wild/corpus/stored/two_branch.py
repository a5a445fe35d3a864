# residual block: y = x + W2 relu(W1 x)
# 잔차가 아니라 게이트도 실험해 봄
import numpy as np


class Residual:
    def __init__(self, d, h):
        self.W1 = np.random.randn(d, h) / np.sqrt(d)
        self.W2 = np.random.randn(h, d) / np.sqrt(h)

    def forward(self, x):
        self.x = x
        self.hidden = np.maximum(x @ self.W1, 0)
        self.output = x + self.hidden @ self.W2

    def backward(self, dout):
        self.dW2 = self.hidden.T @ dout
        dh = dout @ self.W2.T
        dh[self.hidden <= 0] = 0
        self.dW1 = self.x.T @ dh
        self.dinputs = dh @ self.W1.T


class Gate:
    def forward(self, x):
        self.v, u = np.split(x, 2, axis=1)
        self.s = 1 / (1 + np.exp(-u))
        self.output = self.v * self.s

    def backward(self, dout):
        self.dinputs = np.hstack([dout * self.s, dout * self.v * self.s * (1 - self.s)])
