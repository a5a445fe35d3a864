import numpy as np


class FocalLoss:
    """FL(p_t) = -alpha_t (1 - p_t)^gamma log(p_t); p is the probability of class 1"""

    def __init__(self, gamma=2.0, alpha=0.25):
        self.gamma, self.alpha = gamma, alpha

    def forward(self, p, y):
        self.p, self.y = p, y
        self.pt = np.where(y == 1, p, 1 - p)
        self.at = np.where(y == 1, self.alpha, 1 - self.alpha)
        return np.mean(-self.at * (1 - self.pt) ** self.gamma * np.log(self.pt))

    def backward(self):
        g, pt = self.gamma, self.pt
        dpt = self.at * (g * (1 - pt) ** (g - 1) * np.log(pt) - (1 - pt) ** g / pt)
        sign = np.where(self.y == 1, 1.0, -1.0)
        return dpt * sign / pt.size
