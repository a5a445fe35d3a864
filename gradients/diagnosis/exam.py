"""What a layer gave in several cases, beside what it should have given: the material of every diagnosis."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from gradients.arguments import copied, is_float_array, looks_like_labels
from gradients.differences import Gradient, Truth
from gradients.subject import LayerRaised, Point, Run, Subject

SAME = 1e-5  # how far, relative to the largest, two arrays may differ that are to be the same
SAME_COARSE = 3e-2
MOST_OUTPUTS = 400  # up to which backward is asked about each output alone
PATIENCE = 15.0  # seconds after which no further hypothesis is tried that costs forward passes


class Case:
    """A layer at one point with one dout: what its backward gave, and what it should have given."""

    def __init__(self, subject: Subject, truth: Truth, douts: Sequence[np.ndarray]) -> None:
        self.subject, self.truth, self.douts = subject, truth, list(douts)
        self.run: Run = subject.run(truth.point, self.douts)
        self.rights: dict[str, Gradient] = {}
        self.students: dict[str, np.ndarray | None] = {}

    @property
    def point(self) -> Point:
        """Where it is."""
        return self.truth.point

    @property
    def dout(self) -> np.ndarray:
        """All of dout, in one row."""
        return np.concatenate([np.ravel(dout) for dout in self.douts])

    def given(self, name: str) -> np.ndarray | None:
        """Return the gradient that backward gave."""
        return self.run.gradients[name]

    def right(self, name: str) -> Gradient:
        """Return the right gradient."""
        if name not in self.rights:
            self.rights[name] = self.truth.gradient(name, self.dout)
        return self.rights[name]

    def student_jacobian(self, name: str) -> np.ndarray | None:
        """Return what backward gives for a dout of one at each output alone, (elements, outputs).

        None where there are too many outputs, or backward is not linear in dout.
        """
        if name not in self.students:
            self.students[name] = self.compute_student(name) if self.dout.size <= MOST_OUTPUTS else None
        return self.students[name]

    def compute_student(self, name: str) -> np.ndarray | None:
        """Return the Jacobian that backward stands for."""
        given = self.given(name)
        if len(self.douts) != 1 or given is None or given.shape != self.right(name).value.shape:
            return None
        columns = []
        for index in range(self.dout.size):
            dout = np.zeros(self.dout.size)
            dout[index] = 1.0
            column = self.subject.run(self.point, [dout.reshape(self.douts[0].shape)]).gradients[name]
            if column is None or column.shape != given.shape:
                return None
            columns.append(column.ravel())
        jacobian = np.array(columns).T
        linear = np.abs(jacobian @ self.dout - given.ravel()).max(initial=0.0) <= SAME * np.abs(given).max(initial=0.0)
        return jacobian if linear else None

    def output(self) -> np.ndarray | None:
        """Return the only output, None where there are several."""
        return self.run.outputs[0] if len(self.run.outputs) == 1 else None


class Exam:
    """One subject in several cases.

    Parameters
    ----------
    subject : Subject
    rng : Generator
        Draws ``dout`` and further inputs.

    Attributes
    ----------
    cases : list of Case
        The first at the inputs that were given, the second there with another ``dout``, the others at inputs drawn
        from the given ones.
    raised : LayerRaised or None
        What a further case raised in backward.
    """

    def __init__(self, subject: Subject, rng: np.random.Generator) -> None:
        self.subject, self.rng = subject, rng
        self.raised: LayerRaised | None = None
        self.truths: dict[int, Truth] = {}
        self.deadline = float("inf")
        truth = self.truth_at(subject.point)
        self.cases = [Case(subject, truth, self.draw_douts(first=True))]
        if not subject.is_loss:
            self.cases.append(Case(subject, truth, self.draw_douts()))

    def start_clock(self) -> None:
        """Begin to count the time that hypotheses may cost."""
        self.deadline = time.monotonic() + PATIENCE

    def add_redrawn(self, count: int) -> None:
        """Add cases at other inputs of the same kind; a point where forward fails is left out."""
        for _ in range(count):
            point = redrawn(self.subject.point, self.subject, self.rng)
            case = self.case_at(point)
            if case is not None:
                self.cases.append(case)

    def case_at(self, point: Point, douts: Sequence[np.ndarray] | None = None) -> Case | None:
        """Return a case at a point, None where forward fails there or its result is not finite."""
        try:
            truth = self.truth_at(point)
        except LayerRaised:
            return None
        if not np.isfinite(truth.outputs).all():
            return None
        try:
            shapes = [
                y.shape for y in self.subject.forward(self.subject.fresh(point), [copied(x) for x in point.inputs])[1]
            ]
            return Case(self.subject, truth, self.draw_douts(shapes) if douts is None else douts)
        except LayerRaised as raised:
            self.raised = self.raised or raised
            return None

    def truth_at(self, point: Point) -> Truth:
        """Return the truth at a point; of a point seen before, the same."""
        if id(point) not in self.truths:
            self.truths[id(point)] = Truth(self.subject, point)
        return self.truths[id(point)]

    def draw_douts(self, shapes: Sequence[tuple[int, ...]] | None = None, first: bool = False) -> list[np.ndarray]:
        """Return a random dout for each output: magnitudes in 0.5..1.5, either sign. A loss gets 1."""
        if self.subject.is_loss:
            return [np.array(1.0)]
        shapes = self.subject.output_shapes if shapes is None else shapes
        return [self.rng.uniform(0.5, 1.5, shape) * self.rng.choice([-1.0, 1.0], shape) for shape in shapes]

    @cached_property
    def batch_size(self) -> int | None:
        """N: the length of the first axis of the first array."""
        arrays = [x for x in self.subject.point.inputs if isinstance(x, np.ndarray) and x.ndim > 0]
        return len(arrays[0]) if arrays else None

    def resized(self, n: int, redraw: bool = True) -> Case | None:
        """Return a case with n samples, made of the given ones; None where the layer cannot have it."""
        if self.batch_size is None or n < 1:
            return None
        rows = np.arange(n) % self.batch_size
        inputs = tuple(
            x[rows] if isinstance(x, np.ndarray) and x.ndim and len(x) == self.batch_size else x
            for x in self.subject.point.inputs
        )
        point = Point(inputs, self.subject.point.params)
        return self.case_at(jittered(point, self.subject, self.rng) if redraw else point)


def redrawn(point: Point, subject: Subject, rng: np.random.Generator) -> Point:
    """Return a point whose inputs hold the given values in another order, each changed by about a tenth."""
    inputs = tuple(reordered(x, rng, whole=is_float_array(x) and not looks_like_labels(x)) for x in point.inputs)
    return jittered(Point(inputs, point.params), subject, rng)


def reordered(x: Any, rng: np.random.Generator, whole: bool) -> Any:
    """Return the elements of an array in another order; labels keep their rows."""
    if not isinstance(x, np.ndarray) or x.ndim == 0:
        return x
    return rng.permutation(x.ravel()).reshape(x.shape) if whole else rng.permutation(x)


def jittered(point: Point, subject: Subject, rng: np.random.Generator) -> Point:
    """Return a point with its float inputs changed by about a tenth, signs kept, and zeros moved a little."""
    inputs = []
    for place, x in enumerate(point.inputs):
        if is_float_array(x) and (place in subject.differentiable or not looks_like_labels(x)):
            sizes = np.abs(x[x != 0])
            speck = 0.01 * (np.median(sizes) if sizes.size else 1.0) * rng.standard_normal(x.shape)
            x = np.where(x == 0, speck, x * np.exp(0.1 * rng.standard_normal(x.shape)))
        inputs.append(x)
    return Point(tuple(inputs), point.params)


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
        if time.monotonic() > self.exam.deadline:
            return None
        try:
            truth = self.exam.truth_at(point)
        except LayerRaised:
            return None
        if truth.outputs.size != case.dout.size or not np.isfinite(truth.outputs).all():
            return None
        return truth.gradient(self.name, case.dout).value

    def is_right_at(self, change: Callable[[Case], Point | None], factor: float = 1.0) -> bool:
        """Return whether backward gives, in every case, what would be right at another point.

        Three elements are looked at before all: most hypotheses fail there.
        """
        return self.gives(lambda case: self.expected_at(change(case), case, factor))

    def expected_at(self, point: Point | None, case: Case, factor: float) -> np.ndarray | None:
        """Return the right gradient at another point, None where it cannot be what backward gives."""
        given = case.given(self.name)
        if point is None or time.monotonic() > self.exam.deadline:
            return None
        try:
            truth = self.exam.truth_at(point)
        except LayerRaised:
            return None
        if truth.outputs.size != case.dout.size or not np.isfinite(truth.outputs).all():
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
