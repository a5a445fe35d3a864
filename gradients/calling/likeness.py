"""How like the right ones wrong gradients are: what tells a loss's meaning where no reading of it comes out right."""

import numpy as np

from gradients.judging.gradients_of_scores import are_of_scores
from gradients.measuring.exam import Exam
from gradients.measuring.point import LayerRaised
from gradients.measuring.subject import Subject

PROPORTIONAL = 1e-6  # of the squared sine of the angle between two gradients


def given_and_right(subject: Subject, seed: int) -> tuple[np.ndarray, np.ndarray] | None:
    """Return all gradients of a loss in one row, as backward gives them and as they should be; None where it cannot."""
    if not subject.is_loss:
        return None
    try:
        case = Exam(subject, np.random.default_rng(seed), cases=1).cases[0]
    except LayerRaised:
        return None
    given, right = [], []
    for name in subject.names:
        part, should = case.given(name), case.right(name).value
        if part is None or part.shape != should.shape:
            return None
        given.append(part.ravel())
        right.append(should.ravel())
    pair = (np.concatenate(given), np.concatenate(right)) if given else (np.zeros(0), np.zeros(0))
    return pair if all(np.isfinite(part).all() and part.any() for part in pair) else None


def times_too_large(subject: Subject, seed: int) -> float | None:
    """Return how many times as large as the right gradients of a loss those of backward are; None where it cannot."""
    pair = given_and_right(subject, seed)
    return None if pair is None else float(np.linalg.norm(pair[0]) / np.linalg.norm(pair[1]))


def is_multiple(subject: Subject, seed: int) -> bool:
    """Return whether the gradients of a loss are right but for a factor: a simple mistake, and so a likely one."""
    pair = given_and_right(subject, seed)
    if pair is None:
        return False
    given, right = (part / np.linalg.norm(part) for part in pair)
    return bool(1 - (given @ right) ** 2 < PROPORTIONAL)


def gives_scores(subject: Subject, seed: int) -> bool:
    """Return whether a loss gives a multiple of p - t: the gradient of the scores before a softmax or sigmoid."""
    if not subject.is_loss:
        return False
    try:
        return are_of_scores(Exam(subject, np.random.default_rng(seed), cases=1))
    except LayerRaised:
        return False
