"""Which of NumPy's functions there are, with what arguments: as ``protocols.txt`` has it from CuPy itself."""

import inspect
from pathlib import Path

LINES = (Path(__file__).parent.parent / "protocols.txt").read_text(encoding="utf-8").splitlines()
UFUNCS = {line.split()[1] for line in LINES if line.startswith("ufunc ")}
METHODS = {line.partition(".")[2] for line in LINES if line.startswith("ndarray.")}
FUNCTIONS = {
    line.partition("(")[0]: inspect.signature(eval("lambda " + line.partition("(")[2].removesuffix(")") + ": None"))
    for line in LINES
    if line.endswith(")")
}
OF_METHODS = {
    name: inspect.signature(eval(f"lambda {arguments}: None"))
    for name, arguments in {
        "all": "axis=None, out=None, keepdims=False",
        "any": "axis=None, out=None, keepdims=False",
        "argmax": "axis=None, out=None, dtype=None, keepdims=False",
        "argmin": "axis=None, out=None, dtype=None, keepdims=False",
        "astype": "dtype, order='K', casting=None, subok=None, copy=True",
        "clip": "min=None, max=None, out=None",
        "copy": "order='C'",
        "cumsum": "axis=None, dtype=None, out=None",
        "dot": "b, out=None",
        "fill": "value",
        "flatten": "order='C'",
        "max": "axis=None, out=None, keepdims=False",
        "mean": "axis=None, dtype=None, out=None, keepdims=False",
        "min": "axis=None, out=None, keepdims=False",
        "nonzero": "",
        "prod": "axis=None, dtype=None, out=None, keepdims=None",
        "ravel": "order='C'",
        "repeat": "repeats, axis=None",
        "reshape": "*shape, order='C', copy=None",
        "round": "decimals=0, out=None",
        "squeeze": "axis=None",
        "std": "axis=None, dtype=None, out=None, ddof=0, keepdims=False",
        "sum": "axis=None, dtype=None, out=None, keepdims=False",
        "swapaxes": "axis1, axis2",
        "take": "indices, axis=None, out=None",
        "transpose": "*axes",
        "var": "axis=None, dtype=None, out=None, ddof=0, keepdims=False",
    }.items()
}


def key_of(function):
    """Return the name by which CuPy looks for one of NumPy's functions."""
    return ".".join([*(function.__module__ or "").split(".")[1:], function.__name__])
