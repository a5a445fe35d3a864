"""One derivative by central differences, with smaller steps as long as the last ones did not fit together."""

from collections.abc import Callable, Sequence

import numpy as np

SHRINK = 16  # from one attempt to the next
ATTEMPTS = 5
POINTS = (1.0, -1.0, 0.5, -0.5)  # in steps

Move = Callable[[float], None]  # moves what is moved by so many steps
Slopes = tuple[np.ndarray, np.ndarray, np.ndarray]  # derivative, noise and roughness of each output


class CentralDifference:
    """The slopes of all outputs along one move.

    Parameters
    ----------
    move : callable
        ``move(t)`` moves what is moved by t steps.
    steps : ndarray
        The lengths to divide by, one an output.
    rest : ndarray
        The outputs where nothing is moved.
    largest, precision : float
        What forward rounds may be as large as ``largest``, and is rounded to this relative precision.
    is_coarse : bool
        Whether forward computes in single precision or worse.

    Attributes
    ----------
    is_done : bool
    """

    def __init__(
        self, move: Move, steps: np.ndarray, rest: np.ndarray, largest: float, precision: float, is_coarse: bool
    ) -> None:
        self.move, self.steps, self.rest = move, steps, rest
        self.largest, self.precision = largest, precision
        self.tolerance, self.attempts = (1e-3, 1) if is_coarse else (3e-7, ATTEMPTS)
        self.attempt, self.is_done = 0, False
        self.best: Slopes | None = None

    @property
    def factor(self) -> float:
        """How much smaller the steps of this attempt are."""
        return float(SHRINK) ** -self.attempt

    def wanted(self) -> list[tuple[Move, float]]:
        """Return the moves after which the outputs are wanted."""
        return [(self.move, t * self.factor) for t in POINTS]

    def take(self, outputs: Sequence[np.ndarray]) -> None:
        """Go on with the outputs that were wanted."""
        found = self.slopes(outputs)
        if self.best is None:
            self.best = found
        else:
            _, noise, rough = found
            better = self.best[2] & ~rough & (noise <= 1e-5 * self.size)  # a kink drowned in noise is a kink still
            new = (np.where(better, new, old) for new, old in zip(found, self.best, strict=True))
            self.best = tuple(new)  # type: ignore[assignment]
        self.attempt += 1
        self.is_done = self.attempt == self.attempts or not self.best[2].any()

    def slopes(self, outputs: Sequence[np.ndarray]) -> Slopes:
        """Return what one attempt shows: Richardson's combination of both steps."""
        far, near, h = outputs[:2], outputs[2:], self.steps * self.factor
        wide, narrow = (far[0] - far[1]) / (2 * h), (near[0] - near[1]) / h
        noise = 4 * self.precision * np.maximum(self.largest, np.abs(far[0])) / h
        wide_jump, narrow_jump = (np.abs(a - 2 * self.rest + b) / r for (a, b), r in ((far, h), (near, h / 2)))
        self.size = max(np.abs(narrow).max(initial=0.0), 1e-300)
        rough = np.abs(wide - narrow) > self.tolerance * self.size + 8 * noise
        rough |= (narrow_jump > 300 * self.tolerance * self.size + 16 * noise) & (narrow_jump > 0.7 * wide_jump)
        rough |= ~(np.isfinite(narrow) & np.isfinite(wide))
        return (4 * narrow - wide) / 3, 3 * noise, rough  # the sum carries the rounding of both
