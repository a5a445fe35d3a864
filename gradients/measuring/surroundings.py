"""What a layer shares with others, put back to what it was: classes' data, random generators, warnings."""

import copy
import random
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import numpy as np

from gradients.measuring.precise_copy import GENERATORS, generators_in, restore, state_of
from gradients.other_arrays.libraries import library


def is_data(name: str, value: Any) -> bool:
    """Return whether an attribute of a class is data, and not one of its methods."""
    return not (name.startswith(("__", "_abc_")) or callable(value) or hasattr(value, "__get__"))


def class_state(layer: Any) -> dict[type, dict[str, Any]]:
    """Return the data that the layer's classes hold, which all its objects share."""
    state: dict[type, dict[str, Any]] = {}
    for cls in type(layer).__mro__[:-1]:
        state[cls] = {}
        for name, value in vars(cls).items():
            if is_data(name, value):
                with suppress(Exception):
                    state[cls][name] = (value, copy.deepcopy(value))
    return state


def class_data(layer: Any) -> list[Any]:
    """Return the data that the layer's classes hold now."""
    return [value for cls in type(layer).__mro__[:-1] for name, value in vars(cls).items() if is_data(name, value)]


def restore_class_state(state: dict[type, dict[str, Any]]) -> None:
    """Put the data of classes back to what it was."""
    for cls, kept in state.items():
        for name in [name for name, value in vars(cls).items() if is_data(name, value) and name not in kept]:
            delattr(cls, name)
        for name, (value, original) in kept.items():
            if vars(cls).get(name) is not value or value is not original:
                setattr(cls, name, copy.deepcopy(original))


def seed_global_generators(others: Sequence[tuple[Any, Any]] = ()) -> None:
    """Make the generators that Python and the libraries share among all begin anew, and others at their states."""
    np.random.seed(0)  # noqa: NPY002
    random.seed(0)
    torch, tensorflow = library("torch"), library("tensorflow")
    if hasattr(torch, "manual_seed"):
        torch.manual_seed(0)
    if hasattr(tensorflow, "random"):
        tensorflow.random.set_seed(0)
    for generator, state in others:
        restore(generator, state)


def generators_around(thing: Any) -> list[tuple[Any, Any]]:
    """Return the random generators that are global in the module of a thing's class or functions, with their states."""
    parts = [type(thing), *(value for value in getattr(thing, "__dict__", {}).values() if callable(value))]
    names = dict.fromkeys(getattr(part, "__module__", None) for part in parts)
    modules = [sys.modules[name] for name in names if name in sys.modules and name not in ("builtins", __name__)]
    found = [value for module in modules for value in vars(module).values() if isinstance(value, GENERATORS)]
    return [(generator, state_of(generator)) for generator in found]


@contextmanager
def quiet_and_restored() -> Iterator[None]:
    """Silence warnings of the layer's arithmetic, and leave the shared generators as they were found."""
    kept = np.random.get_state(), random.getstate()  # noqa: NPY002
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            yield
    finally:
        np.random.set_state(kept[0])  # noqa: NPY002
        random.setstate(kept[1])


def restore_classes_quietly(state: dict[type, dict[str, Any]]) -> None:
    """Give classes their very own data again, with its contents as they were."""
    restore_class_state(state)
    for cls, kept in state.items():
        for name, (value, original) in kept.items():
            if isinstance(value, list):
                value[:] = original
            elif isinstance(value, (dict, set)):
                value.clear()
                value.update(original)
            elif isinstance(value, np.ndarray):
                value[...] = original
            setattr(cls, name, value)


class Rewind:
    """The random generators of one copy of a layer, to be put back to where they are now."""

    def __init__(self, layer: Any) -> None:
        self.states = [(generator, state_of(generator)) for generator in generators_in([layer, *class_data(layer)])]

    def __call__(self) -> None:
        """Put them back."""
        for generator, state in self.states:
            restore(generator, state)
