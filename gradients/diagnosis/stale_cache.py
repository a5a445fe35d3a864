"""stale-cache, accumulates: what a layer keeps that it should not, sums of former calls and old values."""

import numpy as np

from gradients.diagnosis.suspect import Suspect
from gradients.measuring.case import Case
from gradients.measuring.exam import Exam
from gradients.measuring.point import LayerRaised, Run
from gradients.report import Finding
from language import _


def state_findings(exam: Exam) -> list[Finding]:
    """Return the findings about calls that influence each other."""
    if len(exam.cases) < 2 or exam.subject.piles_up:
        return []
    first, last = exam.cases[0], exam.cases[-1]
    subject = exam.subject
    found: dict[str, Finding] = {}
    for name, finding in after_another_call(exam, first, last).items():
        found.setdefault(name, finding)
    other = exam.resized((exam.batch_size or 1) + 2) if exam.plan.others else None
    if other is not None and not found:
        for name, finding in after_another_call(exam, first, other).items():
            found.setdefault(name, finding)
    if not found:
        found |= beside_another_object(exam, first, last)
    return [found[name] for name in subject.names if name in found]


def after_another_call(exam: Exam, first: Case, second: Case) -> dict[str, Finding]:
    """Return what is wrong with the second of two calls of one object, though the same call alone gives otherwise."""
    subject = exam.subject
    instance = subject.fresh(first.point)
    rewind = subject.rewinder(instance)
    try:
        one = subject.run(first.point, first.douts, instance)
        rewind()
        subject.set_params(instance, second.point.params)
        two = subject.run(second.point, second.douts, instance)
    except LayerRaised as raised:
        return {subject.names[0]: raised_later(raised)} if second.run.gradients else {}
    if not same_outputs(two, second.run):
        return {}
    found = {}
    for name in subject.names:
        alone, again, before = second.run.gradients[name], two.gradients[name], one.gradients[name]
        if same(alone, again):
            continue
        adds_up = accumulated(before, alone, again) or doubles(exam, first, name)
        found[name] = accumulating(name) if adds_up else stale(name, _("an earlier forward"))
    return found


def doubles(exam: Exam, case: Case, name: str) -> bool:
    """Return whether the same call, repeated, gives twice as much."""
    instance = exam.subject.fresh(case.point)
    rewind = exam.subject.rewinder(instance)
    try:
        once = exam.subject.run(case.point, case.douts, instance).gradients[name]
        rewind()
        twice = exam.subject.run(case.point, case.douts, instance).gradients[name]
    except LayerRaised:
        return False
    return once is not None and np.any(once) and same(twice, 2 * once)


def beside_another_object(exam: Exam, first: Case, second: Case) -> dict[str, Finding]:
    """Return what is wrong with a backward before which another object of the class ran forward."""
    subject = exam.subject
    try:
        together = subject.run_beside(first.point, first.douts, second.point)
    except LayerRaised:
        return {}
    alone = first.run.gradients
    return {
        name: stale(name, _("another object of the class (it is kept in a class attribute or a global)"))
        for name in subject.names
        if not same(alone[name], together[name])
    }


def same(a: np.ndarray | None, b: np.ndarray | None) -> bool:
    """Return whether two gradients are the same but for rounding."""
    if a is None or b is None:
        return a is b
    if a.shape != b.shape:
        return False
    scale = max(np.abs(a).max(initial=0.0), np.abs(b).max(initial=0.0))
    return bool(np.array_equal(a, b, equal_nan=True) or np.abs(a - b).max(initial=0.0) <= 1e-9 * scale)


def same_outputs(a: Run, b: Run) -> bool:
    """Return whether two forwards gave the same."""
    return all(same(p, q) for p, q in zip(a.outputs, b.outputs, strict=True))


def accumulated(before: np.ndarray | None, alone: np.ndarray | None, again: np.ndarray | None) -> bool:
    """Return whether a second gradient is the sum of the first and of what it should be."""
    if before is None or alone is None or again is None or before.shape != alone.shape or again.shape != alone.shape:
        return False
    scale = max(np.abs(before).max(initial=0.0), np.abs(alone).max(initial=0.0))
    return bool(np.any(before) and np.abs(again - before - alone).max() <= 1e-7 * scale)


def accumulating(name: str) -> Finding:
    """Return the finding that a gradient adds up."""
    return Finding(
        "accumulates",
        name,
        _(
            "The second call's {name} is the sum of both calls' gradients: backward adds to what the previous call "
            "left. Assign the gradient (=, not +=), or set it to zero at the start of backward.",
            name=name,
        ),
        {"second call": _("equals the first gradient + the second")},
    )


def stale(name: str, whose: str) -> Finding:
    """Return the finding that old values are used."""
    return Finding(
        "stale-cache",
        name,
        _(
            "{name} depends on {whose}: backward uses values that this forward did not set. In every forward, set on "
            "self everything that backward reads, and read nothing else.",
            name=name,
            whose=whose,
        ),
        {"without the other call": _("the result is different")},
    )


def raised_later(raised: LayerRaised) -> Finding:
    """Return the finding that only a second call raises: something of the first is still there."""
    return Finding(
        "stale-cache",
        None,
        _(
            "After a call with other inputs, {raised}; alone, the same call works. Something left from the previous "
            "call (a batch size, a mask, a buffer) is used again: in every forward, set everything that backward "
            "reads.",
            raised=raised,
        ),
        {"exception": f"{type(raised.error).__name__}: {raised.error}"},
    )


def stale_parameter(suspect: Suspect) -> Finding | None:
    """The gradient is right until the parameters change: an old copy of one is used."""
    if not suspect.fits:
        return None
    at_rest = suspect.subject.point.params
    moved = [any(not np.array_equal(at_rest[n], p) for n, p in case.point.params.items()) for case in suspect.cases]
    triples = list(zip(suspect.given, suspect.right, suspect.cases, strict=True))
    right = [suspect.same(a, g, case) for a, g, case in triples]
    if not any(moved) or all(moved) or any(ok == far for ok, far in zip(right, moved, strict=True)):
        return None
    return stale(suspect.name, _("an earlier copy of a parameter, not on its current value"))
