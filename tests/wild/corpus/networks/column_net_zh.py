import numpy as np

# 多层感知机，每次处理一个样本（列向量）

def f(z):
    return np.tanh(z)

def df(z):
    return 1 - np.tanh(z) ** 2


class Net:
    def __init__(self, layer_sizes):
        self.L = len(layer_sizes)
        self.w = [np.random.randn(o, i) for i, o in zip(layer_sizes[:-1], layer_sizes[1:])]
        self.b = [np.random.randn(o, 1) for o in layer_sizes[1:]]

    def feedforward(self, a):
        for w, b in zip(self.w, self.b):
            a = f(np.dot(w, a) + b)
        return a

    def backprop(self, x, y):
        # 返回 (nabla_b, nabla_w)，损失是 1/2 * ||a - y||^2
        nabla_b = [np.zeros(b.shape) for b in self.b]
        nabla_w = [np.zeros(w.shape) for w in self.w]
        # 前向
        a = x
        acts = [x]
        zs = []
        for w, b in zip(self.w, self.b):
            z = np.dot(w, a) + b
            zs.append(z)
            a = f(z)
            acts.append(a)
        # 反向
        delta = (acts[-1] - y) * df(zs[-1])
        nabla_b[-1] = delta
        nabla_w[-1] = np.dot(delta, acts[-2].T)
        for l in range(2, self.L):
            delta = np.dot(self.w[-l + 1].T, delta)
            nabla_b[-l] = delta
            nabla_w[-l] = np.dot(delta, acts[-l - 1].T)
        return nabla_b, nabla_w
