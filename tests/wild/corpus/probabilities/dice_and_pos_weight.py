import numpy as np

# Losses for segmentation, the masks are arrays of 0 and 1.

class DiceLoss:
    smooth = 1.0

    def forward(self, pred, mask):
        self.pred, self.mask = pred, mask
        self.inter = (pred * mask).sum()
        self.union = pred.sum() + mask.sum()
        return 1 - (2 * self.inter + self.smooth) / (self.union + self.smooth)

    def backward(self):
        u = self.union + self.smooth
        return -2 * self.mask / u + (2 * self.inter + self.smooth) / u ** 2


class WeightedBCE:
    def __init__(self, pos_weight=5.0):
        self.pos_weight = pos_weight

    def forward(self, pred, mask):
        self.pred, self.mask = pred, mask
        pos = self.pos_weight * mask * np.log(pred)
        neg = (1 - mask) * np.log(1 - pred)
        return -(pos + neg).mean()

    def backward(self):
        grad = (self.pred - self.mask) / (self.pred * (1 - self.pred))
        return grad / self.pred.size
