"""Backwards that give the slope of one sample alone, or of numbers."""

import contextlib
import inspect
import re
from typing import Any

import numpy as np

from gradients.calling.prepared import Prepared
from gradients.calling.preparing import Pair, prepare
from gradients.calling.problems import CannotCheck
from gradients.calling.scenes import D
from gradients.calling.settling import look
from gradients.calling.suitable import fits
from gradients.measuring.manner import SLOPE
from language import _

COLUMN = re.compile(r"(?i)shape\W{1,9}\(?\w+, ?1\)")  # x : numpy array, shape (input_size, 1)
NUMBERS = (0.7, -1.3, 0.4)  # for functions of numbers


def slope_of_one(prepared: Prepared, thing: Any, pairs: list[Pair], seed: int) -> Prepared:
    """Return what was prepared, or the same for one sample or for numbers where backward gives a slope of these alone.

    That is the Jacobian of one sample; or, of two numbers, a derivative that is written with ``np.dot``.
    """
    subject = prepared.subject
    count = 0 if prepared.is_network or subject.is_loss else len(subject.point.inputs)
    if subject.slots or not count or (count > 1 and subject.takes_dout):
        return prepared
    if fits(subject) if count == 1 else look(subject, seed) > 0.0:
        return prepared
    rng = np.random.default_rng(seed)
    ones = [(rng.standard_normal(shape),) for shape in ((D, 1), (1, D), (D,))] if count == 1 else [NUMBERS[:count]]
    for inputs in ones:
        with contextlib.suppress(CannotCheck, TypeError, ValueError):
            one = prepare(thing, pairs, [inputs], seed, fixed=True)
            is_slope = one.subject is not None and (one.subject.manner.gives == SLOPE or one.subject.is_loss)
            if is_slope and look(one.subject, seed) == 1.0:
                if isinstance(one.subject.first_returned, (tuple, list)):
                    continue  # several gradients are those of a layer
                if count > 1:
                    one.subject.remarks.append(_("right for numbers; for arrays it is not."))
                return one
    return prepared


def is_told_of_columns(thing: Any, forward: str) -> bool:
    """Return whether the lines of a forward say that it takes one sample in a column: ``x : shape (input_size, 1)``."""
    try:
        return bool(COLUMN.search(inspect.getsource(getattr(type(thing), forward))))
    except (AttributeError, OSError, TypeError):
        return False
