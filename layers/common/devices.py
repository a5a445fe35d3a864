"""Arrays of another processor: CuPy's, which lie in the memory of a GPU and follow NumPy's protocols.

The formulas are NumPy's, and run on such arrays as they are: ``x @ W``, ``np.maximum(x, 0)`` and ``x.sum(axis=0)`` are
handed on to CuPy. CuPy never converts by itself, because a copy from one memory to the other takes long and has to wait
for all that the GPU was told to do. So what converts, draws random numbers or makes new arrays asks here.

Nothing here imports CuPy before somebody asks for a GPU.
"""

import functools
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, Literal

import numpy as np

DEVICES = ("cpu", "cuda")
INSTALL = 'python -m pip install "chainrule[cuda]"'
SEEDS = 1 << 63


@functools.cache
def is_of_another_processor(kind: type) -> bool:
    """Return whether a class has CuPy's protocols: NumPy's functions are handed on to it, and its memory is a GPU's."""
    return hasattr(kind, "__array_function__") and hasattr(kind, "__cuda_array_interface__")


def is_elsewhere(x: Any) -> bool:
    """Return whether x is an array of another processor.

    >>> is_elsewhere(np.zeros(2)), is_elsewhere([0.0, 0.0])
    (False, False)
    """
    kind = type(x)
    return kind is not np.ndarray and is_of_another_processor(kind)  # type: ignore[arg-type]  # a class is hashable


def is_array(x: Any) -> bool:
    """Return whether x is an array, NumPy's or that of another processor."""
    return isinstance(x, np.ndarray) or is_elsewhere(x)


def as_array(x: Any, dtype: Any = None) -> np.ndarray:
    """Return what ``np.asarray`` does, and an array of another processor where it is.

    >>> as_array([1, 2], np.float32)
    array([1., 2.], dtype=float32)
    """
    if type(x) is np.ndarray:  # first, and without a call: every layer comes by here
        return x if dtype is None or x.dtype is dtype else np.asarray(x, dtype)
    if is_elsewhere(x):
        return x if dtype is None else x.astype(dtype, copy=False)
    return np.asarray(x, dtype)


def beside(x: Any, other: np.ndarray, dtype: Any = None) -> np.ndarray:
    """Return x as an array in the memory in which another lies."""
    if type(other) is np.ndarray or not is_elsewhere(other):
        return np.asarray(x if type(x) is np.ndarray else to_numpy(x), dtype)
    return as_array(x if is_elsewhere(x) else namespace(other).asarray(np.asarray(x)), dtype)


def to_numpy(x: Any) -> np.ndarray:
    """Return NumPy's array of the same values, for which a GPU has to finish what it was told to do."""
    if type(x) is np.ndarray:
        return x
    return x.get() if is_elsewhere(x) else np.asarray(x)


def in_order(x: np.ndarray, order: Literal["C", "F"]) -> np.ndarray:
    """Return an array in one piece: row by row (C) or column by column (F); itself where it lies so in memory.

    It is ``np.ascontiguousarray`` or ``np.asfortranarray``, which NumPy does not hand on to CuPy.

    >>> in_order(np.zeros((2, 3)), "F").strides
    (8, 16)
    """
    return x if (x.flags.c_contiguous if order == "C" else x.flags.f_contiguous) else x.copy(order)


def put(array: np.ndarray, values: Any) -> None:
    """Write values into an array, wherever the two are."""
    array[...] = beside(values, array) if is_elsewhere(array) else to_numpy(values)


def number(x: Any, kind: Callable[[Any], Any] = float) -> Any:
    """Return a number as Python's, and leave one on another processor there: to read it would be to wait for it."""
    return kind(x) if isinstance(x, (float, np.generic)) or not is_elsewhere(x) else x


def uniform_like(x: np.ndarray, rng: "np.random.Generator") -> np.ndarray:
    """Return random numbers in [0, 1) of the shape of x, in its memory.

    A GPU draws them itself, by a generator of its own whose seed ``rng`` draws. So all that there is to keep of the
    randomness is where ``rng`` stands, as in NumPy: a checkpoint has it, and another forward can be given the same.
    """
    dtype = np.float64 if x.itemsize > 4 else np.float32
    if not is_elsewhere(x):
        return rng.random(x.shape, dtype)
    random = namespace(x).random
    generator = random.Philox4x3210(int(rng.integers(SEEDS)))  # the one that begins at once
    return random.default_rng(generator).random(x.shape, dtype)


def to_device(x: Any, device: str) -> Any:
    """Return an array in the memory of a device."""
    return to_numpy(x) if device == "cpu" else library(device).asarray(x if is_elsewhere(x) else np.asarray(x))


def namespace(x: np.ndarray) -> Any:
    """Return the module of an array's class: ``numpy``, ``cupy``."""
    return sys.modules[type(x).__module__.partition(".")[0]]


def library(device: str) -> Any:
    """Return the module of the arrays of a device.

    Raises
    ------
    ValueError
        For a device that there is not.
    ImportError
        When CuPy is not installed, or cannot be loaded.
    RuntimeError
        When CuPy finds no GPU.

    >>> library("tpu")
    Traceback (most recent call last):
        ...
    ValueError: expected the device cpu or cuda, got 'tpu'
    """
    from language import _  # only where there is something to say, so that importing layers stays quick

    if device not in DEVICES:
        raise ValueError(_("expected the device {known}, got {given!r}", known=" or ".join(DEVICES), given=device))
    if device == "cpu":
        return np
    try:
        cupy = import_module("cupy")
    except ModuleNotFoundError:
        said = _("the device cuda needs CuPy, which is not installed; install it by: {install}", install=INSTALL)
        raise ImportError(said, name="cupy") from None
    except ImportError as error:
        why = " ".join(str(error).split())
        raise ImportError(_("the device cuda needs CuPy, which cannot be loaded: {why}", why=why)) from None
    if not cupy.cuda.is_available():
        raise RuntimeError(
            _("CuPy finds no GPU: the device cuda needs one of NVIDIA's, with its driver (nvidia-smi lists them)")
        )
    return cupy
