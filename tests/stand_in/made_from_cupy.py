"""Writes protocols.txt: which of NumPy's functions and ufuncs the installed CuPy has, and what arguments they take.

::

    python -m pip install cupy-cuda12x
    python tests/stand_in/made_from_cupy.py

It needs no GPU. What NumPy hands on to CuPy by ``__array_function__`` is looked up as CuPy looks it up.
"""

import functools
import inspect
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:] = [path for path in sys.path if Path(path).resolve() != HERE]  # where the stand-in is

import cupy  # noqa: E402
import numpy as np  # noqa: E402

MODULES = (np, np.linalg, np.lib.stride_tricks)


def arguments(function):
    """Return the parameters as in a ``def``, with None for every default."""
    parameters = [
        parameter.replace(
            annotation=inspect.Parameter.empty,
            default=parameter.default if parameter.default is inspect.Parameter.empty else None,
        )
        for parameter in inspect.signature(function).parameters.values()
    ]
    return str(inspect.Signature(parameters))[1:-1]


def functions():
    """Yield a line for each function that NumPy hands on and CuPy has."""
    for module in MODULES:
        for name in sorted(module.__all__ if hasattr(module, "__all__") else dir(module)):
            function = getattr(module, name)
            if isinstance(function, (type, np.ufunc)) or not callable(function):
                continue
            place = getattr(function, "__module__", None) or ""
            if place.split(".")[0] != "numpy":
                continue
            try:
                theirs = getattr(functools.reduce(getattr, place.split(".")[1:], cupy), name)
                if theirs is not function:
                    yield f"{'.'.join([*place.split('.')[1:], name])}({arguments(theirs)})"
            except (AttributeError, ValueError):
                continue


def methods():
    """Yield a line for each method of the array."""
    for name in sorted(dir(cupy.ndarray)):
        if not name.startswith("_") and callable(getattr(cupy.ndarray, name)):
            yield f"ndarray.{name}"


if __name__ == "__main__":
    ufuncs = [name for name in sorted(dir(np)) if isinstance(getattr(np, name), np.ufunc) and hasattr(cupy, name)]
    lines = [
        f"# CuPy {cupy.__version__}, NumPy {np.__version__}",
        *(f"ufunc {name}" for name in ufuncs),
        *methods(),
        *dict.fromkeys(functions()),
    ]
    (HERE / "protocols.txt").write_text("\n".join(lines) + "\n")
