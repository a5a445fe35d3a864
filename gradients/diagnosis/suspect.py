"""A gradient that is wrong, in all cases: what every hypothesis looks at."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from gradients.measuring.case import SAME, Case
from gradients.measuring.differences import Truth
from gradients.measuring.exam import Exam
from gradients.measuring.point import LayerRaised, Point

SAME_COARSE = 3e-2


@dataclass
class Suspect:
    """A gradient that is wrong, in all cases.

    Attributes
    ----------
    exam : Exam
    name : str
    cases : list of Case
        Those in which forward has no kink, as far as there are any.
    given, right : list of ndarray
        What backward gave and what is right, a pair for each case.
    """

    exam: Exam
    name: str

    def __post_init__(self) -> None:
        self.subject = self.exam.subject
        cases = [case for case in self.exam.cases if case.given(self.name) is not None]
        smooth = [case for case in cases if not case.right(self.name).kink.any()]
        self.cases = smooth or cases
        self.given = [case.given(self.name) for case in self.cases]
        self.right = [case.right(self.name).value for case in self.cases]

    @property
    def fits(self) -> bool:
        """Whether the shapes are right."""
        return all(a.shape == g.shape for a, g in zip(self.given, self.right, strict=True))

    def gives(self, predict: Callable[[Case], np.ndarray | None]) -> bool:
        """Return whether backward gives what ``predict`` returns, in every case."""
        if not self.cases:
            return False
        told = False
        for case, given in zip(self.cases, self.given, strict=True):
            predicted = predict(case)
            if predicted is None or not self.same(given, predicted, case):
                return False
            told |= bool(np.any(predicted != 0))
        return told

    def same(self, a: np.ndarray, b: np.ndarray, case: Case | None = None) -> bool:
        """Return whether two arrays are the same but for rounding."""
        a, b = np.asarray(a), np.asarray(b)
        if a.shape != b.shape or not (np.isfinite(a).all() and np.isfinite(b).all()):
            return False
        coarse = self.exam.truth_at(self.subject.point).evaluator.is_coarse
        scale = max(np.abs(a).max(initial=0.0), np.abs(b).max(initial=0.0))
        noise = 0.0
        if case is not None:
            noise = float(case.right(self.name).noise.max(initial=0.0))
        return bool(np.abs(a - b).max(initial=0.0) <= (SAME_COARSE if coarse else SAME) * scale + 10 * noise)

    def right_at(self, point: Point, case: Case) -> np.ndarray | None:
        """Return the right gradient at another point, for the case's dout; None where forward fails there."""
        truth = self.truth_for(point, case)
        return None if truth is None else truth.gradient(self.name, case.dout).value

    def truth_for(self, point: Point | None, case: Case) -> Truth | None:
        """Return the truth at another point; None where forward fails there, or the time is up."""
        if point is None or self.exam.clock() > self.exam.deadline:
            return None
        try:
            truth = self.exam.truth_at(point)
        except LayerRaised:
            return None
        fits = truth.outputs.size == case.dout.size and np.isfinite(truth.outputs).all()
        return truth if fits else None

    def is_right_at(self, change: Callable[[Case], Point | None], factor: float = 1.0) -> bool:
        """Return whether backward gives, in every case, what would be right at another point.

        Three elements are looked at before all: most hypotheses fail there.
        """
        return self.gives(lambda case: self.expected_at(change(case), case, factor))

    def expected_at(self, point: Point | None, case: Case, factor: float) -> np.ndarray | None:
        """Return the right gradient at another point, None where it cannot be what backward gives."""
        truth, given = self.truth_for(point, case), case.given(self.name)
        if truth is None:
            return None
        order = np.argsort(-np.abs(given), axis=None)
        places = [np.unravel_index(order[k], given.shape) for k in {0, len(order) // 4, len(order) // 2} if len(order)]
        few = factor * truth.elements(self.name, case.dout, places).value
        largest = np.abs(given).max(initial=0.0)
        if np.abs(few - [given[place] for place in places]).max(initial=0.0) > 10 * SAME_COARSE * largest:
            return None
        return factor * truth.gradient(self.name, case.dout).value

    def given_at(self, point: Point, case: Case) -> np.ndarray | None:
        """Return what backward gives at another point, for the case's dout; None where it fails there."""
        try:
            return self.subject.run(point, case.douts).gradients[self.name]
        except LayerRaised:
            return None
