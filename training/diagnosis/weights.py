"""The weights of anybody's network: which they are, which way they lie, and how they could start."""

import math
from typing import Any, NamedTuple

import numpy as np

from layers.initializers import normal

MANY = 200_000  # weights, of which it takes long to say which rows are alike
ONES = ("gamma", "scale", "gain")


class Weight(NamedTuple):
    """A matrix of weights: its name, itself with shape (inputs, outputs), and whether the network has it transposed."""

    name: str
    W: np.ndarray
    transposed: bool


def is_weight(name: str, param: Any, before: Weight | None = None) -> bool:
    """Return whether a parameter is a matrix or filters, and no vector in whatever shape.

    One of shape (1, M) or (M, 1) is told by its name, else by its place: a bias comes behind its weights.
    """
    shape = np.shape(param)
    if len(shape) < 2:
        return False
    if np.size(param) > max(shape):
        return True
    word = str(name).lower()
    if word.startswith(("b", "beta", "gamma", "scale")) or "bias" in word:
        return False
    return (
        word.startswith(("w", "kernel", "theta", "u", "v"))
        or "weight" in word
        or before is None
        or shape[0] == before.W.shape[1]
    )


def weights_of(params: Any, inputs: int) -> list[Weight]:
    """Return the weights in their order, filters as matrices too: (inputs of one output, outputs).

    A matrix lies the other way round, (outputs, inputs), where only so it fits the layer before.
    """
    found: list[Weight] = []
    for name, param in params.items():
        if not is_weight(name, param, found[-1] if found else None):
            continue
        W = np.asarray(param)
        if W.ndim > 2:
            found.append(Weight(name, W.reshape(len(W), -1).T, True))
            continue
        width = found[-1].W.shape[1] if found else inputs
        as_before = found[-1].transposed and params[found[-1].name].ndim == 2 if found else False
        fits, turned_fits = W.shape[0] == width, W.shape[1] == width
        turned = turned_fits if fits != turned_fits else as_before
        found.append(Weight(name, W.T if turned else W, turned))
    return found


def alike_share(weight: Weight) -> float:
    """Return the share of a layer's units whose weights are those of another one."""
    W = weight.W.T
    if len(W) < 2 or not np.isfinite(W).all():
        return 0.0
    sizes = np.abs(W).max(axis=1, keepdims=True)
    scaled = W / np.where(sizes > 0, sizes, 1)
    if scaled.size > MANY:  # rows are alike where their products with a few random directions are
        scaled = scaled @ np.random.default_rng(13).standard_normal((scaled.shape[1], 4)).astype(scaled.dtype)
    rounded = np.round(np.hstack([scaled, np.log(np.maximum(sizes, 1e-30))]), 4)
    return 1 - (len(np.unique(rounded, axis=0)) - 1) / (len(W) - 1)


def inputs_of(x: Any) -> int:
    """Return the number of values in a sample."""
    return int(np.prod(np.shape(x)[1:]))


def renew(network: Any, x: Any, gain: float = 2.0, seed: int = 0) -> None:
    """Draw the weights of a network anew, N(0, gain / inputs), in place; biases become 0, scales 1."""
    rng = np.random.default_rng(seed)
    matrices = {weight.name: weight for weight in weights_of(network.params, inputs_of(x))}
    for name, param in network.params.items():
        if name in matrices:
            std = math.sqrt(gain / max(1, matrices[name].W.shape[0]))
            param[...] = normal(std)(param.shape, rng, param.dtype)
        elif np.ndim(param):
            word = str(name).lower()
            if any(one in word for one in ONES):
                param[...] = 1
            elif word.startswith("b") or "bias" in word or not np.isfinite(param).all():
                param[...] = 0


def moderate(x: np.ndarray) -> np.ndarray:
    """Return inputs around 1, where slopes are the same for longer; whole numbers, which may be places, stay."""
    if x.dtype.kind != "f":
        return x
    x = np.nan_to_num(x, nan=0.0, posinf=0.0, neginf=0.0)
    largest = np.abs(x).max(axis=0, keepdims=True)
    return x / np.where(largest > 10, largest, 1)
