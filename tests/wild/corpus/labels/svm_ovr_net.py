# linear classifier trained with one-vs-rest hinge loss
# Y is +1 for the true class and -1 elsewhere, shape (N, K)
import numpy as np

class LinearSVM:
    def __init__(self, D, K, C=1.0):
        self.W = np.random.normal(0, .5, size=(D, K))
        self.b = np.zeros((1, K))
        self.C = C

    def loss_and_grads(self, X, Y):
        S = X.dot(self.W) + self.b
        M = 1 - Y*S
        hinge = np.maximum(M, 0)
        loss = 0.5*np.sum(self.W**2) + self.C*np.mean(np.sum(hinge, axis=1))
        dS = -self.C * Y * (M > 0) / X.shape[0]
        dW = self.W + X.T.dot(dS)
        db = dS.sum(axis=0, keepdims=True)
        return loss, dW, db

    def train(self, X, Y, steps=50, lr=.01):
        losses = []
        for _ in range(steps):
            l, dW, db = self.loss_and_grads(X, Y)
            self.W -= lr*dW
            self.b -= lr*db
            losses.append(l)
        return losses
