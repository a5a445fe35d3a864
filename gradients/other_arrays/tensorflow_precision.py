"""The precision in which functions of TensorFlow run: float64, unless their own constants forbid it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, NamedTuple

import numpy as np

from gradients.other_arrays.libraries import library

# What makes tensors, in float32 where nothing else is said.
MAKERS = "constant convert_to_tensor cast zeros ones eye fill one_hot linspace range".split()
RANDOM = "normal uniform truncated_normal".split()


class Precision(NamedTuple):
    """A dtype of the inputs, and what is done while a function runs on them."""

    dtype: str
    around: Callable[[], AbstractContextManager[Any]]


def run_in_double() -> None:
    """Let TensorFlow, where it is loaded, run what ``@tf.function`` is put around, and layers of Keras in float64."""
    tf = library("tensorflow")
    if tf is not None:
        tf.config.run_functions_eagerly(True)
        if {"keras", "tf_keras"} & sys.modules.keys():
            tf.keras.backend.set_floatx("float64")


@contextmanager
def float32_meaning_float64() -> Iterator[None]:
    """Let ``tf.float32`` be float64 for a while, and so what is made of numbers: TensorFlow never mixes the two."""
    tf = library("tensorflow")
    if tf is None:
        yield
        return
    places = [(tf, name) for name in MAKERS] + [(tf.random, name) for name in RANDOM]
    kept = [(module, name, getattr(module, name)) for module, name in [*places, (tf, "float32")]]
    low = (tf.float32, "float32", np.float32)
    for module, name in places:
        setattr(module, name, in_double(getattr(module, name), low))
    tf.float32 = tf.float64
    try:
        yield
    finally:
        for module, name, value in kept:
            setattr(module, name, value)


def in_double(make: Callable[..., Any], low: tuple[Any, ...]) -> Callable[..., Any]:
    """Return a function that makes tensors of float64 where another one makes those of float32."""
    tf = library("tensorflow")
    cast, double = tf.cast, tf.float64

    def made(*arguments: Any, **named: Any) -> Any:
        arguments = tuple(double if is_one_of(x, low) else x for x in arguments)
        tensor = make(*arguments, **{name: double if is_one_of(x, low) else x for name, x in named.items()})
        return cast(tensor, double) if tensor.dtype == low[0] else tensor

    return made


def is_one_of(value: Any, some: tuple[Any, ...]) -> bool:
    """Return whether a value is one of those: not a tensor, which is compared element by element."""
    return isinstance(value, (str, type, type(some[0]))) and value in some


PRECISIONS = (
    Precision("float64", nullcontext),
    Precision("float64", float32_meaning_float64),
    Precision("float32", nullcontext),
)
