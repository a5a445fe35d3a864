"""forward-wrong: the backward belongs to a well-known forward, though forward is another."""

from collections.abc import Callable
from typing import Any

import numpy as np

from gradients.diagnosis.suspect import Suspect
from gradients.diagnosis.well_known_forwards import Forward, candidates
from gradients.measuring.case import Case
from gradients.measuring.differences import Truth
from gradients.measuring.exam import Exam
from gradients.measuring.point import LayerRaised, Point
from gradients.measuring.subject import Subject
from gradients.report import Finding
from language import _


class KnownSubject:
    """A well-known forward in the place of the layer's own, so that it is differentiated in the same way."""

    is_apart = False
    forward_seconds = 0.0

    def __init__(self, subject: Subject, function: Forward) -> None:
        self.function, self.point = function, subject.point
        self.is_loss, self.output_shapes = subject.is_loss, subject.output_shapes
        self.input_names, self.differentiable, self.names = subject.input_names, subject.differentiable, subject.names
        self.seeded = self.forgetful = False
        self.batch_axis = subject.batch_axis
        self.precision = subject.precision

    def fresh(self, point: Point | None = None) -> dict[str, np.ndarray]:
        """Return the parameters at a point."""
        params = self.point.params | (point.params if point else {})
        return {name: np.array(params[name], float) for name in self.point.params}

    def live_params(self, instance: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        """Return the very parameters."""
        return instance

    def set_params(self, instance: dict[str, np.ndarray], params: dict[str, np.ndarray]) -> None:
        """Set parameters."""
        instance.update(params)

    def rewinder(self, instance: Any) -> Callable[[], None]:
        """Return what rewinds its random generators: it has none."""
        return lambda: None

    def forward(self, instance: dict[str, np.ndarray], inputs: Any) -> tuple[Any, list[np.ndarray]]:
        """Return the well-known output for these inputs and the copy's parameters."""
        try:
            return instance, [np.array(self.function(list(inputs), list(instance.values())), float)]
        except Exception as error:
            raise LayerRaised("known forward", error) from error


def value_of(subject: Subject, point: Point, function: Forward) -> np.ndarray | None:
    """Return a well-known forward's output at a point, None where it cannot be."""
    params = [point.params.get(name, value) for name, value in subject.point.params.items()]
    try:
        return np.asarray(function(list(point.inputs), params), float)
    except Exception:
        return None


def forward_is_known(exam: Exam) -> str | None:
    """Return the name of the well-known forward that this forward is, None where it is none."""
    for name, function in candidates(exam.subject):
        if all(matches(value_of(exam.subject, case.point, function), case.output()) for case in exam.cases):
            return name
    return None


def nearly(a: np.ndarray, b: np.ndarray) -> bool:
    """Return whether two outputs differ by no more than low precision or a small guard explains."""
    return bool(np.abs(a - b).max(initial=0.0) <= 1e-4 * max(np.abs(b).max(initial=0.0), 1e-300))


def matches(a: np.ndarray | None, b: np.ndarray | None) -> bool:
    """Return whether two outputs are the same but for rounding."""
    if a is None or b is None or a.shape != b.shape or not np.isfinite(a).all():
        return False
    return bool(np.abs(a - b).max(initial=0.0) <= 1e-6 * max(1e-300, np.abs(b).max(initial=0.0)))


def forward_wrong(exam: Exam, suspects: list[Suspect]) -> Finding | None:
    """All that backward gives belongs to a well-known forward that this forward is not."""
    subject, names = exam.subject, exam.subject.names
    if not suspects or any(case.given(name) is None for case in exam.cases for name in names):
        return None
    if len(subject.output_shapes) != 1:
        return None
    tried = 0
    for known, function in candidates(subject):
        outputs = [value_of(subject, case.point, function) for case in exam.cases]
        pairs = list(zip(outputs, exam.cases, strict=True))
        if all(y is not None and y.shape == case.output().shape and nearly(y, case.output()) for y, case in pairs):
            continue
        if any(y is None or y.shape != case.output().shape or not np.isfinite(y).all() for y, case in pairs):
            continue
        tried += 1
        if tried > 80:
            return None
        stand_in = KnownSubject(subject, function)
        if all(belongs(stand_in, case, suspects[0], names) for case in exam.cases[-2:]):
            if not all(belongs(stand_in, case, suspects[0], names) for case in exam.cases):
                continue
            case, known = exam.cases[-1], _(known)
            return Finding(
                "forward-wrong",
                None,
                _(
                    "backward is right for {known}, but forward computes something else, so the mistake seems to be "
                    "in forward. Compare it with that formula.",
                    known=known,
                ),
                {
                    "backward belongs to": known,
                    "forward gives": case.output().ravel()[:4],
                    "the matching forward would give": outputs[-1].ravel()[:4],
                },
            )
    return None


def belongs(stand_in: KnownSubject, case: Case, suspect: Suspect, names: list[str]) -> bool:
    """Return whether all gradients of a case are those of the stand-in."""
    try:
        truth = Truth(stand_in, case.point)
    except LayerRaised:
        return False
    for name in sorted(names, key=lambda name: truth.evaluator.arrays[name].size):
        given = case.given(name)
        if given.shape != truth.evaluator.arrays[name].shape or not truth.is_small(name):
            return False
        few = np.argsort(-np.abs(given), axis=None)[:3]
        places = [np.unravel_index(k, given.shape) for k in few]
        close = truth.elements(name, case.dout, places).value - [given[place] for place in places]
        if np.abs(close).max(initial=0.0) > 1e-2 * np.abs(given).max(initial=0.0):
            return False
        expected = truth.gradient(name, case.dout)
        if expected.kink.mean() > 0.5:
            return False
        if not suspect.same(np.where(expected.kink, 0, given), np.where(expected.kink, 0, expected.value)):
            return False
    return True
