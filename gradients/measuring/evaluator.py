"""The outputs of a layer as a function of its arrays, and their slopes by central differences."""

import time
from collections.abc import Sequence
from typing import Any

import numpy as np

from gradients.measuring.arguments import copied, is_float_array
from gradients.measuring.central_difference import POINTS, CentralDifference, Move, Slopes
from gradients.measuring.point import LayerRaised, Point
from gradients.measuring.subject import Subject

SINGLE = 1e-7
HAIR = 2e-8  # the largest relative move: a third of the smallest step that single precision makes
DISTURBED = 1e-3  # seconds of a forward, that may be so many because other programs ran
SECONDS_FOR_PRECISION = 0.3  # for moving one array after the other; where it takes longer, they are moved together
ROUGH = 3e-10  # a relative jump that double precision does not make
UNEVEN = 3e-12  # the same, of jumps that do not grow with the move, as one at a kink does
MOST_BYTES = 1 << 20  # of all arrays, that are sent to another process at once


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
        self.seconds = self.time_a_forward()
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

    def time_a_forward(self) -> float:
        """Return the seconds that a forward takes; a slow one is timed twice, since it may have been disturbed."""
        seconds = []
        while not seconds or (len(seconds) < 2 and seconds[0] > DISTURBED):
            started = time.perf_counter()
            self()
            seconds.append(time.perf_counter() - started)
        return min(seconds)

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
        together = [[name] for name in self.arrays]
        if 2 * trials * len(self.arrays) * self.seconds > SECONDS_FOR_PRECISION:
            together = [list(self.arrays)]
            trials = int(np.clip(SECONDS_FOR_PRECISION / self.seconds, 3, trials))
        if any(self.is_rough(names, trials, largest, rng) for names in together):
            return SINGLE
        return double

    def is_rough(self, names: Sequence[str], trials: int, largest: float, rng: np.random.Generator) -> bool:
        """Return whether the outputs jump by more than a kink allows when arrays move by a hair."""
        moves = [self.hair(names, rng) for _ in range(trials)]
        outputs = self.moved_each([(move, t) for move in moves for t in (1.0, -1.0, 0.5, -0.5)])
        sides = zip(moves, outputs[::4], outputs[1::4], strict=True)
        if any(self.is_jump(move, above, below, largest) for move, above, below in sides):
            return True
        bends = [np.abs(outputs[i] - 2 * self.rest + outputs[i + 1]) for i in range(0, len(outputs), 2)]
        uneven = [np.abs(bend - 2 * half).max() for bend, half in zip(bends[::2], bends[1::2], strict=True)]
        return bool(np.median(uneven) > UNEVEN * largest)

    def hair(self, names: Sequence[str], rng: np.random.Generator) -> Move:
        """Return a move of arrays by a hair, in a random direction."""
        rest, hair = {}, {}
        for name in names:
            array = self.arrays[name]
            signs = rng.choice([-1.0, 1.0], array.shape)
            rest[name], hair[name] = (
                array.copy(),
                HAIR * own_magnitudes(array) * rng.uniform(0.15, 1.0, array.shape) * signs,
            )

        def move(t: float) -> None:
            for name in names:
                self.arrays[name][...] = rest[name] + t * hair[name]

        return move

    def is_jump(self, move: Move, above: np.ndarray, below: np.ndarray, largest: float) -> bool:
        """Return whether the outputs on both sides of a small move show a jump that is neither a curve nor a kink.

        Or none of them moves at all, though they do farther away: the few numbers of a small output may all lie in
        the middle between two that single precision has.
        """
        jump = np.abs(above - 2 * self.rest + below)
        stands_still = np.array_equal(above, self.rest) and np.array_equal(below, self.rest)
        if not jump.max() > ROUGH * largest and not stands_still:
            return False
        far = [np.abs(self.moved(move, t) - self.rest) / abs(t) for t in (1e4, -1e4)]
        if stands_still:
            return bool((np.minimum(*far) > ROUGH * largest).any())
        return bool((jump > ROUGH * largest + 3 * np.maximum(*far)).any())

    @property
    def is_coarse(self) -> bool:
        """Whether forward computes in single precision or worse, somewhere inside."""
        return self.precision >= SINGLE

    def slopes(self, move: Move, steps: np.ndarray) -> Slopes:
        """Return derivative, noise and roughness of each output, where ``move(t)`` moves what is moved by t steps.

        ``steps`` are the lengths to divide by, one an output.
        """
        return self.slopes_of_each([(move, steps)])[0]

    def slopes_of_each(self, moves: Sequence[tuple[Move, np.ndarray]]) -> list[Slopes]:
        """Return the slopes along each of several moves, which are asked for together."""
        differences = [
            CentralDifference(move, steps, self.rest, self.largest, self.precision, self.is_coarse)
            for move, steps in moves
        ]
        todo = differences
        while todo:
            wanted = [move for difference in todo for move in difference.wanted()]
            outputs = self.moved_each(wanted)
            for number, difference in enumerate(todo):
                difference.take(outputs[len(POINTS) * number : len(POINTS) * (number + 1)])
            todo = [difference for difference in todo if not difference.is_done]
        return [difference.best for difference in differences if difference.best is not None]

    def moved_each(self, moves: Sequence[tuple[Move, float]]) -> list[np.ndarray]:
        """Return the outputs after each of several moves; where the layer is in another process, asked for at once."""
        if self.subject.forgetful or not self.subject.is_apart:
            return [self.moved(move, t) for move, t in moves]
        found: list[np.ndarray] = []
        most = max(1, MOST_BYTES // max(1, sum(array.nbytes for array in self.arrays.values())))
        for first in range(0, len(moves), most):
            places = [self.arrays_after(move, t) for move, t in moves[first : first + most]]
            found += map(self.in_a_row, self.subject.forward_each(self.instance, self.inputs, places))
        return found

    def arrays_after(self, move: Move, t: float) -> dict[str, np.ndarray]:
        """Return copies of all arrays after a move by t steps, and move back."""
        move(t)
        copies = {name: array.copy() for name, array in self.arrays.items()}
        move(0)
        return copies

    def in_a_row(self, outputs: list[np.ndarray] | None) -> np.ndarray:
        """Return outputs in one row; NaN where forward refused, or gave others than at rest."""
        row = np.zeros(0) if outputs is None else np.concatenate([y.ravel() for y in outputs])
        return row if row.shape == self.rest.shape else np.full(self.rest.shape, np.nan)

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
