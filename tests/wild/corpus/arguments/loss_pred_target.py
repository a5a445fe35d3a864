import numpy as np


class MSELoss:
    def forward(self, pred, target):
        return np.mean(np.square(pred - target))

    def backward(self, pred, target):
        return 2.0 * (pred - target) / np.prod(pred.shape)


class HingeLoss:
    """targets are -1 or 1"""

    def forward(self, pred, target):
        return np.mean(np.maximum(0, 1 - pred * target))

    def backward(self, pred, target):
        return -target / pred.size


class KLDivLoss:
    """sum target * log(target / pred), averaged over the rows; both are distributions"""

    def forward(self, pred, target):
        return np.sum(target * np.log(target / pred)) / len(pred)

    def backward(self, pred, target):
        return -(target / pred) / len(pred)
