"""Layers as students write them, right ones and wrong ones, each wrong one labelled with its mistake.

One module an origin: one person's way of writing one layer (or network). Its list ``RIGHT`` holds versions without a
mistake, ``MISTAKES`` those with one.
"""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Right:
    """A layer whose backward is right."""

    make: Callable[[Any], Any]
    inputs: Callable[[Any], tuple]
    network: bool = False


@dataclass(frozen=True)
class Mistake:
    """A layer with one mistake.

    ``make(rng)`` gives the layer, ``inputs(rng)`` the tuple of its forward's arguments (for a network: x and t).
    ``array`` is the gradient that is wrong, as reports call it: "dx" (of several inputs "dx1", "dx2"), "dW", "db",
    for a network "W1"; None where no single gradient is (forward itself, say).
    """

    code: str
    array: str | None
    make: Callable[[Any], Any]
    inputs: Callable[[Any], tuple]
    network: bool = False


def origins() -> dict[str, Any]:
    """Return the modules of this package by name."""
    return {info.name: importlib.import_module(f"{__name__}.{info.name}") for info in pkgutil.iter_modules(__path__)}
