import numpy as np

class Layer:
    def __init__(self):
        self.params, self.grads = [], []

    def zero_grad(self):
        for g in self.grads:
            g[...] = 0

class MatMulBias(Layer):
    def __init__(self, I, O):
        super().__init__()
        W = np.random.randn(I, O) * 0.3
        b = np.random.randn(O) * 0.3
        self.params += [W, b]
        self.grads += [np.zeros_like(W), np.zeros_like(b)]

    def forward(self, x):
        W, b = self.params
        self.x = x
        return np.dot(x, W) + b

    def backward(self, dout):
        # 累加梯度，直到调用 zero_grad()
        W, b = self.params
        self.grads[0] += np.dot(self.x.T, dout)
        self.grads[1] += dout.sum(axis=0)
        return np.dot(dout, W.T)

class Multiply(Layer):
    """逐元素乘以可学习的向量"""
    def __init__(self, n):
        super().__init__()
        self.params.append(np.random.rand(n) + 0.5)
        self.grads.append(np.zeros(n))

    def forward(self, x):
        self.x = x
        return x * self.params[0]

    def backward(self, dout):
        self.grads[0] += (dout * self.x).sum(axis=0)
        return dout * self.params[0]
