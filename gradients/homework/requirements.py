"""What must hold before a layer is called: that it takes inputs, as many as were given, and holds arrays."""

import inspect
from typing import Any

from gradients.calling.functions import Functions
from gradients.calling.problems import CannotCheck
from gradients.calling.roles import arguments_of
from gradients.calling.values import takes_any_number
from gradients.measuring.held_arrays import arrays_in
from language import _


def require_arrays(thing: Any, forward: str) -> None:
    """Raise CannotCheck where a layer takes no input, or keeps its weights in lists of numbers."""
    method = getattr(thing, forward)
    if not arguments_of(method) and not takes_any_number(method):
        raise CannotCheck(
            _(
                "{name}: {forward} takes no input, so there is nothing to compare",
                name=type(thing).__name__,
                forward=forward,
            )
        )
    held = getattr(thing, "__dict__", {}).items()
    lists = [name for name, value in held if isinstance(value, list) and value and is_list_of_numbers(value)]
    if lists and not arrays_in(thing):
        names = ", ".join(f"self.{name}" for name in lists)
        raise CannotCheck(
            _(
                "{name}: its weights ({weights}) are lists of numbers; expected NumPy arrays",
                name=type(thing).__name__,
                weights=names,
            )
        )


def is_list_of_numbers(value: Any) -> bool:
    """Return whether a list holds floats, or lists of them."""
    return isinstance(value, float) or (isinstance(value, list) and bool(value) and all(map(is_list_of_numbers, value)))


def require_count(thing: Any, forward: str, given: tuple[Any, ...]) -> None:
    """Raise CannotCheck when forward does not take as many inputs as were given."""
    if not given or isinstance(thing, Functions):
        return
    try:
        inspect.signature(getattr(thing, forward)).bind(*given)
    except TypeError:
        takes = ", ".join(inspect.signature(getattr(thing, forward)).parameters)
        raise CannotCheck(
            _(
                "{name}.{forward}({takes}) does not take {count} inputs; give --input once for each, and --labels for "
                "the labels after them",
                name=type(thing).__name__,
                forward=forward,
                takes=takes,
                count=len(given),
            )
        ) from None
