"""The operations that known networks are made of, each with its way back and with what people write instead."""

from collections.abc import Callable

import numpy as np

from gradients.known_networks.activations import Activation
from gradients.known_networks.tape import Node, Tape
from language import _


def rows(array: np.ndarray) -> np.ndarray:
    """Return an array as a matrix, its last axis kept."""
    return array.reshape(-1, array.shape[-1])


def product(tape: Tape, h: Node, W: Node, name: str = "", step: int = 0) -> Node:
    """Return h W."""
    z = tape.add(h.value @ W.value, name)
    square = W.value.shape[0] == W.value.shape[1]
    wrong = {"transposed": lambda g: g @ W.value} if square else {}
    tape.connect(h, lambda g: g @ W.value.T, "input", W.name, step, wrong, used=W)
    tape.connect(W, lambda g: rows(h.value).T @ rows(g), "weight", W.name, step, used=h)
    return z


def plus_bias(tape: Tape, z: Node, b: Node, step: int = 0) -> Node:
    """Return z + b, b being added to each row."""
    if b.value.size != z.value.shape[-1]:
        raise ValueError(f"a bias of shape {b.value.shape} for {z.value.shape}")
    result = tape.add(z.value + b.value.ravel(), z.name)
    tape.connect(z, lambda g: g)
    tape.connect(b, lambda g: rows(g).sum(axis=0).reshape(b.value.shape), "bias", b.name, step)
    return result


def plus(tape: Tape, a: Node, b: Node, name: str = "") -> Node:
    """Return a + b, of the same shape."""
    if a.value.shape != b.value.shape:
        raise ValueError(f"a sum of shapes {a.value.shape} and {b.value.shape}")
    result = tape.add(a.value + b.value, name)
    tape.connect(a, lambda g: g)
    tape.connect(b, lambda g: g)
    return result


def activation(tape: Tape, z: Node, function: Activation, name: str, place: str, step: int = 0) -> Node:
    """Return f(z), element by element."""
    f, slope, slope_of_output = function.f, function.slope, function.slope_of_output
    h = tape.add(f(z.value), name)
    if function.name == "identity":
        tape.connect(z, lambda g: g)
        return h
    wrong = {
        "left out": lambda g: g,
        "twice": lambda g: g * slope(z.value) ** 2,
        "negative": lambda g: -g * slope(z.value),
    }
    if function.is_mask:
        wrong |= {
            "inverted": lambda g: g * slope(-z.value),
            "from dout": lambda g: g * slope(g),
        }
        if function.name != "ReLU":
            wrong["zero or one"] = lambda g: g * (z.value > 0)
    else:
        wrong |= {
            "at the output": lambda g: g * slope(h.value),
            "input for output": lambda g: g * slope_of_output(z.value),
            "output of output": lambda g: g * slope_of_output(f(h.value)),
        }
    tape.connect(z, lambda g: g * slope(z.value), "slope", place, step, wrong)
    return h


def softmax(tape: Tape, z: Node, name: str, place: str, step: int = 0) -> Node:
    """Return the softmax over the last axis."""
    e = np.exp(z.value - z.value.max(axis=-1, keepdims=True))
    y = e / e.sum(axis=-1, keepdims=True)
    result = tape.add(y, name)

    def back(g: np.ndarray) -> np.ndarray:
        return y * (g - (g * y).sum(axis=-1, keepdims=True))

    wrong = {
        "diagonal": lambda g: g * y * (1 - y),
        "no sum": lambda g: g * y,
        "left out": lambda g: g,
        "rows summed": lambda g: np.zeros_like(g),
        "twice": lambda g: back(g) * y * (1 - y),
        "applied twice": lambda g: back(back(g)),
    }
    tape.connect(z, back, "softmax", place, step, wrong)
    return result


def times(tape: Tape, z: Node, factor: float, place: str) -> Node:
    """Return a constant times z."""
    result = tape.add(factor * z.value, z.name)
    wrong = {"left out": lambda g: g, "twice": lambda g: factor**2 * g}
    tape.connect(z, lambda g: factor * g, "scale", place, wrong=wrong)
    return result


def matrix_product(tape: Tape, a: Node, b: Node, name: str, flip: bool = False) -> Node:
    """Return a b for each sample; a b^T with ``flip``."""
    right = np.swapaxes(b.value, -1, -2) if flip else b.value
    result = tape.add(a.value @ right, name)
    square = result.value.shape[-1] == result.value.shape[-2]

    def to_b(g: np.ndarray) -> np.ndarray:
        part = np.swapaxes(a.value, -1, -2) @ g
        return np.swapaxes(part, -1, -2) if flip else part

    def to_b_wrong(g: np.ndarray) -> np.ndarray:
        return g @ a.value if flip else a.value @ g

    works = square if flip else a.value.shape[-1] == a.value.shape[-2]
    tape.connect(
        a, lambda g: g @ np.swapaxes(right, -1, -2), "factor", _("{factor} in {product}", factor=a.name, product=name)
    )
    tape.connect(
        b,
        to_b,
        "factor",
        _("{factor} in {product}", factor=b.name, product=name),
        wrong={"transposed": to_b_wrong} if works else {},
    )
    return result


def arranged(tape: Tape, z: Node, there: Callable, back: Callable, name: str = "") -> Node:
    """Return the same numbers in another arrangement."""
    result = tape.add(there(z.value), name or z.name)
    tape.connect(z, back)
    return result


def turned(tape: Tape, W: Node, yes: bool) -> Node:
    """Return the transpose of a matrix, where it is wanted; else the matrix itself."""
    if not yes:
        return W
    return arranged(tape, W, np.transpose, np.transpose)
