"""Arrays too large to move every element: some elements, and random directions that involve them all."""

import numpy as np

from gradients.measuring.case import Case
from gradients.measuring.differences import Gradient, Truth
from gradients.measuring.exam import Exam
from gradients.measuring.plan import WHOLE

SLACK_LOSS = 5e-6  # the same for a loss, whose logarithm may be guarded by 1e-7
SLACK = 2e-7  # of what an element adds to a direction's derivative, on average


def sampled(
    exam: Exam, case: Case, name: str, rng: np.random.Generator, least: int = 0
) -> tuple[list[tuple[int, ...]], Gradient, bool]:
    """Return some elements of a large array, their right gradient, and whether all the others seem right too.

    Elements that random directions show to be wrong are among them.
    """
    given = case.given(name)
    size = given.size
    count, directions = exam.plan.looked_at(size, exam.is_first(case))
    if exam.plan is not WHOLE:
        rng = np.random.default_rng(0)  # the same elements and directions for every dout, moved once
    flat = rng.choice(size, min(max(count, least), size), replace=False)
    everything = np.ones(size, bool)
    clean = all(agrees_along(case, name, everything, rng) for _ in range(directions))
    if not clean:
        flat = np.concatenate([locate(case, name, rng, exam.plan.located), flat])
    indices = [tuple(int(i) for i in np.unravel_index(k, given.shape)) for k in flat]
    return indices, case.truth.elements(name, case.dout, indices), clean


def agrees_along(case: Case, name: str, chosen: np.ndarray, rng: np.random.Generator) -> bool:
    """Return whether backward predicts the change along a random direction in the chosen elements.

    A direction on which forward has a kink says nothing, and another is tried nearer by.
    """
    given, truth = case.given(name), case.truth
    signs = np.where(chosen, rng.choice([-1.0, 1.0], given.size) * rng.uniform(0.5, 1.5, given.size), 0.0)
    for reach in (10.0, 0.1, 1e-3):
        direction = (signs * reach / np.sqrt(chosen.sum())).reshape(given.shape) * truth.steps[name]
        right = truth.along({name: direction}, case.dout)
        if right.kink:
            continue
        terms = given * direction
        share = SLACK_LOSS if case.subject.is_loss else SLACK
        slack = share * np.sqrt((terms**2).sum()) + 4 * float(right.noise) + 1e-13 * np.abs(terms).sum()
        return bool(abs(terms.sum() - float(right.value)) <= slack)
    return True


def locate(case: Case, name: str, rng: np.random.Generator, most: int) -> np.ndarray:
    """Return the flat places of some wrong elements, ``most`` of them, found by halving the array."""
    found: list[int] = []
    stack = [np.arange(case.given(name).size)]
    while stack and len(found) < most:
        part = stack.pop()
        chosen = np.zeros(case.given(name).size, bool)
        chosen[part] = True
        if agrees_along(case, name, chosen, rng):
            continue
        if len(part) == 1:
            found.append(int(part[0]))
        else:
            stack += [part[len(part) // 2 :], part[: len(part) // 2]]
    return np.array(found, int)


def confirms(truth: Truth, name: str, gradient: Gradient, dout: np.ndarray, rng: np.random.Generator) -> bool:
    """Return whether a gradient found by moving many elements at once holds along a random direction."""
    for reach in (10.0, 0.1):
        signs = rng.choice([-1.0, 1.0], gradient.value.shape)
        direction = signs * reach / np.sqrt(gradient.value.size) * truth.steps[name]
        right = truth.along({name: direction}, dout)
        if right.kink or gradient.kink.any():
            continue
        terms = gradient.value * direction
        slack = SLACK * np.sqrt((terms**2).sum()) + 4 * float(right.noise) + (gradient.noise * np.abs(direction)).sum()
        return bool(abs(terms.sum() - float(right.value)) <= slack)
    return True
