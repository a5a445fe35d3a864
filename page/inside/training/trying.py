"""The student's layers, tried on a few numbers before they stand in a network, so that a mistake is said in words."""

from collections.abc import Callable
from typing import Any

import numpy as np

from language import _
from page.inside.training.asked import Problem
from page.inside.training.own_layers import raised
from training.diagnosis.copies import undisturbed

SAMPLES = 3


def tried(kind: type, arguments: Callable[[], list[Any]], features: int, width: int | None, text: str) -> int:
    """Return how many features come out of a layer, after its forward and its backward have run.

    Parameters
    ----------
    kind : type
    arguments : callable
        Returns new arguments for its constructor.
    features : int
        How many it gets.
    width : int or None
        How many have to come out; None: any number.
    text : str
        The student's.

    Raises
    ------
    Problem
        When it raises, or gives arrays of other shapes than those of the contract.
    """
    name, x = kind.__name__, np.random.default_rng(0).standard_normal((SAMPLES, features)).astype(np.float32)
    with undisturbed():
        layer = called(f"{name}.__init__", text, kind, *arguments())
        y = called(f"{name}.forward", text, layer.forward, x)
        if not isinstance(y, np.ndarray) or y.ndim != 2 or len(y) != SAMPLES or (width and y.shape[1] != width):
            expected = (SAMPLES, width or features)
            raise Problem(
                _(
                    "{name}.forward must return an array of shape {expected} for x of shape {x}, got {came}",
                    name=name,
                    expected=expected,
                    x=x.shape,
                    came=shape_of(y),
                ),
                "text",
            )
        dx = called(f"{name}.backward", text, layer.backward, np.ones_like(y))
    if np.shape(dx) != x.shape or dx is None:
        raise Problem(
            _(
                "{name}.backward must return an array of x's shape {expected}, got {came}",
                name=name,
                expected=x.shape,
                came=shape_of(dx),
            ),
            "text",
        )
    return int(y.shape[1])


def tried_loss(kind: type, classes: int, text: str) -> None:
    """See that a loss layer of the student's takes scores and labels, and returns a number and a gradient.

    Raises
    ------
    Problem
        When it does not.
    """
    name, rng = kind.__name__, np.random.default_rng(0)
    x = rng.standard_normal((SAMPLES, classes)).astype(np.float32)
    with undisturbed():
        layer = called(f"{name}.__init__", text, kind)
        loss = called(f"{name}.forward", text, layer.forward, x, np.arange(SAMPLES) % classes)
        dx = called(f"{name}.backward", text, layer.backward, 1.0)
    if np.shape(loss) != () or loss is None:
        message = _("{name}.forward must return one number, the mean loss, got {came}", name=name, came=shape_of(loss))
        raise Problem(message, "text")
    if np.shape(dx) != x.shape:
        raise Problem(
            _(
                "{name}.backward must return an array of x's shape {expected}, got {came}",
                name=name,
                expected=x.shape,
                came=shape_of(dx),
            ),
            "text",
        )


def called(what: str, text: str, function: Callable[..., Any], *arguments: Any) -> Any:
    """Return what a function of the student's returns; what it raises, in words."""
    try:
        return function(*arguments)
    except Exception as error:
        raise raised(error, text, what) from None


def shape_of(value: Any) -> str:
    """Return what came, in words."""
    if isinstance(value, np.ndarray):
        return _("one of shape {shape}", shape=value.shape)
    return "None" if value is None else type(value).__name__
