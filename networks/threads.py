"""How many threads compute the matrix products: a number that is chosen by their sizes.

NumPy leaves the products to a BLAS library, usually OpenBLAS, which uses all cores. Its threads wait for each other by
spinning. That pays for large products on cores that are free. A small product is done sooner by one thread, and when
another program uses a core too, several threads can take twenty times as long as one.

What the user has set in the environment, such as ``OPENBLAS_NUM_THREADS``, holds. A limit that is set while the program
runs, as threadpoolctl does, does not: pass ``threads`` to the Trainer instead.
"""

import ctypes
import functools
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

VARIABLES = ("OPENBLAS_NUM_THREADS", "GOTO_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
WORTH_A_THREAD = 100e6  # so many multiplications and additions in a product pay for one more thread
PREFIXES, SUFFIXES = ("scipy_openblas_", "openblas_"), ("64_", "")


class Blas(NamedTuple):
    """The two functions of a BLAS library that get and set its number of threads."""

    get: Callable[[], int]
    set: Callable[[int], Any]


def threads_for(params: Mapping[str, Any], samples: int) -> int:
    """Return how many threads the products of affine layers need, for a batch of so many samples: at most one per core.

    Convolutions are computed band by band, in products that one thread does as fast.

    >>> threads_for({"W1": np.empty((784, 50)), "b1": np.empty(50)}, samples=100)
    1
    """
    sizes = [np.size(param) for param in params.values() if np.ndim(param) == 2]
    return min(cores(), 1 + int(2 * samples * max(sizes, default=0) // WORTH_A_THREAD))


@contextmanager
def blas_threads(count: int | None) -> Iterator[None]:
    """Have BLAS use so many threads for a while; None, or a number that the user has set, leaves it as it is."""
    blas = loaded_blas()
    if count is None or blas is None or is_set_by_user():
        yield
        return
    before = blas.get()
    blas.set(count)
    try:
        yield
    finally:
        blas.set(before)


def current_threads() -> int | None:
    """Return how many threads BLAS uses now, None where it does not say."""
    blas = loaded_blas()
    return None if blas is None else blas.get()


def is_set_by_user() -> bool:
    """Return whether an environment variable says how many threads BLAS uses."""
    return any(os.environ.get(name) for name in VARIABLES)


def cores() -> int:
    """Return on how many cores this process may run."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@functools.cache
def loaded_blas() -> Blas | None:
    """Return the OpenBLAS that comes with NumPy; of another BLAS, what threadpoolctl knows of it; None without both."""
    folder = Path(np.__file__).parent
    for path in sorted([*folder.parent.glob("numpy.libs/*openblas*"), *folder.glob(".dylibs/*openblas*")]):
        library = ctypes.CDLL(str(path))
        for name in (f"{prefix}{{}}_num_threads{suffix}" for prefix in PREFIXES for suffix in SUFFIXES):
            if hasattr(library, name.format("get")):
                return Blas(getattr(library, name.format("get")), getattr(library, name.format("set")))
    try:
        from threadpoolctl import ThreadpoolController
    except ImportError:
        return None
    known = ThreadpoolController().select(user_api="blas").lib_controllers
    return Blas(known[0].get_num_threads, known[0].set_num_threads) if known else None
