"""Real data: MNIST, and embedded digits for machines without it."""

from datasets.digits import load_digits
from datasets.download import DownloadError
from datasets.idx import IdxError, read_idx
from datasets.images import ScaledImages
from datasets.minibatches import batches
from datasets.mnist import find_mnist, load_mnist

__all__ = [
    "DownloadError",
    "IdxError",
    "ScaledImages",
    "batches",
    "find_mnist",
    "load_digits",
    "load_mnist",
    "read_idx",
]
