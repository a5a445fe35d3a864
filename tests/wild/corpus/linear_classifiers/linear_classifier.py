import numpy as np


class LinearClassifier(object):

    def __init__(self):
        self.W = None

    def train(self, X, y, learning_rate=1e-3, reg=1e-5, num_iters=100, batch_size=200):
        num_classes = np.max(y) + 1
        if self.W is None:
            self.W = 0.001 * np.random.randn(X.shape[1], num_classes)
        history = []
        for it in range(num_iters):
            idx = np.random.choice(X.shape[0], batch_size)
            loss, grad = self.loss(X[idx], y[idx], reg)
            history.append(loss)
            self.W -= learning_rate * grad
        return history

    def predict(self, X):
        return X.dot(self.W).argmax(axis=1)

    def loss(self, X_batch, y_batch, reg):
        raise NotImplementedError


class Softmax(LinearClassifier):
    """ Softmax + cross-entropy """

    def loss(self, X, y, reg):
        s = X.dot(self.W)
        p = np.exp(s - s.max(1)[:, None])
        p = p / p.sum(1)[:, None]
        loss = -np.log(p[np.arange(len(y)), y]).mean() + 0.5 * reg * (self.W ** 2).sum()
        p[np.arange(len(y)), y] -= 1
        return loss, X.T.dot(p) / len(y) + reg * self.W


class LinearSVM(LinearClassifier):
    """ hinge loss, margin 1 """

    def loss(self, X, y, reg):
        s = X.dot(self.W)
        rows = np.arange(len(y))
        m = s - s[rows, y][:, None] + 1
        m[rows, y] = 0
        loss = np.maximum(m, 0).sum() / len(y) + 0.5 * reg * (self.W ** 2).sum()
        d = (m > 0) * 1.0
        d[rows, y] = -1
        return loss, X.T.dot(d) / len(y) + reg * self.W
