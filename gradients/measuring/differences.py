"""Central differences of anybody's forward, done with care.

Each element is moved by a step that suits its magnitude, and then by half of it; the two answers are combined
(Richardson: the error falls from O(h^2) to O(h^4)), and where they do not fit together the step shrinks. What fits
at no step, or has different slopes to the left and to the right, is a kink, such as ReLU at 0: there is no
derivative there, and the element is left out.
"""

from collections.abc import Sequence
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from gradients.measuring.central_difference import Move, Slopes
from gradients.measuring.evaluator import Evaluator, magnitudes
from gradients.measuring.plan import is_slow
from gradients.measuring.point import Point
from gradients.measuring.subject import Subject

STEP = 1e-4  # relative to the element's magnitude, in double precision
COARSE_STEP = 2e-2  # the same, in single precision
LARGEST_JACOBIAN = 4_000_000
MOST_PROBES = 4000
AT_ONCE = 32  # elements that are asked for together


class Gradient(NamedTuple):
    """A numerical gradient: values, how far rounding may have moved each, and where there is a kink instead."""

    value: np.ndarray
    noise: np.ndarray
    kink: np.ndarray


class Truth:
    """What the gradients are at one point, by numerical differentiation of forward.

    Parameters
    ----------
    subject : Subject
    point : Point
    """

    def __init__(self, subject: Subject, point: Point) -> None:
        self.subject, self.point = subject, point
        self.evaluator = Evaluator(subject, point)
        self.steps = {
            name: (COARSE_STEP if self.evaluator.is_coarse else STEP) * magnitudes(array)
            for name, array in self.evaluator.arrays.items()
        }
        self.jacobians: dict[str, Gradient] = {}
        self.couplings: dict[str, list[tuple[int, int]]] = {}
        self.remembered: dict[Any, Slopes] = {}

    @property
    def outputs(self) -> np.ndarray:
        """All outputs at the point, in one row."""
        return self.evaluator.rest

    def is_small(self, name: str) -> bool:
        """Return whether every element may be moved by itself, and every output kept."""
        size = self.evaluator.arrays[name].size
        return size <= MOST_PROBES and size * self.outputs.size <= LARGEST_JACOBIAN

    def jacobian(self, name: str) -> Gradient:
        """Return d(output)/d(element): value and noise (elements, outputs), kink (elements, outputs)."""
        if name not in self.jacobians:
            array = self.evaluator.arrays[name]
            rows = self.rows(name, list(np.ndindex(array.shape)))
            empty = np.zeros((0, self.outputs.size))
            parts = (np.array(part) if rows else empty for part in (zip(*rows, strict=True) if rows else [[]] * 3))
            value, noise, rough = parts
            self.jacobians[name] = Gradient(value, noise, rough.astype(bool))
        return self.jacobians[name]

    def rows(self, name: str, indices: Sequence[tuple[int, ...]]) -> list[Slopes]:
        """Return derivative, noise and roughness of each output with respect to each of some elements."""
        found: list[Slopes] = []
        for first in range(0, len(indices), AT_ONCE):
            found += self.rows_at_once(name, indices[first : first + AT_ONCE])
        return found

    def rows_at_once(self, name: str, indices: Sequence[tuple[int, ...]]) -> list[Slopes]:
        """Return the same of a few elements; those of a slow layer are remembered."""
        new = [index for index in dict.fromkeys(indices) if (name, index) not in self.remembered]
        slopes = self.evaluator.slopes_of_each([self.move_of(name, index) for index in new])
        found = self.remembered | {(name, index): each for index, each in zip(new, slopes, strict=True)}
        if is_slow(self.subject):
            self.remembered = found
        return [found[name, index] for index in indices]

    def move_of(self, name: str, index: tuple[int, ...]) -> tuple[Move, np.ndarray]:
        """Return the move of one element, and its step for each output."""
        array = self.evaluator.arrays[name]
        original, step = float(array[index]), float(self.steps[name][index])

        def move(t: float) -> None:
            array[index] = original + t * step

        return move, np.full(self.outputs.shape, step)

    def gradient(self, name: str, dout: np.ndarray) -> Gradient:
        """Return sum(dout * d(output)/d(array)) with the array's shape; ``dout`` in one row."""
        array = self.evaluator.arrays[name]
        if not self.is_small(name):
            return self.large_gradient(name, dout)
        value, noise, rough = self.jacobian(name)
        smooth = np.where(np.isfinite(value), value, 0.0)
        total = smooth @ dout
        slack = noise @ np.abs(dout) + 1e-14 * (np.abs(smooth) @ np.abs(dout))
        kink = rough[:, dout != 0].any(axis=1)
        return Gradient(*(part.reshape(array.shape) for part in (total, slack, kink)))

    def elements(self, name: str, dout: np.ndarray, indices: Sequence[tuple[int, ...]]) -> Gradient:
        """Return the gradient of some elements only, in one row."""
        rows = self.rows(name, indices)
        value = np.array([np.where(np.isfinite(v), v, 0.0) @ dout for v, _, _ in rows])
        noise = np.array([n @ np.abs(dout) + 1e-14 * np.abs(v) @ np.abs(dout) for v, n, _ in rows])
        return Gradient(value, noise, np.array([rough[dout != 0].any() for _, _, rough in rows], bool))

    def large_gradient(self, name: str, dout: np.ndarray) -> Gradient:
        """Return the gradient of a large array, moving many elements at once where they reach different outputs."""
        array = self.evaluator.arrays[name]
        coupling = self.coupling(name)
        rest = [axis for axis in range(array.ndim) if axis not in {a for a, _ in coupling}]
        parts = [np.zeros(array.shape), np.zeros(array.shape), np.zeros(array.shape, bool)]
        for place in product(*(range(array.shape[axis]) for axis in rest)):
            group: list[Any] = [slice(None)] * array.ndim
            for axis, index in zip(rest, place, strict=True):
                group[axis] = index
            for part, found in zip(parts, self.group(name, tuple(group), coupling, dout), strict=True):
                part[tuple(group)] = found
        return Gradient(*parts)

    def group(self, name: str, group: tuple[Any, ...], coupling: list[tuple[int, int]], dout: np.ndarray) -> Gradient:
        """Return the gradient of the elements of one group, each of which reaches outputs of its own."""
        array, shape = self.evaluator.arrays[name], self.output_shape
        original, step = array[group].copy(), self.steps[name][group]
        axes = [b for _, b in coupling]
        spread = np.expand_dims(step, tuple(range(step.ndim, len(shape))))
        spread = np.broadcast_to(np.moveaxis(spread, range(len(axes)), axes), shape) if shape else step

        def move(t: float) -> None:
            array[group] = original + t * step

        value, noise, rough = self.evaluator.slopes(move, spread.ravel())
        value = np.where(np.isfinite(value), value, 0.0)
        sums = []
        for part in (value * dout, noise * np.abs(dout), (rough & (dout != 0)).astype(float)):
            by_element = np.moveaxis(part.reshape(shape), axes, range(len(axes)))
            sums.append(by_element.sum(axis=tuple(range(len(axes), len(shape)))))
        return Gradient(sums[0], sums[1], sums[2] > 0)

    @property
    def output_shape(self) -> tuple[int, ...]:
        """The shape of the output; one axis where there are several."""
        shapes = self.subject.output_shapes
        return shapes[0] if len(shapes) == 1 and np.prod(shapes[0]) == self.outputs.size else (self.outputs.size,)

    def coupling(self, name: str) -> list[tuple[int, int]]:
        """Return the pairs of an axis of the array and an axis of the output along which they go together.

        Along such a pair, elements at index j reach outputs at index j alone, so that all of them may be moved at once.
        It is tried out at some indices; :meth:`confirms` tells whether it holds everywhere.
        """
        if name not in self.couplings:
            array, shape = self.evaluator.arrays[name], self.output_shape
            found: list[tuple[int, int]] = []
            for a, b in product(range(array.ndim), range(len(shape))):
                taken = any(a == c or b == d for c, d in found)
                if not taken and array.shape[a] == shape[b] > 1 and self.goes_together(name, a, b):
                    found.append((a, b))
            self.couplings[name] = sorted(found)
        return self.couplings[name]

    def goes_together(self, name: str, a: int, b: int) -> bool:
        """Return whether elements at some indices of axis a reach outputs at the same index of axis b alone."""
        array, shape, rng = self.evaluator.arrays[name], self.output_shape, np.random.default_rng(0)
        length = array.shape[a]
        for index in {0, length - 1, int(rng.integers(length))}:
            part = np.moveaxis(array, a, 0)[index]  # a view, except of one element
            place = (slice(None),) * a + (index,)
            original, step = part.copy(), self.steps[name][place] * rng.choice([-1, 1], part.shape)

            def move(t: float, place: Any = place, original: Any = original, step: Any = step) -> None:
                array[place] = original + t * step

            changed = (self.evaluator.moved(move, 1.0) != self.outputs).reshape(shape)
            others = np.delete(np.moveaxis(changed, b, 0), index, axis=0)
            if others.any():
                return False
        return True

    def along(self, directions: dict[str, np.ndarray], dout: np.ndarray) -> Gradient:
        """Return the derivative of sum(dout * output) along a direction in several arrays at once."""
        arrays = {name: self.evaluator.arrays[name] for name in directions}
        originals = {name: array.copy() for name, array in arrays.items()}

        def move(t: float) -> None:
            for name, array in arrays.items():
                array[...] = originals[name] + t * directions[name]

        key = tuple((name, direction.tobytes()) for name, direction in directions.items())
        slopes = self.remembered.get(key) or self.evaluator.slopes(move, np.ones(self.outputs.shape))
        if is_slow(self.subject):
            self.remembered[key] = slopes
        value, noise, rough = slopes
        value = np.where(np.isfinite(value), value, 0.0)
        return Gradient(value @ dout, noise @ np.abs(dout), (rough & (dout != 0)).any())
