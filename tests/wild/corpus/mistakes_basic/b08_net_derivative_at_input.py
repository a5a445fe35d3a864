import numpy as np

class MLP:
    def __init__(self, sizes=(3, 5, 4, 2)):
        self.W = [np.random.randn(a, b) * 0.6 for a, b in zip(sizes[:-1], sizes[1:])]
        self.B = [np.random.randn(b) * 0.1 for b in sizes[1:]]

    def forward(self, x):
        self.acts = [x]
        for i, (w, b) in enumerate(zip(self.W, self.B)):
            z = self.acts[-1] @ w + b
            self.acts.append(np.tanh(z) if i < len(self.W) - 1 else z)
        return self.acts[-1]

    def backward(self, dout):
        self.dW = [None] * len(self.W)
        self.dB = [None] * len(self.B)
        for i in range(len(self.W) - 1, -1, -1):
            self.dW[i] = self.acts[i].T @ dout
            self.dB[i] = dout.sum(0)
            dout = dout @ self.W[i].T * (1 - self.acts[i] ** 2)
        return dout


if __name__ == '__main__':
    net = MLP()
    x = np.random.randn(6, 3)
    y = net.forward(x)
    net.backward(np.ones_like(y))
    print([d.shape for d in net.dW])
