"""Real data: MNIST, and embedded digits for machines without it; and toy data that can be drawn."""

from datasets.digits import load_digits
from datasets.download import DownloadError
from datasets.formats.errors import DataError
from datasets.formats.reading import read_images
from datasets.formats.tables import read_table
from datasets.idx import IdxError, read_idx
from datasets.images import ScaledImages
from datasets.minibatches import batches
from datasets.mnist import find_mnist, load_mnist
from datasets.toy import circles, curve, moons, spiral, xor

__all__ = [
    "DataError",
    "DownloadError",
    "IdxError",
    "ScaledImages",
    "batches",
    "circles",
    "curve",
    "find_mnist",
    "load_digits",
    "load_mnist",
    "moons",
    "read_idx",
    "read_images",
    "read_table",
    "spiral",
    "xor",
]
