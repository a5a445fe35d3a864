"""What else can be said of a class with which no forward works: what is not written yet, what is to be called first."""

from collections.abc import Sequence
from typing import Any

from gradients.calling.problems import CannotCheck, NoInputs
from gradients.calling.verbs import methods_of
from gradients.homework.setting_up import methods_that_set
from gradients.homework.unfinished import only_ever_none
from language import _


def with_remedy(cls: type, pairs: Sequence[tuple[Any, ...]], problem: CannotCheck) -> CannotCheck:
    """Return why a class cannot be checked, with what its source tells of that."""
    error = problem.__cause__
    forward = methods_of(cls).get(pairs[0][0]) if pairs else None
    if not isinstance(problem, NoInputs) or forward is None:
        return problem
    unwritten = only_ever_none(forward) if "None" in str(error) else []
    if unwritten:
        told = _(
            "{name}: left out, it is unfinished: {value} is only ever None in {forward}",
            name=cls.__name__,
            value=unwritten[0],
            forward=pairs[0][0],
        )
        return CannotCheck(told)
    if isinstance(error, AttributeError) and isinstance(error.obj, cls):
        before = methods_that_set(cls, error.name, but=[name for pair in pairs for name in pair[:2]])
        if before:
            return CannotCheck(
                _(
                    "{problem}. {method} sets {attribute}: write a function that makes an object and calls it, and "
                    'name it: --make "my_layer()"',
                    problem=problem,
                    method=before[0],
                    attribute=error.name,
                )
            )
    return problem
