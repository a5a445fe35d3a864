"""The first layer of a network, whose dL/dx nobody asks for.

It would be the gradient of the data, and take a third of a step's arithmetic. The backward of a layer of the project
ends with ``return`` and the formula of dL/dx: here the same function is compiled once more without that formula, so
that the layer's file remains the page that explains it. A backward of anybody else's is called as it is.
"""

import ast
import functools
import inspect
import sys
from collections.abc import Callable
from types import CodeType, FunctionType
from typing import Any

import numpy as np

from layers.common.checks import checked_backward


def backward_for_parameters(layer: Any, dout: np.ndarray) -> None:
    """Call ``layer.backward(dout)`` for the gradients of the parameters alone, without dL/dx where it can be left out.

    >>> from layers import Affine
    >>> affine = Affine(np.ones((2, 1)), np.zeros(1))
    >>> y = affine.forward(np.array([[1.0, 2.0]]))
    >>> backward_for_parameters(affine, np.array([[3.0]]))
    >>> affine.dW
    array([[3.],
           [6.]])
    """
    backward = layer.backward
    formula = getattr(backward, "formula", None)
    if formula is not None and formula is backward.__wrapped__:  # checked_backward made it, and nobody wrapped it again
        without_result(formula)(layer, dout)
    else:
        backward(dout)


@functools.cache
def without_result(backward: FunctionType) -> Callable[..., Any]:
    """Return a backward that does not compute what it returns; as it is, where its source is not to be had."""
    try:
        code = code_without_result(backward)
    except (OSError, TypeError, SyntaxError, LookupError):
        return checked_backward(backward)
    return checked_backward(FunctionType(code, backward.__globals__, backward.__name__, closure=backward.__closure__))


def code_without_result(backward: FunctionType) -> CodeType:
    """Return the code of a function whose last statement returns, without what it returns.

    Raises
    ------
    OSError, TypeError, SyntaxError
        When the source cannot be read.
    LookupError
        When the file has changed since it was imported, so that something else stands there now.
    """
    line = backward.__code__.co_firstlineno
    tree = ast.parse(inspect.getsource(sys.modules[backward.__module__]))
    if instructions(code_at(line, tree, backward)) != instructions(backward.__code__):
        raise LookupError(f"{backward.__qualname__} is not what its file says now")
    definition = next(n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.lineno == line)
    if isinstance(definition.body[-1], ast.Return):
        definition.body[-1] = ast.copy_location(ast.Return(value=None), definition.body[-1])
    return code_at(line, tree, backward)


def code_at(line: int, tree: ast.Module, like: FunctionType) -> CodeType:
    """Return the code of the function that begins at a line of a module."""
    pending = [compile(tree, like.__code__.co_filename, "exec")]
    for code in pending:
        if code.co_firstlineno == line and code.co_name == like.__name__:
            return code
        pending += [constant for constant in code.co_consts if isinstance(constant, CodeType)]
    raise LookupError(f"{like.__qualname__} is no longer at line {line} of its file")


def instructions(code: CodeType) -> tuple[Any, ...]:
    """Return all that decides what a function does."""
    return code.co_code, code.co_consts, code.co_names, code.co_varnames, code.co_freevars
