"""The outputs of a layer as a function of its arrays, and their slopes by central differences."""

from typing import Any

import numpy as np

from gradients.measuring.arguments import copied, is_float_array
from gradients.measuring.point import LayerRaised, Point
from gradients.measuring.subject import Subject

SHRINK = 16  # from one attempt to the next
ATTEMPTS = 5
SINGLE = 1e-7
HAIR = 2e-8  # the largest relative move: a third of the smallest step that single precision makes
ROUGH = 3e-10  # a relative jump that double precision does not make


class Evaluator:
    """The outputs of one copy of a layer, as a function of its inputs and parameters, which may be moved in place.

    Attributes
    ----------
    arrays : dict of str to ndarray
        What may be moved, by the names of the gradients.
    """

    def __init__(self, subject: Subject, point: Point) -> None:
        self.subject = subject
        self.instance = subject.fresh(point)
        self.rewind = subject.rewinder(self.instance)
        self.inputs = [copied(x) for x in point.inputs]
        self.arrays = {name: self.inputs[place] for name, place in subject.input_names.items()}
        self.held = []
        for name, live in subject.live_params(self.instance).items():
            if not isinstance(live, np.ndarray) or subject.forgetful:
                live = np.array(live, float)
                self.held.append(name)
            self.arrays[name] = live
        self.rest = self()
        # What forward rounds may be as large as anything that goes in or comes out.
        self.largest = max(
            np.abs(a).max(initial=0.0) for a in (self.rest, *self.inputs_as_floats(), *self.arrays.values())
        )
        if subject.precision is None:
            subject.precision = self.measure_precision()
        self.precision = subject.precision

    def __call__(self) -> np.ndarray:
        """Return all outputs, in one row."""
        instance = self.subject.fresh() if self.subject.forgetful else self.instance
        self.subject.set_params(instance, {name: self.arrays[name] for name in self.held})
        if instance is self.instance:
            self.rewind()
        _, outputs = self.subject.forward(instance, [copied(x) for x in self.inputs])
        return outputs[0].ravel() if len(outputs) == 1 else np.concatenate([y.ravel() for y in outputs])

    def inputs_as_floats(self) -> list[np.ndarray]:
        """Return the inputs that are arrays of floats."""
        return [x for x in self.inputs if is_float_array(x)]

    def measure_precision(self) -> float:
        """Return the relative rounding of forward: how rough it is over steps too small for its curves."""
        double, largest = float(np.finfo(float).eps), np.abs(self.rest).max(initial=0.0)
        if not np.isfinite(largest) or largest == 0:
            return double
        rng = np.random.default_rng(0)
        trials = int(np.clip(120 // max(1, self.rest.size), 8, 40))
        for name, array in self.arrays.items():
            hairs = HAIR * own_magnitudes(array)
            if any(self.is_rough(name, hairs, largest, rng) for _ in range(trials)):
                return SINGLE
        return double

    def is_rough(self, name: str, hairs: np.ndarray, largest: float, rng: np.random.Generator) -> bool:
        """Return whether the outputs jump by more than a kink allows when an array moves by a hair."""
        array = self.arrays[name]
        signs = rng.choice([-1.0, 1.0], array.shape)
        rest, hair = array.copy(), hairs * rng.uniform(0.15, 1.0, array.shape) * signs

        def move(t: float) -> None:
            array[...] = rest + t * hair

        above, below = self.moved(move, 1.0), self.moved(move, -1.0)
        jump = np.abs(above - 2 * self.rest + below)
        if not jump.max() > ROUGH * largest:
            return False
        far = [np.abs(self.moved(move, t) - self.rest) / abs(t) for t in (1e4, -1e4)]
        return bool((jump > ROUGH * largest + 3 * np.maximum(*far)).any())

    @property
    def is_coarse(self) -> bool:
        """Whether forward computes in single precision or worse, somewhere inside."""
        return self.precision >= SINGLE

    def slopes(self, move: Any, steps: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return derivative, noise and roughness of each output, where ``move(t)`` moves what is moved by t steps.

        ``steps`` are the lengths to divide by, one an output.
        """
        tolerance = 1e-3 if self.is_coarse else 3e-7
        best: tuple[np.ndarray, np.ndarray, np.ndarray] | None = None
        for attempt in range(1 if self.is_coarse else ATTEMPTS):
            factor = float(SHRINK) ** -attempt
            far, near = ([self.moved(move, t * factor) for t in pair] for pair in ((1, -1), (0.5, -0.5)))
            h = steps * factor
            wide, narrow = (far[0] - far[1]) / (2 * h), (near[0] - near[1]) / h
            noise = 4 * self.precision * np.maximum(self.largest, np.abs(far[0])) / h
            jumps = (np.abs(a - 2 * self.rest + b) / r for (a, b), r in ((far, h), (near, h / 2)))
            wide_jump, narrow_jump = jumps
            size = max(np.abs(narrow).max(initial=0.0), 1e-300)
            rough = np.abs(wide - narrow) > tolerance * size + 8 * noise
            rough |= (narrow_jump > 300 * tolerance * size + 16 * noise) & (narrow_jump > 0.7 * wide_jump)
            rough |= ~(np.isfinite(narrow) & np.isfinite(wide))
            found = ((4 * narrow - wide) / 3, 3 * noise, rough)  # the sum carries the rounding of both
            if best is None:
                best = found
            else:
                better = best[2] & ~rough & (noise <= 1e-5 * size)  # a kink drowned in noise is a kink still
                best = tuple(np.where(better, new, old) for new, old in zip(found, best, strict=True))
            if not best[2].any():
                break
        return best

    def moved(self, move: Any, t: float) -> np.ndarray:
        """Return the outputs after a move by t steps, and move back; NaN where forward refuses to go there."""
        try:
            move(t)
            outputs = self()
            return outputs if outputs.shape == self.rest.shape else np.full(self.rest.shape, np.nan)
        except LayerRaised:
            return np.full(self.rest.shape, np.nan)
        finally:
            move(0)


def own_magnitudes(array: np.ndarray) -> np.ndarray:
    """Return the magnitude of each element; that of zeros is the array's typical one."""
    return np.where(array == 0, magnitudes(array), np.abs(array))


def magnitudes(array: np.ndarray) -> np.ndarray:
    """Return the magnitude of each element; a small one counts as large as the array's typical element."""
    sizes = np.abs(array)
    nonzero = sizes[(sizes > 0) & np.isfinite(sizes)]
    return np.maximum(sizes, np.median(nonzero) if nonzero.size else 1.0)
