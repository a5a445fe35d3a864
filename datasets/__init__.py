"""Real data: MNIST, and embedded digits for machines without it; toy data that can be drawn; and data of one's own."""

from typing import TYPE_CHECKING, Any

from datasets.digits import load_digits
from datasets.download import DownloadError
from datasets.formats.errors import DataError
from datasets.idx import IdxError, read_idx
from datasets.images import ScaledImages
from datasets.minibatches import batches
from datasets.mnist import find_mnist, load_mnist
from datasets.toy import circles, curve, moons, spiral, xor

if TYPE_CHECKING:
    from datasets.formats.reading import read_images
    from datasets.formats.tables import read_table

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


def __getattr__(name: str) -> Any:
    """Return what reads other formats, which few need, and which is imported when it is asked for."""
    if name == "read_images":
        from datasets.formats.reading import read_images

        return read_images
    if name == "read_table":
        from datasets.formats.tables import read_table

        return read_table
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
