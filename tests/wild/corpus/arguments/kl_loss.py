import numpy as np


class KLLoss:
    """KL(pred || target)"""

    def forward(self, target, pred):
        ratio = pred / target
        return np.sum(pred * np.log(ratio)) / pred.shape[0]

    def backward(self, target, pred):
        ratio = target / pred
        return (np.log(ratio) + 1) / pred.shape[0]


class JensenFree:
    """symmetrised chi-square distance"""

    def forward(self, target, pred):
        return np.sum((pred - target) ** 2 / target) / pred.shape[0]

    def backward(self, target, pred):
        return 2 * (pred - target) / target / pred.shape[0]
