"""Which inputs of a layer must get a gradient."""

from typing import Any

import numpy as np

from gradients.measuring.arguments import is_float_like, looks_like_labels


def differentiable(subject: Any, floats: list[int], returned: Any) -> list[int]:
    """Return which inputs must get a gradient: labels and masks need none, unless backward gives them one."""
    if getattr(subject.pristine, "none_is_meant", False) and isinstance(returned, tuple):
        return [place for place, part in zip(floats, returned, strict=False) if part is not None]
    all_given = isinstance(returned, (tuple, list)) and len(returned) == len(floats) > 1
    wanted, total = subject.manner.wanted, subject.manner.total  # that of losses: the labels must stay labels
    if wanted is not None and (total or not (wanted and all_given and all(map(is_float_like, returned)))):
        return list(wanted)
    given = len(returned) if isinstance(returned, (tuple, list)) else 1
    if given > len(floats):
        given = len(floats) if given == len(floats) + len(subject.slots) else given
    if subject.is_loss:
        return floats[: max(1, given)]
    inputs = subject.point.inputs
    return [i for place, i in enumerate(floats) if place < given or not needs_none(inputs[i], inputs[floats[0]])]


def needs_none(x: np.ndarray, first: np.ndarray) -> bool:
    """Return whether an input needs no gradient: labels and masks, and a number beside arrays, which is a setting."""
    return looks_like_labels(x) or (x.size == 1 < first.size)
