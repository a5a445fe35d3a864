"""The check of a layer or of functions: the manner in which it is meant is found, and what it gives examined."""

from collections.abc import Iterable, Sequence
from typing import Any

from gradients.calling.preparing import Pair, prepare
from gradients.calling.verdict import judge
from gradients.measuring.surroundings import class_state, quiet_and_restored, restore_classes_quietly
from gradients.report import Report


def check_thing(
    thing: Any,
    pairs: Sequence[Pair],
    candidates: Iterable[Any],
    seed: int,
    full: bool = False,
    fixed: bool = False,
    strict: bool = False,
) -> Report:
    """Return the report on a layer or on functions; see :func:`gradients.calling.preparing.prepare`."""
    state = class_state(thing)
    with quiet_and_restored():
        try:
            return judge(prepare(thing, pairs, candidates, seed, fixed), seed, full, strict)
        finally:
            restore_classes_quietly(state)
