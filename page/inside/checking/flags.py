"""Overflow and invalid values, told of as NumPy tells of them: in WebAssembly, the processor has no flags for them.

What exp, log and the like give is looked at. An array in which something has become infinite is watched further on: so
inf / inf is invalid, as it is elsewhere. What :func:`numpy.errstate` says is heeded.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import numpy as np

WATCHED = "exp exp2 expm1 sinh cosh log log2 log10 log1p sqrt divide true_divide power".split()
KINDS = {"over": "overflow", "invalid": "invalid value", "divide": "divide by zero"}
DIVIDES = {"log", "log2", "log10", "log1p", "divide"}  # whose infinite values are poles


@cache
def has_flags() -> bool:
    """Return whether NumPy tells of an overflow by itself."""
    with warnings.catch_warnings(record=True) as caught, np.errstate(over="warn"):
        warnings.simplefilter("always")
        np.exp(np.array([1000.0]))
    return bool(caught)


@contextmanager
def flags() -> Iterator[None]:
    """Let NumPy's functions tell of overflow and invalid values, where they do not by themselves."""
    if has_flags():
        yield
        return
    before = {name: getattr(np, name) for name in WATCHED}
    for name, function in before.items():
        setattr(np, name, Telling(function))
    try:
        yield
    finally:
        for name, function in before.items():
            setattr(np, name, function)


class Telling:
    """A function of NumPy's that tells of what is not finite in its result.

    Parameters
    ----------
    function : ufunc
    """

    def __init__(self, function: np.ufunc) -> None:
        self.function = function

    def __getattr__(self, name: str) -> Any:
        return getattr(self.function, name)

    def __call__(self, *inputs: Any, **words: Any) -> Any:
        """Return what the function returns."""
        return told(self.function, self.function(*map(plain, inputs), **words), inputs)


class Watched(np.ndarray):
    """An array in which something is infinite: what becomes of it is told."""

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, out: Any = None, **words: Any) -> Any:
        if out is not None:
            words["out"] = tuple(map(plain, out))
        result = getattr(ufunc, method)(*map(plain, inputs), **words)
        return told(ufunc, result, inputs) if method == "__call__" else result


def plain(value: Any) -> Any:
    """Return an array that is not watched."""
    return value.view(np.ndarray) if isinstance(value, Watched) else value


def told(function: np.ufunc, result: Any, inputs: tuple[Any, ...]) -> Any:
    """Return a result, and tell of what has become infinite or NaN in it; watch it where something is infinite."""
    if not isinstance(result, (np.ndarray, np.floating)) or result.dtype.kind != "f" or np.isfinite(result).all():
        return result
    given = [np.asarray(plain(value)) for value in inputs]
    given = [value for value in given if value.dtype.kind in "biuf"]
    if np.isnan(result).any() and not any(np.isnan(value).any() for value in given):
        tell("invalid", function)
    if np.isinf(result).any() and all(np.isfinite(value).all() for value in given):
        tell("divide" if function.__name__ in DIVIDES else "over", function)
    return result.view(Watched) if type(result) is np.ndarray and np.isinf(result).any() else result


def tell(kind: str, function: np.ufunc) -> None:
    """Warn of something, or raise, as NumPy is told to."""
    how = np.geterr()[kind]  # type: ignore[literal-required]
    said = f"{KINDS[kind]} encountered in {function.__name__}"
    if how == "warn":
        warnings.warn(said, RuntimeWarning, stacklevel=4)
    elif how == "raise":
        raise FloatingPointError(said)
