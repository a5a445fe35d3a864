import numpy as np


class SoftmaxClassifier:
    """Linear softmax classifier with L2 regularisation, W is (D, C)."""

    def __init__(self, dim, num_classes, reg=0.1):
        self.params = {
            "W": np.random.randn(dim, num_classes) / np.sqrt(dim),
            "b": np.zeros(num_classes),
        }
        self.reg = reg

    def scores(self, X):
        return X @ self.params["W"] + self.params["b"]

    def loss(self, X, y):
        """y: integer labels. Returns the loss and a dict of gradients."""
        num = X.shape[0]
        s = self.scores(X)
        s = s - np.max(s, axis=1, keepdims=True)
        probs = np.exp(s) / np.sum(np.exp(s), axis=1, keepdims=True)

        data_loss = -np.log(probs[range(num), y]).sum() / num
        reg_loss = self.reg * np.sum(self.params["W"] ** 2)

        d = probs.copy()
        d[range(num), y] -= 1
        grads = {
            "W": X.T @ d / num - 2 * self.reg * self.params["W"],
            "b": d.sum(axis=0) / num,
        }
        return data_loss + reg_loss, grads

    def train(self, X, y, lr=1e-1, iters=100, batch_size=32, verbose=False):
        history = []
        for it in range(iters):
            pick = np.random.choice(X.shape[0], batch_size)
            loss, grads = self.loss(X[pick], y[pick])
            for k in self.params:
                self.params[k] -= lr * grads[k]
            history.append(loss)
            if verbose and it % 10 == 0:
                print("iteration %d: loss %f" % (it, loss))
        return history
