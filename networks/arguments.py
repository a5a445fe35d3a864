"""What a network's constructor was given, as a model file can hold it."""

import inspect
from typing import Any

from networks.files.description import as_json

NOT_KEPT = "dtype"  # that of the arrays in the file


def constructor_arguments(cls: type, given: tuple[Any, ...], named: dict[str, Any]) -> dict[str, Any] | None:
    """Return a constructor's arguments by name, with its defaults; None for what it does not take.

    >>> class Net:
    ...     def __init__(self, input_size, init="he"):
    ...         pass
    >>> constructor_arguments(Net, (784,), {})
    {'input_size': 784, 'init': 'he'}
    """
    try:
        bound = inspect.signature(cls.__init__).bind(None, *given, **named)
    except TypeError:  # the constructor will say so; a copy is made without arguments, and gets them later
        return None
    bound.apply_defaults()
    return {name: as_json(value) for name, value in list(bound.arguments.items())[1:] if name != NOT_KEPT}
