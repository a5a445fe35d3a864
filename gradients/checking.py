"""Say whether a layer's backward is right and, where it is not, what is wrong with it."""

from typing import Any

import numpy as np

from gradients.arguments import copied, kind_of
from gradients.comparing import compare_in_all
from gradients.diagnosis import Exam, diagnose
from gradients.precision import single_precision
from gradients.report import Finding, Report
from gradients.subject import LayerRaised, Subject
from gradients.surroundings import Rewind, quiet_and_restored
from gradients.verdict import raising, sort_out

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
    with quiet_and_restored():
        try:
            subject = Subject(layer, inputs)
        except LayerRaised as raised:
            return Report(f"{type(layer).__name__} on {' and '.join(map(kind_of, inputs))}", [], [raising(raised)])
        if not subject.names:
            raise TypeError(
                f"{subject.name}: there is nothing to differentiate; expected an input of floats or a parameter "
                f"(W with dW, or params and grads), got inputs {', '.join(map(kind_of, inputs)) or 'none'}"
            )
        try:
            return examine(subject, np.random.default_rng(seed), full)
        finally:
            subject.fresh()  # which puts the data of its classes back


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
        findings += settle(subject)
        exam = Exam(subject, rng)
    except LayerRaised as raised:
        return Report(subject.name, [], [raising(raised), *findings])
    exam.add_redrawn(REDRAWN)
    if exam.raised:
        findings.append(raising(exam.raised))
    results = [compare_in_all(exam, name, rng, full) for name in subject.names]
    named = diagnose(exam, [result.name for result in results if not result.ok])
    findings = sort_out(exam, findings, named)
    if not findings:
        findings += single_precision(exam)
    return Report(subject.name, results, findings)


def settle(subject: Subject) -> list[Finding]:
    """Find out how forward must be run so that it repeats itself; say so when it cannot."""
    _, first = subject.forward(subject.fresh(), list(map(copied, subject.point.inputs)))
    _, second = subject.forward(subject.fresh(), list(map(copied, subject.point.inputs)))
    if all(np.array_equal(a, b, equal_nan=True) for a, b in zip(first, second, strict=True)):
        layer = subject.fresh()
        rewind = Rewind(layer)
        subject.forward(layer, list(map(copied, subject.point.inputs)))
        params = subject.params_of(layer)
        rewind()
        _, second = subject.forward(layer, list(map(copied, subject.point.inputs)))
        if all(np.array_equal(a, b, equal_nan=True) for a, b in zip(first, second, strict=True)):
            return []
        subject.forgetful = True
        if any(not np.array_equal(params[name], value) for name, value in subject.point.params.items()):
            return []
    subject.seeded = True
    return [
        Finding(
            "nondeterministic",
            None,
            "forward gives another result for the same input, so its gradient cannot be told. A layer that draws "
            "random numbers draws them from a generator of its own, self.rng = np.random.default_rng(seed), which "
            "can be put back; not from np.random or a generator outside.",
            {
                "largest difference of two forwards": max(
                    float(np.abs(a - b).max()) for a, b in zip(first, second, strict=True)
                )
            },
        )
    ]
