"""Inputs with which the forward of a student's layer, or the loss of a network, works."""

import copy
from collections.abc import Iterator
from typing import Any

import numpy as np

from gradients.homework.constructing import SIZES, required
from gradients.homework.loading import CannotCheck

LABEL_NAMES = {"t", "target", "targets", "label", "labels", "y_true", "truth", "answer", "teacher", "gold"}
BROKEN = (SystemExit, NameError, AttributeError, NotImplementedError, UnboundLocalError, SyntaxError, ImportError)


def input_choices(layer: Any, rng: np.random.Generator, images: bool) -> Iterator[tuple[Any, ...]]:
    """Yield inputs that forward may be meant for, the most likely first."""
    names = required(layer.forward)
    n, d, c, m, k = (SIZES[name] for name in ("N", "D", "C", "M", "K"))
    shapes = [(n, d), (n, c, 6, 6), (n, c, 5), (n, m), (d,)]
    if images:
        shapes = [(n, c, 6, 6), (n, c, 5, 5), (n, d)]
    if len(names) <= 1:
        for shape in shapes:
            x = rng.standard_normal(shape)
            yield from ((x,), (np.abs(x) + 0.5,))
        yield (rng.integers(0, d, n),)
    elif len(names) == 2:
        x = rng.standard_normal((n, k)) * 0.7
        labels = rng.permutation(np.arange(n) % k)
        targets = [(x, labels), (x, np.eye(k)[labels]), (x, rng.standard_normal((n, k))), (x, rng.random((n, k)))]
        pairs = [
            (rng.standard_normal((n, d)), rng.standard_normal(shape))
            for shape in ((n, d), (d,), (n, SIZES["H"]), (d, m))
        ]
        yield from (targets + pairs if names[1].lower() in LABEL_NAMES else pairs + targets)
    else:
        yield tuple(rng.standard_normal((n, d)) for _ in names)


def choose_inputs(layer: Any, rng: np.random.Generator, images: bool) -> list[tuple[Any, ...]]:
    """Return the inputs to check a layer with: the first with which forward works, and for a loss both label kinds.

    Raises
    ------
    CannotCheck
        When forward works with none of them.
    """
    chosen: list[tuple[Any, ...]] = []
    said: list[str] = []
    errors: list[Exception] = []
    for inputs in input_choices(layer, rng, images):
        try:
            with np.errstate(all="ignore"):
                y = copy.deepcopy(layer).forward(*[np.copy(x) for x in inputs])
        except (Exception, SystemExit) as error:
            errors.append(error)
            said.append(f"{', '.join(str(np.shape(x)) for x in inputs)}: {type(error).__name__}: {error}")
            continue
        outputs = y if isinstance(y, (tuple, list)) else (y,)
        if y is None:
            return [inputs]
        if not all(np.isfinite(np.asarray(part, float)).all() for part in outputs):
            continue
        chosen.append(inputs)
        if np.ndim(outputs[0]) > 0 or len(inputs) != 2 or len(chosen) == 2 or inputs[1].ndim == 2:
            return chosen
    if chosen:
        return chosen
    if errors and all(isinstance(error, BROKEN) for error in errors):
        return [next(input_choices(layer, rng, images))]
    raise CannotCheck(
        f"{type(layer).__name__}: forward works with none of the inputs that were tried "
        f"({said[0] if said else 'no finite result'}); give their shapes, as in --input 4,5 (once for each input; "
        "--labels 10 for labels), or --make"
    )


def network_inputs(network: Any, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return samples and labels or targets with which a network's loss works."""
    n, m = SIZES["N"], SIZES["M"]
    params = getattr(network, "params", None)
    if not isinstance(params, dict):
        raise CannotCheck(f"{type(network).__name__} has loss and gradient, but no dictionary params")
    widths = dict.fromkeys([SIZES["D"], *(p.shape[0] for p in params.values() if np.ndim(p) == 2)])
    said = []
    for width in widths:
        x, labels = rng.standard_normal((n, width)), rng.permutation(np.arange(n) % m)
        for t in (labels, np.eye(m)[labels], rng.standard_normal((n, m)), rng.standard_normal((n, 1))):
            try:
                if np.isfinite(copy.deepcopy(network).loss(x, t)):
                    return x, t
            except Exception as error:
                said.append(f"{x.shape}, {t.shape}: {type(error).__name__}: {error}")
    raise CannotCheck(
        f"{type(network).__name__}: loss works with none of the inputs that were tried "
        f"({said[0] if said else 'not finite'}); give their shapes: --input 4,5 --labels 10"
    )
