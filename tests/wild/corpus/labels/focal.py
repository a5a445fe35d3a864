import numpy as np


def _sigmoid(x):
    return np.where(x >= 0, 1 / (1 + np.exp(-np.abs(x))), np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x))))


class BinaryFocalLoss:
    """Focal loss, label is a column (N, 1) of zeros and ones."""

    def __init__(self, gamma=2.0, alpha=0.25):
        self.gamma = gamma
        self.alpha = alpha

    def forward(self, logit, label):
        p = _sigmoid(logit)
        self.label = label
        # probability of the true class
        self.pt = np.where(label == 1, p, 1 - p)
        self.at = np.where(label == 1, self.alpha, 1 - self.alpha)
        self.weight = self.at * (1 - self.pt) ** self.gamma
        return np.sum(-self.weight * np.log(self.pt))

    def backward(self, dout=1.0):
        sign = np.where(self.label == 1, 1.0, -1.0)
        dlogp = sign * (1 - self.pt)     # d log(pt) / d logit
        return dout * -self.weight * dlogp
