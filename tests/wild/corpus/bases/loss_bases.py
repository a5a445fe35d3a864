import numpy as np


class Criterion:
    def __init__(self, reduction="mean"):
        assert reduction in ("mean", "sum")
        self.reduction = reduction

    def _reduce(self, values):
        self.factor = 1.0 / len(values) if self.reduction == "mean" else 1.0
        return self.factor * values.sum()

    def forward(self, *args):
        return None

    def backward(self):
        return None


class KLDivergence(Criterion):
    """KL(target || softmax(logits)), every row of target is a distribution"""

    def forward(self, logits, target):
        z = logits - logits.max(axis=1, keepdims=True)
        logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        self.p, self.target = np.exp(logp), target
        return self._reduce((target * (np.log(target + 1e-30) - logp)).sum(axis=1))

    def backward(self):
        total = self.target.sum(axis=1, keepdims=True)
        return self.factor * (self.p * total - self.target)


class ContrastiveLoss(Criterion):
    """pairs (a, b); same is 1 for equal and 0 for different pairs"""

    def __init__(self, margin=3.0, reduction="mean"):
        super().__init__(reduction)
        self.margin = margin

    def forward(self, a, b, same):
        self.diff = a - b
        self.same = same
        self.dist = np.sqrt((self.diff ** 2).sum(axis=1))
        self.gap = np.maximum(self.margin - self.dist, 0)
        return self._reduce(same * self.dist ** 2 + (1 - same) * self.gap ** 2)

    def backward(self):
        d_dist = 2 * self.same * self.dist - 2 * (1 - self.same) * self.gap
        da = self.factor * (d_dist / self.dist)[:, None] * self.diff
        return da, -da
