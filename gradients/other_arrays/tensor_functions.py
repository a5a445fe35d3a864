"""Functions that are written on PyTorch's tensors, with a backward by hand: arrays go in, and come out."""

import functools
import inspect
from collections.abc import Callable
from typing import Any

from gradients.calling.functions import Functions
from gradients.other_arrays.tensor_layers import module_uses_tensors, without_autograd
from gradients.other_arrays.torch_functions import as_tensors
from gradients.other_arrays.torch_precision import in_double


def tensor_functions(functions: Functions) -> list[Functions]:
    """Return two functions on tensors as functions on arrays; nothing where their file does not use PyTorch."""
    if not module_uses_tensors(inspect.unwrap(functions.forward).__module__):
        return []
    return [Functions(on_arrays(functions.forward), on_arrays(functions.backward), functions.names)]


def on_arrays(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that takes and returns arrays where another does tensors, in dictionaries and caches too."""

    @functools.wraps(function)
    def call(*arguments: Any, **named: Any) -> Any:
        with in_double():
            return without_autograd(function(*as_tensors(arguments), **as_tensors(named)))

    return call
