"""What a network's constructor was given, as a model file can hold it."""

import inspect
import json
from collections.abc import Callable
from typing import Any

import numpy as np

from networks.files.description import as_json

NOT_KEPT = "dtype"  # that of the arrays in the file


def constructor_arguments(cls: type, given: tuple[Any, ...], named: dict[str, Any]) -> dict[str, Any] | None:
    """Return a constructor's arguments by name, with its defaults.

    None where they cannot be kept: arguments that do not fit (of which the constructor will complain), and arguments
    that are arrays or hold such, of which the network keeps what it made.

    >>> class Net:
    ...     def __init__(self, input_size, init="he"):
    ...         pass
    >>> constructor_arguments(Net, (784,), {})
    {'input_size': 784, 'init': 'he'}
    """
    try:
        bound = inspect.signature(constructor(cls)).bind(None, *given, **named)
    except (TypeError, ValueError):
        return None
    bound.apply_defaults()
    arguments = dict(list(bound.arguments.items())[1:])
    for parameter in bound.signature.parameters.values():
        if parameter.kind is parameter.VAR_KEYWORD:
            arguments |= arguments.pop(parameter.name)
    if any(map(holds_array, arguments.values())):
        return None
    arguments = {name: as_json(value) for name, value in arguments.items() if name != NOT_KEPT}
    try:
        json.dumps(arguments)
    except (TypeError, ValueError):
        return None
    return arguments


def constructor(cls: type) -> Callable[..., None]:
    """Return the class's constructor; of one that hands ``*args`` on to its parent, the parent's."""
    own = [vars(kind)["__init__"] for kind in cls.__mro__ if "__init__" in vars(kind)]
    for init in own:
        kinds = {parameter.kind for parameter in inspect.signature(init).parameters.values()}
        if inspect.Parameter.VAR_POSITIONAL not in kinds:
            return init
    raise TypeError(f"{cls.__name__} names none of its arguments")


def holds_array(value: Any) -> bool:
    """Return whether a value is an array of several numbers, or a list or dictionary with one in it."""
    if isinstance(value, dict):
        return any(map(holds_array, value.values()))
    if isinstance(value, (list, tuple)):
        return any(map(holds_array, value))
    return isinstance(value, np.ndarray) and value.ndim > 0
