"""How much of a layer is looked at: all that is customary, or of a slow layer what fits into some seconds.

Random directions, which involve every element, are in every plan.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

SLOW = 1e-3  # seconds of a forward; what a faster one shows does not depend on the clock
SECONDS = 9.0  # for one examination
CONFIRMING = 3.0  # seconds for all elements of arrays, one by one, where random directions say that they are wrong


@dataclass(frozen=True)
class Plan:
    """What an examination looks at.

    Attributes
    ----------
    whole : int
        Elements up to which an array is checked whole.
    sampled : int
        Elements of a larger one.
    later : int
        The most elements of an array at further points, whole or not.
    directions : tuple of int
        Random directions in a larger array: at the first point, and at each further one.
    located : int
        Wrong elements that are looked for one by one.
    redrawn : int
        Further points.
    others : bool
        Whether other sizes of the batch are tried.
    trials : int
        Small moves that tell whether a right gradient was rounded to single precision.
    hypotheses : float
        Seconds for experiments that name a mistake.
    forward : float
        Seconds that one forward takes; 0 in the whole plan.
    """

    whole: int = 400
    sampled: int = 40
    later: int = 400
    directions: tuple[int, int] = (2, 2)
    located: int = 8
    redrawn: int = 2
    others: bool = True
    trials: int = 8
    hypotheses: float = 15.0
    forward: float = 0.0

    def looked_at(self, size: int, first: bool) -> tuple[int, int]:
        """Return how many elements of an array are looked at, at the first point or a further one, and directions."""
        most = self.whole if first else self.later
        if size <= most:
            return size, 0
        return min(self.sampled, size if first else self.later), self.directions[not first]

    def seconds(self, sizes: Sequence[int], forward: float, run: float, is_loss: bool) -> float:
        """Return about how long an examination takes; ``run`` is a forward with its backward."""
        points = 1 + self.redrawn + (is_loss and self.redrawn > 1)
        forwards = 12 + 4 * sum(sum(self.looked_at(size, True)) for size in sizes)
        later = 4 * sum(sum(self.looked_at(size, False)) for size in sizes)
        forwards += (points - 1 + 2 * self.others) * (2 + later)
        return forwards * forward + (points + 7 + 4 * self.others + 2 * self.trials) * run


WHOLE = Plan()
SHORT = Plan(later=1, directions=(2, 1), located=2, redrawn=1, others=False, trials=1, hypotheses=3.0)
SHORTER = (
    *(Plan(whole=k, later=k, hypotheses=4.0) for k in (200, 100, 40)),
    *(Plan(whole=k, sampled=k, later=k, directions=(2, 1), trials=4, hypotheses=4.0) for k in (20, 10)),
    *(replace(SHORT, whole=k, sampled=k) for k in (40, 20, 10, 5)),
    replace(SHORT, whole=3, sampled=3, later=0, located=0, trials=0, hypotheses=2.0),
    replace(SHORT, whole=1, sampled=1, later=0, directions=(1, 1), located=0, trials=0, hypotheses=2.0),
)


def is_slow(subject: Any) -> bool:
    """Return whether a layer is known to take its time."""
    return bool(subject.forward_seconds >= SLOW)


def plan_for(subject: Any, sizes: Sequence[int]) -> Plan:
    """Return the whole plan, or for a slow layer the first that fits into the time; the shortest where none does."""
    if not is_slow(subject):
        return WHOLE
    forward, run = subject.forward_seconds, subject.run_seconds
    if WHOLE.seconds(sizes, forward, run, subject.is_loss) <= subject.allowed_seconds:
        return WHOLE
    fitting = (p for p in SHORTER if p.seconds(sizes, forward, run, subject.is_loss) <= subject.allowed_seconds)
    return replace(next(fitting, SHORTER[-1]), forward=forward)
