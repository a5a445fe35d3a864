"""A stand-in for CuPy on a machine without a GPU: arrays with CuPy's protocols, whose values NumPy holds.

It is as strict as CuPy (14.2): no conversion to NumPy but by ``get``, no array of NumPy's beside its own, reductions
that give arrays without axes, and of NumPy's functions only those that CuPy has, with its arguments
(``protocols.txt``). It counts how often somebody reads a value, for which a program would have to wait for the GPU.

What it computes is NumPy's arithmetic, to the bit: it proves that the formulas run on such arrays as they are, and
nothing about a GPU's rounding or speed.
"""

import numpy as np

from . import cuda, random
from .array import asarray, asnumpy, ndarray
from .array import waits as waits
from .functions import FUNCTIONS

__version__ = "14.2.0"
__all__ = ["asarray", "asnumpy", "cuda", "ndarray", "random"]


def zeros(shape, dtype=float, order="C"):
    """Return zeros."""
    return asarray(np.zeros(shape, dtype, order))


def synchronize_count():
    """Return how often a value has been read so far."""
    return waits.count


assert FUNCTIONS
