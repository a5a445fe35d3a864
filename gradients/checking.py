"""Say whether a layer's backward is right and, where it is not, what is wrong with it."""

from dataclasses import replace
from typing import Any

import numpy as np

from gradients.arguments import copied, kind_of
from gradients.comparison import relative_error
from gradients.diagnosis import Case, Exam, diagnose, overwriting, state_findings
from gradients.differences import Gradient
from gradients.large import confirms, sampled
from gradients.network_subject import NetworkSubject
from gradients.precision import single_precision
from gradients.report import ArrayResult, Finding, Report
from gradients.subject import LayerRaised, Subject
from gradients.surroundings import Rewind, quiet_and_restored

TOLERANCE = 1e-6
TOLERANCE_LOSS = 2e-5  # log(y + 1e-7) and its like are customary in losses
TOLERANCE_COARSE = 3e-2
WHOLE = 400  # elements up to which an array is checked whole
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
                "(W with dW, "
                f"or params and grads), got inputs {', '.join(map(kind_of, inputs)) or 'none'}"
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
            "random "
            "numbers draws them from a generator of its own, self.rng = np.random.default_rng(seed), which can be "
            "put back; not from np.random or a generator outside.",
            {
                "largest difference of two forwards": max(
                    float(np.abs(a - b).max()) for a, b in zip(first, second, strict=True)
                )
            },
        )
    ]


def compare_in_all(exam: Exam, name: str, rng: np.random.Generator, full: bool) -> ArrayResult:
    """Return the comparison of one gradient: of the case in which it is worst."""
    results = [compare_case(exam, case, name, rng, full) for case in exam.cases]
    wrong = [result for result in results if not result.ok]
    return max(wrong, key=lambda r: r.max_relative_error) if wrong else results[0]


def compare_case(exam: Exam, case: Case, name: str, rng: np.random.Generator, full: bool) -> ArrayResult:
    """Compare one gradient in one case: whole where it is small, else by some elements and by random directions."""
    given, shape = case.given(name), case.truth.evaluator.arrays[name].shape
    if given is None or given.shape != shape:
        return ArrayResult(name, shape, 0, 0, float("inf"), None, None, None, ok=False)
    if given.size <= WHOLE:
        return result_of(exam, case, name, case.right(name), given)
    if full:
        right = case.right(name)
        if not confirms(case.truth, name, right, case.dout, rng):
            right = case.truth.elements(name, case.dout, list(np.ndindex(shape)))
            right = Gradient(*(part.reshape(shape) for part in right))
            case.rights[name] = right
        return result_of(exam, case, name, right, given)
    indices, right, clean = sampled(case, name, rng)
    result = result_of(exam, case, name, right, np.array([given[index] for index in indices]), shape, indices)
    return result if clean or not result.ok else replace(result, ok=False)


def result_of(
    exam: Exam,
    case: Case,
    name: str,
    right: Gradient,
    given: np.ndarray | None,
    shape: tuple[int, ...] | None = None,
    indices: list[tuple[int, ...]] | None = None,
) -> ArrayResult:
    """Return how the given gradient compares with the right one; ``indices`` where only some elements are there."""
    shape = right.value.shape if shape is None else shape
    if given is None or given.shape != right.value.shape:
        return ArrayResult(name, shape, 0, 0, float("inf"), None, None, None, ok=False)
    smooth, kinks = ~right.kink, int(right.kink.sum())
    if not smooth.any():
        return ArrayResult(name, shape, 0, kinks, 0.0, None, None, None, ok=True)
    tolerance = tolerance_of(exam.subject, case)
    floor = right.noise / tolerance + 1e-6 * np.abs(right.value).max(initial=0.0)
    errors = np.where(smooth, relative_error(given, right.value, smallest=floor), 0.0)
    worst = np.unravel_index(errors.argmax(), errors.shape)
    return ArrayResult(
        name,
        shape,
        int(smooth.sum()),
        kinks,
        float(errors[worst]),
        tuple(int(i) for i in (worst if indices is None else indices[int(worst[0])])),
        float(given[worst]),
        float(right.value[worst]),
        ok=bool(errors[worst] <= tolerance),
    )


def tolerance_of(subject: Subject, case: Case) -> float:
    """Return the largest relative error that counts as right."""
    if case.truth.evaluator.is_coarse:
        return TOLERANCE_COARSE
    return TOLERANCE_LOSS if subject.is_loss else TOLERANCE


def raising(raised: LayerRaised) -> Finding:
    """Return the finding that the layer raises."""
    return Finding(
        "raises",
        None,
        f"{raised}.",
        {"call": raised.call, "exception": f"{type(raised.error).__name__}: {raised.error}"},
    )


def sort_out(exam: Exam, before: list[Finding], named: list[Finding]) -> list[Finding]:
    """Return all findings, causes before what follows from them."""
    subject = exam.subject
    parameter_names = {slot.gradient_name for slot in subject.slots}
    overwritten = [f for case in exam.cases[:1] for f in overwriting(case.run, parameter_names)]
    kept = state_findings(exam)
    ignoring = ignores_scale(exam) if not named else []
    raised = [f for f in before if f.code == "raises"]
    random = [f for f in before if f.code == "nondeterministic"]
    if overwritten and named and follows_from_overwriting(exam, named):
        return [*raised, *overwritten, *random, *kept]
    vague = [f for f in named if f.code in ("unknown", "partly-wrong")]
    sure = [f for f in named if f not in vague]
    return [*raised, *sure, *random, *overwritten, *kept, *vague, *ignoring]


def follows_from_overwriting(exam: Exam, named: list[Finding]) -> bool:
    """Return whether the gradients become right when what was overwritten is put back before backward."""
    case = exam.cases[0]
    if all(call == "backward" for call in case.run.overwritten.values()):
        return all(f.code in ("unknown", "partly-wrong") for f in named)
    try:
        run = exam.subject.run(case.point, case.douts, protect=True)
    except LayerRaised:
        return False
    return all(result_of(exam, case, n, case.right(n), run.gradients[n]).ok for n in exam.subject.names)


def ignores_scale(exam: Exam) -> list[Finding]:
    """Return the finding that a loss's backward, right for dout = 1, is so for no other."""
    subject, case = exam.subject, exam.cases[0]
    if not subject.is_loss or subject.accepts == 0 or isinstance(subject, NetworkSubject):
        return []
    double = subject.run(case.point, [np.array(2.0)]).gradients
    single = case.run.gradients
    same = [
        n for n in subject.names if np.any(single[n]) and double[n] is not None and np.allclose(double[n], single[n])
    ]
    return [
        Finding(
            "ignores-dout",
            name,
            f"{name} is right for dout = 1, but does not change with dout. Multiply it by dout, so that the loss "
            "can be scaled or "
            "be one term of several.",
            {"backward(2)": "equals backward(1)"},
        )
        for name in same
    ]
