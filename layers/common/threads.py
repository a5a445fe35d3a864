"""The threads that compute: those of BLAS within a matrix product, and those that share work of several parts.

NumPy leaves the products to a BLAS library, usually OpenBLAS, which uses all cores. Its threads wait for each other by
spinning. That pays for large products on cores that are free. A small product is done sooner by one thread, and when
another program uses a core too, several threads can take twenty times as long as one. :func:`blas_threads` says how
many there are (:mod:`networks.threads` chooses the number).

Work in several parts, such as the bands of a convolution, is shared by threads of our own, which have a product each
and wait without spinning (:func:`share`). How many there are makes no difference to the results.

What the user has set in the environment, such as ``OPENBLAS_NUM_THREADS``, holds for both. A limit that is set while
the program runs, as threadpoolctl does, does not: pass ``threads`` to the Trainer instead.
"""

import ctypes
import functools
import os
import sys
from _thread import get_ident
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar, NamedTuple, TypeVar

import numpy as np

VARIABLES = ("OPENBLAS_NUM_THREADS", "GOTO_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
Part, Result = TypeVar("Part"), TypeVar("Result")
busy: set[int] = set()  # the threads that work at a part
PREFIXES, SUFFIXES = ("scipy_openblas_", "openblas_"), ("64_", "")


class Blas(NamedTuple):
    """The two functions of a BLAS library that get and set its number of threads."""

    get: Callable[[], int]
    set: Callable[[int], Any]


class blas_threads:
    """Have BLAS use so many threads within a ``with``; None, or a number that the user has set, leaves it as it is."""

    depth: ClassVar[int] = 0  # how many of them there are at present, one within the other

    def __init__(self, count: int | None) -> None:
        self.count = None if is_set_by_user() else count
        self.blas = loaded_blas()

    def __enter__(self) -> None:
        if self.count is not None and self.blas is not None:
            self.before = self.blas.get()
            self.blas.set(self.count)
            blas_threads.depth += 1

    def __exit__(self, *raised: object) -> None:
        if self.count is not None and self.blas is not None:
            self.blas.set(self.before)
            blas_threads.depth -= 1


def is_chosen() -> bool:
    """Return whether the user or :func:`blas_threads` has chosen the number of BLAS threads."""
    return blas_threads.depth > 0 or is_set_by_user()


def share(work: Callable[[Part], Result], parts: Iterable[Part]) -> list[Result]:
    """Return what ``work`` returns for each part, in the order of the parts; as many threads as may compute take them.

    Each takes the next part when it is done with one, so that a thread whose core is busy does less. Within a part
    BLAS has one thread, and so has work that would be shared again: the results do not depend on who computes them.

    >>> share(len, ["ab", "abc"])
    [2, 3]
    """
    left = deque(enumerate(parts))
    results: list[Any] = [None] * len(left)
    errors = np.geterr()

    def take() -> None:
        with np.errstate(**errors):
            while True:
                try:
                    number, part = left.popleft()
                except IndexError:
                    return
                results[number] = work(part)

    def take_and_be_busy() -> None:
        busy.add(get_ident())
        try:
            take()
        finally:
            busy.discard(get_ident())

    blas = loaded_blas()
    if blas is None or get_ident() in busy:
        take()
        return results
    helpers = min(len(left), sharing_threads()) - 1
    helping: list[Any] = []
    before = blas.get()
    blas.set(1)
    try:
        with suppress(RuntimeError):  # no thread can be started: this one does it all
            helping += (pool().submit(take_and_be_busy) for _ in range(helpers))
        take_and_be_busy()
    finally:
        left.clear()
        failed = [each.exception() for each in helping if not each.cancel()]
        blas.set(before)
    for error in filter(None, failed):
        raise error
    return results


def in_background(work: Callable[[Part], Result], part: Part) -> Any:
    """Have another thread do some work; return a ``concurrent.futures.Future``, or None if no thread can be started."""
    with suppress(RuntimeError):
        return pool().submit(work, part)
    return None


def slices(first: int, last: int, size: int) -> list[slice]:
    """Return first..last cut into slices of that size; the last is what is left.

    >>> slices(0, 5, 2)
    [slice(0, 2, None), slice(2, 4, None), slice(4, 5, None)]
    """
    return [slice(start, min(start + size, last)) for start in range(first, last, size)]


def sharing_threads() -> int:
    """Return how many threads may share work: as many as the user has set for BLAS, else one for each core."""
    blas = loaded_blas()
    if blas is None:
        return 1
    return blas.get() if is_set_by_user() else cores()


@functools.cache
def pool() -> Any:
    """Return the threads that help, a ThreadPoolExecutor."""
    from concurrent.futures import ThreadPoolExecutor  # not before it is needed: importing layers is quick

    return ThreadPoolExecutor(max(1, cores() - 1), "chainrule")


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=pool.cache_clear)  # threads do not survive a fork


def current_threads() -> int | None:
    """Return how many threads BLAS uses now, None where it does not say."""
    blas = loaded_blas()
    return None if blas is None else blas.get()


@functools.cache
def is_set_by_user() -> bool:
    """Return whether an environment variable says how many threads BLAS uses."""
    return any(os.environ.get(name) for name in VARIABLES)


def cores() -> int:
    """Return on how many cores this process may run; one in the browser, where no threads can be started."""
    if sys.platform == "emscripten":
        return 1
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
