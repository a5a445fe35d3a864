"""Losses of probabilities whose backward gives p - t: the gradient with respect to the scores before the softmax.

Losses of log-probabilities that give exp(log p) - t do the same, before a log-softmax.
"""

from collections.abc import Callable

import numpy as np

from gradients.diagnosis.shared import is_difference
from gradients.judging.one_gradient import result_of
from gradients.measuring.case import Case
from gradients.measuring.differences import Gradient
from gradients.measuring.exam import Exam, is_between
from gradients.measuring.manner import SUM
from gradients.report import Finding
from language import N_, _

OF_SCORES = N_("with respect to the scores before the")  # what a note has among its evidence
SAME = 1e-5  # relative to the largest element
SAME_FACTOR = 1e-4

Chain = Callable[[np.ndarray, np.ndarray], np.ndarray]


def of_scores(exam: Exam) -> Finding | None:
    """Return what is to be said of a loss that gives a multiple of p - t; None where it gives something else.

    That is the gradient with respect to the scores where it is the right one times the Jacobian of the softmax,
    sigmoid or log-softmax, at the probabilities themselves.
    """
    name = exam.subject.names[0]
    for which, chain in CHAINS.items():
        factors = [times_too_large(exam, case, name, chain) for case in exam.cases]
        if None in factors or np.ptp(factors) > SAME_FACTOR * max(factors):
            continue
        known = conventions(exam, name, which)
        more = next((text for times, text in known.items() if abs(factors[0] / times - 1) < SAME_FACTOR), None)
        return wrong_by_a_factor(exam, name, which, factors[0]) if more is None else right_for(name, which, more)
    return None


def are_of_scores(exam: Exam) -> bool:
    """Return whether a loss gives a multiple of p - t in the first case, for the softmax, sigmoid or log-softmax."""
    if len(exam.subject.names) != 1 or exam.subject.names[0] not in exam.subject.input_names:
        return False
    name = exam.subject.names[0]
    return any(times_too_large(exam, exam.cases[0], name, chain) is not None for chain in CHAINS.values())


def times_too_large(exam: Exam, case: Case, name: str, chain: Chain) -> float | None:
    """Return how many times the gradient of the scores is given; None where something else is."""
    place = exam.subject.input_names[name]
    x, given = np.asarray(case.point.inputs[place]), case.given(name)
    p = np.exp(x) if chain is through_log_softmax else x
    if chain is not through_log_softmax and not is_between(p):
        return None
    if given is None or given.shape != p.shape or not is_difference(case, place, given, p):
        return None
    right = case.right(name)
    expected = chain(p, right.value)
    if not expected.any():
        return None
    times = float((given * expected).sum() / (expected * expected).sum())
    if times <= 0:
        return None
    result = result_of(exam, case, name, Gradient(times * expected, times * right.noise, right.kink), given)
    return times if result.ok and result.checked else None


def through_softmax(p: np.ndarray, gradient: np.ndarray) -> np.ndarray:
    """Return the gradient of the scores of which p is the softmax, by rows, or by columns where these add up to 1."""
    columns = p.ndim > 1 and not np.allclose(p.sum(axis=-1), 1) and np.allclose(p.sum(axis=0), 1)
    return p * (gradient - (p * gradient).sum(axis=0 if columns else -1, keepdims=True))


def through_sigmoid(p: np.ndarray, gradient: np.ndarray) -> np.ndarray:
    """Return the gradient of the scores of which p is the sigmoid."""
    return p * (1 - p) * gradient


def through_log_softmax(p: np.ndarray, gradient: np.ndarray) -> np.ndarray:
    """Return the gradient of the scores of which log p is the log-softmax, by rows, or by columns where targets are."""
    columns = p.ndim > 1 and np.ptp(gradient.sum(axis=0)) < SAME * np.abs(gradient).max() < np.ptp(
        gradient.sum(axis=-1)
    )
    return gradient - p * gradient.sum(axis=0 if columns else -1, keepdims=True)


CHAINS: dict[str, Chain] = {
    "softmax": through_softmax,
    "sigmoid": through_sigmoid,
    "log-softmax": through_log_softmax,
}


def conventions(exam: Exam, name: str, which: str) -> dict[float, str]:
    """Return the factors with which the gradient of the scores is right, and what is to be said of each."""
    p = exam.subject.point.inputs[exam.subject.input_names[name]]
    known = {1.0: ""}
    if exam.subject.manner.total == SUM:  # of the losses of elements or samples, which may be averaged too
        return known | {1.0 / len(p): "", 1.0 / p.size: ""}
    if which == "sigmoid" and p.ndim == 2 and p.shape[1] > 1:
        known[float(p.shape[1])] = _(
            "It is right for one output per sample; for {outputs} it is {outputs} times too large.", outputs=p.shape[1]
        )
    return known


def right_for(name: str, which: str, more: str) -> Finding:
    """Return the note that the gradient of a loss is that of the scores before softmax or sigmoid."""
    is_log = which == "log-softmax"
    message = _(
        "{name} is {difference}, the gradient with respect to the scores before the {softmax}, though forward is "
        "given {given}. That is right where the {softmax} before it passes the gradient on as it comes, and wrong "
        "where it multiplies by its own derivative.",
        name=name,
        difference="exp(x) - t" if is_log else "p - t",
        softmax=which,
        given=_("x, the log-probabilities") if is_log else "p",
    )
    return Finding("combined", name, f"{message} {more}".rstrip(), {OF_SCORES: which})


def wrong_by_a_factor(exam: Exam, name: str, which: str, times: float) -> Finding:
    """Return the finding that p - t is too large or too small for the gradient of the scores."""
    batch, size = exam.batch_size or 0, np.size(exam.subject.point.inputs[exam.subject.input_names[name]])
    code, why = "constant-factor", _("Divide by what forward divides by, and by nothing else.")
    if batch > 1 and abs(times / batch - 1) < SAME_FACTOR:
        code, why = "missing-batch-average", _("Forward averages over the N samples, so divide by N.")
    elif batch > 1 and abs(times * batch - 1) < SAME_FACTOR:
        code, why = "extra-batch-average", _("Forward does not average over the N samples, so do not divide by N.")
    elif size > batch > 1 and abs(times / size - 1) < SAME_FACTOR:
        why = _("Forward averages over all N K elements, so divide by N K.")
    return Finding(
        code,
        name,
        _(
            "{name} is a multiple of {difference}, the gradient with respect to the scores before the {softmax}. That "
            "is right where the {softmax} passes it on as it comes, but for its size: it is {times:.4g} times the "
            "right one. {why}",
            name=name,
            difference="exp(x) - t" if which == "log-softmax" else "p - t",
            softmax=which,
            times=times,
            why=why,
        ),
        {"backward / right": times, "batch size N": batch},
    )
