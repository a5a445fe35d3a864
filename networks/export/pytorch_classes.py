"""Classes that a written module has of its own, because PyTorch lacks them, and how it computes each loss."""

from typing import NamedTuple

import layers as ours

CLASSES = {
    "InOrder": '''
class InOrder(nn.Sequential):
    """Layers by name, one behind the other."""

    def __init__(self, **layers):
        super().__init__(OrderedDict(layers))
''',
    "Residual": '''
class Residual(nn.Module):
    """A residual connection: x + f(x), where f are layers in order; or p(x) + f(x) with a projection p."""

    def __init__(self, projection=None, **layers):
        super().__init__()
        self.branch = InOrder(**layers)
        self.projection = nn.Identity() if projection is None else projection

    def forward(self, x):
        return self.projection(x) + self.branch(x)
''',
    "Affine": '''
class Affine(nn.Linear):
    """A linear layer that takes each sample as one row, whatever its shape."""

    def forward(self, x):
        return super().forward(x.flatten(start_dim=1))
''',
    "BatchNorm": '''
class BatchNorm(nn.BatchNorm1d):
    """Batch normalisation of rows (N, D) and of images (N, C, H, W)."""

    def _check_input_dim(self, x):
        pass
''',
}


class LossInPytorch(NamedTuple):
    """A loss in words and as an expression of ``scores`` and ``t``, and probabilities as one of ``scores``."""

    words: str
    loss: str
    probabilities: str | None


LOSSES = {
    ours.SoftmaxWithLoss: LossInPytorch(
        "the cross entropy of softmax, averaged over the batch; t are labels (N,) or rows like the scores",
        "nn.functional.cross_entropy(scores, t)",
        "scores.softmax(dim=-1)",
    ),
    ours.SigmoidWithLoss: LossInPytorch(
        "the binary cross entropy of sigmoid, averaged over the batch; t is like the scores",
        'nn.functional.binary_cross_entropy_with_logits(scores, t, reduction="sum") / len(scores)',
        "scores.sigmoid()",
    ),
    ours.IdentityWithLoss: LossInPytorch(
        "half the sum of squares, averaged over the batch; t is like the scores",
        "((scores - t) ** 2).sum() / (2 * len(scores))",
        None,
    ),
}
