"""Inputs of the shapes that the user asks for; samples and labels with which the loss of a network works."""

import copy
import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from gradients.calling.problems import CannotCheck
from gradients.calling.scenes import D, K, M, N
from gradients.homework.options import Options
from gradients.measuring.held_arrays import arrays_in
from language import _


def given_by_user(options: Options, rng: np.random.Generator) -> tuple[Any, ...]:
    """Return random inputs of the shapes that were asked for, and labels."""
    inputs: list[np.ndarray] = [rng.standard_normal(shape) for shape in options.inputs]
    if options.labels is not None:
        count = options.inputs[0][0] if options.inputs else N
        if not inputs:
            inputs.append(rng.standard_normal((count, options.labels or K)))
        inputs.append(rng.integers(0, options.labels, count))
    return tuple(inputs)


def network_inputs(network: Any, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return samples and labels or targets with which a network's loss works."""
    params = getattr(network, "params", None)
    if not isinstance(params, dict):
        raise CannotCheck(_("{name} has loss and gradient, but no dictionary self.params", name=type(network).__name__))
    images = [p.shape[1] for p in params.values() if np.ndim(p) == 4]
    widths = dict.fromkeys([D, *(p.shape[0] for p in params.values() if np.ndim(p) == 2)])
    said: list[str] = []
    others = False
    found: list[tuple[np.ndarray, np.ndarray]] = []
    shapes = [(N, width) for width in widths]
    if images:
        shapes = [(N, images[0], *getattr(network, "input_dim", (1, 28, 28))[-2:]), (N, images[0], 28, 28), *shapes]
    for shape in shapes:
        x, labels = rng.standard_normal(shape), rng.permutation(np.arange(N) % M)
        for t in (labels, np.eye(M)[labels], rng.standard_normal((N, M)), rng.standard_normal((N, 1))):
            try:
                if np.isfinite(copy.deepcopy(network).loss(x, t)):
                    found.append((x, t))
                    copy.deepcopy(network).gradient(x, t)
                    return x, t
            except Exception as error:
                if found and found[-1][1] is t:  # it is the gradient that raises
                    others = others or names_other_sizes(error, (x, t, *params.values()))
                raised = f"{type(error).__name__}: {error}"
                said.append(_("on shapes {x} and {t} it raised {error}", x=x.shape, t=t.shape, error=raised))
    if found and not others:
        return found[0]
    raise CannotCheck(
        _(
            "{name}: loss and gradient work with none of the inputs that were tried; {said}. Give the shapes that it "
            "takes: --input 4,5 --labels 10",
            name=type(network).__name__,
            said=said[0] if said else _("its results were not finite"),
        )
    )


def names_other_sizes(error: Exception, arrays: Sequence[Any]) -> bool:
    """Return whether an error is about an array of a size of its own, as where a network is for 10 classes."""
    sizes = {length for array in arrays for length in np.shape(array)}
    named = {int(number) for number in re.findall(r"\d+", str(error))}
    return isinstance(error, ValueError) and "broadcast" in str(error) and bool(named - sizes - {0, 1})


def sizes_in(thing: Any) -> list[int]:
    """Return the lengths of the axes of an object's arrays, the lengths that occur first."""
    return list(dict.fromkeys(length for array in arrays_in(thing).values() for length in array.shape))[:6]
