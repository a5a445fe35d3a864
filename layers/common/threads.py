"""The threads that compute: those of BLAS within a matrix product, and those that share work of several parts.

NumPy leaves the products to a BLAS library, usually OpenBLAS, which uses all cores. Its threads wait for each other by
spinning. That pays for large products on cores that are free. A small product is done sooner by one thread, and when
another program uses a core too, several threads can take twenty times as long as one. :func:`blas_threads` says how
many there are (:mod:`networks.threads` chooses the number).

Work in several parts, such as the stripes of a convolution, is shared by threads of our own, which have a product each
and wait without spinning (:func:`share`). How many there are makes no difference to the results.

What the user has set in the environment, such as ``OPENBLAS_NUM_THREADS``, holds for both. A limit that is set while
the program runs, as threadpoolctl does, does not: pass ``threads`` to the Trainer instead.
"""

import functools
import os
import sys
from _thread import allocate_lock, get_ident
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar, NamedTuple, TypeVar

import numpy as np

VARIABLES = ("OPENBLAS_NUM_THREADS", "GOTO_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
Part = TypeVar("Part")
Result = TypeVar("Result")
PREFIXES, SUFFIXES = ("scipy_openblas_", "openblas_"), ("64_", "")
busy: set[int] = set()  # the threads that work at a part


class Blas(NamedTuple):
    """The two functions of a BLAS library that get and set its number of threads."""

    get: Callable[[], int]
    set: Callable[[int], Any]


class blas_threads:
    """Have BLAS use so many threads within a ``with``; None, or a number that the user has set, leaves it as it is.

    Who enters last decides, and who leaves last puts the old number back, also where several threads enter and leave.
    """

    entered: ClassVar[list["blas_threads"]] = []
    lock: ClassVar[Any] = allocate_lock()
    before: ClassVar[int] = 0

    def __init__(self, count: int | None, whatever_is_set: bool = False) -> None:
        self.blas, self.count = loaded_blas(), count or 0
        if count is None or (is_set_by_user() and not whatever_is_set):
            self.blas = None  # it stays as it is

    def __enter__(self) -> None:
        if self.blas is not None:
            with self.lock:
                if not self.entered:
                    blas_threads.before = self.blas.get()
                self.entered.append(self)
                self.blas.set(self.count)

    def __exit__(self, *raised: object) -> None:
        if self.blas is not None:
            with self.lock:
                self.entered.remove(self)
                self.blas.set(self.entered[-1].count if self.entered else self.before)


def is_chosen() -> bool:
    """Return whether the user or :func:`blas_threads` has chosen the number of BLAS threads."""
    return bool(blas_threads.entered) or is_set_by_user()


def share(work: Callable[[Part], Result], parts: Iterable[Part]) -> list[Result]:
    """Return what ``work`` returns for each part, in the order of the parts; as many threads as may compute take them.

    Each takes the next part when it is done with one, so that a thread whose core is busy does less. Within a part
    BLAS has one thread, and so has work that would be shared again: the results do not depend on who computes them.

    >>> share(len, ["ab", "abc"])
    [2, 3]
    """
    left = deque(enumerate(parts))
    results: list[Any] = [None] * len(left)
    errors: dict[str, Any] = {**np.geterr(), "call": np.geterrcall()}

    def take() -> None:
        while True:
            try:
                number, part = left.popleft()
            except IndexError:
                return
            results[number] = work(part)

    def help_out() -> None:
        busy.add(get_ident())
        try:
            with np.errstate(**errors):
                take()
        finally:
            busy.discard(get_ident())

    if loaded_blas() is None or get_ident() in busy:
        take()
        return results
    helpers = min(len(left), sharing_threads()) - 1
    helping: list[Any] = []
    with blas_threads(1, whatever_is_set=True):
        try:
            with suppress(RuntimeError):  # no thread can be started: this one does it all
                helping += (pool().submit(help_out) for _ in range(helpers))
            help_out()
        finally:
            left.clear()
            failed = ended(helping)
    for error in failed:
        raise error
    return results


def ended(helping: Iterable[Any]) -> list[BaseException]:
    """Wait until the threads that help have ended, whoever interrupts, and return what was raised in them."""
    begun, interrupts = [each for each in helping if not each.cancel()], []
    for each in begun:
        while not each.done():
            try:
                each.exception()
            except KeyboardInterrupt as interrupt:
                interrupts.append(interrupt)
    return [*interrupts, *filter(None, (each.exception() for each in begun))]


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
        import ctypes  # which the page's Python lacks; nor does it have such a file

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
