import numpy as np


class MLP:
    """x -> affine -> relu -> dropout -> affine -> softmax; integer labels"""

    def __init__(self, d=4, h=10, k=3, drop=0.25):
        self.W1, self.b1 = 0.4 * np.random.randn(d, h), np.zeros(h)
        self.W2, self.b2 = 0.4 * np.random.randn(h, k), np.zeros(k)
        self.drop = drop

    def predict(self, x, train_flg=False):
        self.x = x
        self.a = np.maximum(0, x @ self.W1 + self.b1)
        self.mask = np.ones_like(self.a)
        if train_flg:
            self.mask = (np.random.rand(*self.a.shape) >= self.drop) / (1 - self.drop)
        self.d = self.a * self.mask
        return self.d @ self.W2 + self.b2

    def loss(self, x, t, train_flg=False):
        z = self.predict(x, train_flg)
        z = z - z.max(axis=1, keepdims=True)
        self.y = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
        return -np.log(self.y[np.arange(len(t)), t]).mean()

    def gradient(self, x, t):
        self.loss(x, t, train_flg=False)
        dz = self.y.copy()
        dz[np.arange(len(t)), t] -= 1
        dz /= len(t)
        grads = {'W2': self.d.T @ dz, 'b2': dz.sum(axis=0)}
        da = dz @ self.W2.T * self.mask * (self.a > 0)
        grads['W1'], grads['b1'] = x.T @ da, da.sum(axis=0)
        return grads


np.random.seed(0)
net = MLP()
X, T = np.random.randn(6, 4), np.array([0, 2, 1, 1, 0, 2])
for i in range(3):
    g = net.gradient(X, T)
    for key in g:
        setattr(net, key, getattr(net, key) - 0.1 * g[key])
    print(i, net.loss(X, T))
