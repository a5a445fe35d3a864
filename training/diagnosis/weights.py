"""The weights of anybody's network: which they are, which way they lie, and how they could start."""

import math
from typing import Any, NamedTuple

import numpy as np

ONES = ("gamma", "scale", "gain")


class Weight(NamedTuple):
    """A matrix of weights: its name, itself with shape (inputs, outputs), and its bias's name where there is one."""

    name: str
    W: np.ndarray
    transposed: bool


def is_weight(param: Any) -> bool:
    """Return whether a parameter is a matrix or filters, and no vector in whatever shape."""
    return np.ndim(param) >= 2 and np.size(param) > max(np.shape(param))


def weights_of(params: Any, inputs: int) -> list[Weight]:
    """Return the weights in their order, filters as matrices too: (inputs of one output, outputs).

    A matrix lies the other way round, (outputs, inputs), where only so it fits the number of inputs of the network.
    """
    found: list[Weight] = []
    width = inputs
    for name, param in params.items():
        if not is_weight(param):
            continue
        W = np.asarray(param)
        if W.ndim > 2:
            found.append(Weight(name, W.reshape(len(W), -1).T, True))
            width = 0
            continue
        turned = (W.shape[1] == width and W.shape[0] != width) or (
            W.shape[0] != width and bool(found) and found[-1].transposed and found[-1].W.ndim == 2 and width == 0
        )
        found.append(Weight(name, W.T if turned else W, turned))
        width = found[-1].W.shape[1]
    return found


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
            param[...] = (std * rng.standard_normal(param.shape)).astype(param.dtype)
        elif np.ndim(param):
            param[...] = 1 if any(word in name.lower() for word in ONES) else 0
