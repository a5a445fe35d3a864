"""A layer in several cases, at the given inputs and at others drawn from them."""

import time
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from gradients.measuring.arguments import copied, is_float_array, looks_like_labels
from gradients.measuring.case import Case
from gradients.measuring.differences import Truth
from gradients.measuring.plan import CONFIRMING, WHOLE, plan_for
from gradients.measuring.point import LayerRaised, Point
from gradients.measuring.subject import Subject

ENLARGEMENT = 3.0


class Exam:
    """One subject in several cases.

    Parameters
    ----------
    subject : Subject
    rng : Generator
        Draws ``dout`` and further inputs.
    cases : int
        How many to begin with, one or two.

    Attributes
    ----------
    cases : list of Case
        The first at the inputs that were given, the second there with another ``dout``, the others at inputs drawn
        from the given ones.
    raised : LayerRaised or None
        What a further case raised in backward.
    plan : Plan
        How much is looked at.
    """

    def __init__(self, subject: Subject, rng: np.random.Generator, cases: int = 2) -> None:
        self.subject, self.rng = subject, rng
        self.raised: LayerRaised | None = None
        self.truths: dict[int, Truth] = {}
        self.deadline = float("inf")
        self.plan, self.spare_seconds = WHOLE, CONFIRMING
        truth = self.truth_at(subject.point)
        self.cases = [Case(subject, truth, self.draw_douts())]
        if not subject.is_loss and cases > 1:
            # A hundred times as large: a right backward is linear in dout.
            self.cases.append(Case(subject, truth, [100 * dout for dout in self.draw_douts()]))

    def start_clock(self) -> None:
        """Begin to count the time that hypotheses may cost."""
        self.deadline = self.clock() + self.plan.hypotheses

    def clock(self) -> float:
        """Return the seconds of the processor, which other programs do not use up; of another process, those passed."""
        return time.monotonic() if self.subject.is_apart else time.process_time()

    def make_plan(self) -> None:
        """Decide how much is looked at, where a forward takes its time."""
        self.plan = plan_for(self.subject, [array.size for array in self.cases[0].truth.evaluator.arrays.values()])

    def affords(self, forwards: int) -> bool:
        """Return whether there is time for so many forwards beyond the plan, and take it."""
        seconds = forwards * self.plan.forward
        affordable = seconds <= self.spare_seconds
        self.spare_seconds -= seconds if affordable else 0
        return affordable

    def is_first(self, case: Case) -> bool:
        """Return whether a case is at the given inputs."""
        return case.truth is self.cases[0].truth

    def add_redrawn(self, count: int) -> None:
        """Add cases at other inputs of the same kind, the last with other parameters too; of a loss, at larger ones.

        What a loss does far from the truth, as beyond a margin, shows there alone. A point where forward fails is left
        out.
        """
        for number in range(count):
            point = redrawn(self.subject.point, self.subject, self.rng)
            if number == count - 1:
                point = Point(point.inputs, {name: nearby(param, self.rng) for name, param in point.params.items()})
            case = self.case_at(point)
            if case is not None:
                self.cases.append(case)
        if self.subject.is_loss and self.subject.differentiable and self.plan.redrawn > 1:
            case = self.case_at(enlarged(self.subject.point, self.subject))
            if case is not None:
                self.cases.append(case)

    def case_at(self, point: Point) -> Case | None:
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
            return Case(self.subject, truth, self.draw_douts(shapes))
        except LayerRaised as raised:
            self.raised = self.raised or raised
            return None

    def truth_at(self, point: Point) -> Truth:
        """Return the truth at a point; of a point seen before, the same."""
        if id(point) not in self.truths:
            self.truths[id(point)] = Truth(self.subject, point)
        return self.truths[id(point)]

    def draw_douts(self, shapes: Sequence[tuple[int, ...]] | None = None) -> list[np.ndarray]:
        """Return a random dout for each output: magnitudes in 0.5..1.5, either sign. A loss gets 1."""
        if self.subject.is_loss:
            return [np.array(1.0)]
        shapes = self.subject.output_shapes if shapes is None else shapes
        return [self.rng.uniform(0.5, 1.5, shape) * self.rng.choice([-1.0, 1.0], shape) for shape in shapes]

    @cached_property
    def batch_size(self) -> int | None:
        """N: the length of the axis of samples of the first array."""
        return self.count(self.subject.point)

    def count(self, point: Point) -> int | None:
        """Return how many samples there are at a point."""
        arrays = [x for x in point.inputs if isinstance(x, np.ndarray) and x.ndim > 0]
        return arrays[0].shape[self.subject.batch_axis] if arrays else None

    def samples(self, point: Point, rows: Sequence[int] | np.ndarray) -> Point:
        """Return a point with some of its samples."""
        return point.of_samples(rows, self.batch_size or 0, self.subject.batch_axis)

    def resized(self, n: int) -> Case | None:
        """Return a case with n samples, made of the given ones; None where the layer cannot have it."""
        if self.batch_size is None or n < 1:
            return None
        rows = np.arange(n) % self.batch_size
        point = self.samples(self.subject.point, rows)
        return self.case_at(jittered(point, self.subject, self.rng))


def redrawn(point: Point, subject: Subject, rng: np.random.Generator) -> Point:
    """Return a point whose inputs hold the given values in another order, each changed by about a tenth."""
    inputs = tuple(
        reordered(x, rng, whole=is_float_array(x) and not looks_like_labels(x) and not are_rows_of_one(x))
        for x in point.inputs
    )
    return jittered(Point(inputs, point.params), subject, rng)


def enlarged(point: Point, subject: Subject) -> Point:
    """Return a point whose differentiable inputs are three times as large, but for probabilities."""
    inputs = tuple(
        np.asarray(ENLARGEMENT * x)
        if place in subject.differentiable and is_float_array(x) and not is_between(x)
        else x
        for place, x in enumerate(point.inputs)
    )
    return Point(inputs, point.params)


def reordered(x: Any, rng: np.random.Generator, whole: bool) -> Any:
    """Return the elements of an array in another order; labels keep their rows."""
    if not isinstance(x, np.ndarray) or x.ndim == 0:
        return x
    return rng.permutation(x.ravel()).reshape(x.shape) if whole else rng.permutation(x)


def nearby(param: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return a parameter with each element changed by about a tenth."""
    return np.asarray(param * np.exp(0.1 * rng.standard_normal(param.shape)))


def jittered(point: Point, subject: Subject, rng: np.random.Generator) -> Point:
    """Return a point with its float inputs changed by about a tenth, signs kept, and zeros moved a little."""
    inputs = []
    for place, x in enumerate(point.inputs):
        if is_float_array(x) and (place in subject.differentiable or not looks_like_labels(x)):
            sizes = np.abs(x[x != 0])
            speck = 0.01 * (np.median(sizes) if sizes.size else 1.0) * rng.standard_normal(x.shape)
            near = np.where(x == 0, speck, x * np.exp(0.1 * rng.standard_normal(x.shape)))
            x = np.asarray(as_probabilities_again(near, x) if is_between(x) and x.ndim else near)
        inputs.append(x)
    return Point(tuple(inputs), point.params)


def is_between(x: np.ndarray) -> bool:
    """Return whether an array holds numbers between 0 and 1 only, as probabilities are."""
    return bool(x.size and (x > 0).all() and (x < 1).all())


def are_rows_of_one(x: Any) -> bool:
    """Return whether the rows of an array are probabilities that add up to 1."""
    return is_float_array(x) and x.ndim > 0 and x.shape[-1] > 1 and is_between(x) and np.allclose(x.sum(axis=-1), 1)


def as_probabilities_again(near: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return numbers that were moved, between 0 and 1 again; rows that added up to 1 do so still."""
    if are_rows_of_one(x):
        return near / near.sum(axis=-1, keepdims=True)
    odds = x / (1 - x) * (near / x)
    return odds / (1 + odds)
