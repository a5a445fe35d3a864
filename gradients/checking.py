"""Say whether a layer's backward is right and, where it is not, what is wrong with it."""

from dataclasses import replace
from typing import Any

import numpy as np

from gradients.diagnosis import diagnose
from gradients.judging.nondeterministic import difference_of_copies, make_repeatable
from gradients.judging.one_gradient import WHOLE, compare_case, compare_in_all
from gradients.judging.single_precision import single_precision
from gradients.measuring.arguments import kind_of
from gradients.measuring.case import Case
from gradients.measuring.exam import Exam
from gradients.measuring.point import LayerRaised
from gradients.measuring.subject import Subject
from gradients.measuring.surroundings import quiet_and_restored, restore_classes_quietly
from gradients.order_of_findings import order_findings, raised_finding
from gradients.report import ArrayResult, Finding, Report

REDRAWN = 2


def check_layer(layer: Any, *inputs: Any, seed: int = 0, full: bool = False) -> Report:
    """Check the ``backward`` of anybody's layer against numerical differentiation of its ``forward``.

    A random ``dout`` is drawn, and sum(dout * forward(x)) differentiated with respect to each float input and each
    parameter, in float64, by central differences whose step suits each element. Elements where forward has a kink
    are left out and counted. When the two disagree, or backward does something that it must not, the report names
    the mistake.

    Parameters
    ----------
    layer : object
        Anything with ``forward`` and ``backward``. Its parameters are found in ``params`` and ``grads``, or as
        attributes ``name`` with ``dname``. It comes back as it was: copies of it are checked.
    *inputs : array
        The arguments of forward: x; or x and y; or x and the labels t, for a loss. A few samples are best: four to
        eight, and sizes that differ, so that a transpose shows.
    seed : int
        Of ``dout``, and of the further inputs that are drawn from the given ones.
    full : bool
        Check every element of large arrays too, and not only some of them and random directions in all.

    Returns
    -------
    Report

    Raises
    ------
    TypeError
        When the layer has no forward or no backward, or there is nothing to differentiate.

    Examples
    --------
    >>> import numpy as np
    >>> class Square:
    ...     def forward(self, x):
    ...         self.x = x
    ...         return x ** 2
    ...     def backward(self, dout):
    ...         return dout * self.x
    >>> report = check_layer(Square(), np.array([[1.0, -2.0, 3.0], [0.5, 4.0, -1.0]]))
    >>> report.ok, report.findings[0].code, report.findings[0].evidence["as a fraction"]
    (False, 'constant-factor', '1/2')
    """
    require_layer(layer)
    if any(isinstance(x, np.ndarray) and x.size == 0 for x in inputs):
        raise ValueError(f"check_layer needs at least one sample, got {', '.join(map(kind_of, inputs))}")
    with quiet_and_restored():
        try:
            subject = Subject(layer, inputs)
        except LayerRaised as raised:
            return Report(
                f"{type(layer).__name__} on {' and '.join(map(kind_of, inputs))}", [], [raised_finding(raised)]
            )
        if not subject.names:
            raise TypeError(
                f"{subject.name}: there is nothing to differentiate; expected an input of floats or a parameter "
                f"(W with dW, or params and grads), got inputs {', '.join(map(kind_of, inputs)) or 'none'}"
            )
        try:
            return examine(subject, np.random.default_rng(seed), full)
        finally:
            restore_classes_quietly(subject.class_state)


def require_layer(layer: Any) -> None:
    """Raise TypeError unless something has forward and backward."""
    if isinstance(layer, type):
        raise TypeError(
            f"check_layer needs an object, got the class {layer.__name__}; make one, as in {layer.__name__}()"
        )
    missing = [name for name in ("forward", "backward") if not callable(getattr(layer, name, None))]
    if missing:
        raise TypeError(
            f"{type(layer).__name__} has no {' and no '.join(missing)}; a layer has forward(x) and backward(dout)"
        )


def examine(subject: Subject, rng: np.random.Generator, full: bool) -> Report:
    """Compare all gradients in several cases, and name what is wrong."""
    findings: list[Finding] = []
    try:
        findings += make_repeatable(subject)
        if subject.seeded and difference_of_copies(subject) > 0:
            return Report(subject.name, [], findings)  # nothing can be compared with what changes each time
        exam = Exam(subject, rng)
    except LayerRaised as raised:
        return Report(subject.name, [], [raised_finding(raised), *findings])
    if not np.isfinite(exam.cases[0].truth.outputs).all():
        return Report(subject.name, [], [*findings, forward_undefined()])
    exam.add_redrawn(REDRAWN)
    if exam.raised:
        findings.append(raised_finding(exam.raised))
    results = [compare_in_all(exam, name, rng, full) for name in subject.names]
    if all(result.ok and nowhere_smooth(exam, result) for result in results):
        findings.append(nothing_comparable(results[0].name))
    named = diagnose(exam, [result.name for result in results if not result.ok])
    findings = order_findings(exam, findings, named)
    if not findings:
        findings += single_precision(exam)
    report = Report(subject.name, results, findings)
    return other_batch_sizes(exam, report, rng) if report.ok and not full else report


def other_batch_sizes(exam: Exam, report: Report, rng: np.random.Generator) -> Report:
    """Return the report, or that of a batch of another size where only such a one shows that something is wrong."""
    batch = exam.batch_size or 0
    for n in {1, batch + 1} - {batch}:
        case = exam.resized(n) if batch else None
        if case is None or all(compare_case(exam, case, name, rng, full=False).ok for name in small_names(case)):
            continue
        later = examine(exam.subject.at(case.point), rng, full=True)
        if not later.ok:
            few = "1 sample" if n == 1 else f"{n} samples"
            return replace(later, findings=[replace(f, message=f"With {few}: {f.message}") for f in later.findings])
    return report


def small_names(case: Case) -> list[str]:
    """Return the gradients of a case that are small enough to be compared whole."""
    return [name for name, array in case.truth.evaluator.arrays.items() if array.size <= WHOLE]


def forward_undefined() -> Finding:
    """Return the finding that forward is not finite where it was asked."""
    return Finding(
        "unknown",
        None,
        "forward gives NaN or infinity for this input, so there is no gradient to compare. Either forward is wrong, or "
        "it is not meant for this input: give another one (positive numbers for a logarithm, for example).",
        {"forward": "not finite"},
    )


def nowhere_smooth(exam: Exam, result: ArrayResult) -> bool:
    """Return whether a gradient could be compared in none of the cases, because forward is smooth nowhere."""
    if result.checked or not result.kinks or exam.subject.is_loss:
        return False
    return all(case.right(result.name).kink.all() for case in exam.cases)


def nothing_comparable(name: str) -> Finding:
    """Return the finding that there is no smooth place to compare at."""
    return Finding(
        "unknown",
        name,
        f"{name} could not be compared: forward has a kink at every element, or changes too fast for differences. "
        "Give other inputs, with values of about 1.",
        {"checked": 0},
    )
