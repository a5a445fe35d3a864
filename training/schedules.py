"""Learning rates that change while the network learns.

A schedule is called with the number of the step, counted from 0, and returns the factor by which the learning rate
that training began with is multiplied in that step.

>>> schedule = WarmUp(2, after=StepDecay(every=3, factor=0.1))
>>> [schedule(step) for step in range(7)]
[0.5, 1.0, 1.0, 1.0, 1.0, 0.1, 0.1]
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from layers.common.options import whole_number

Schedule = Callable[[int], float]


@dataclass(frozen=True)
class Constant:
    """The learning rate stays, ``factor = 1``."""

    def __call__(self, step: int) -> float:
        """Return the factor at a step."""
        return 1.0


@dataclass(frozen=True)
class StepDecay:
    """The learning rate drops every so many steps: ``factor^(step // every)``, as PyTorch's StepLR.

    Parameters
    ----------
    every : int
        Steps from one drop to the next.
    factor : float
        What is left of the learning rate after a drop.

    Examples
    --------
    >>> [StepDecay(2, factor=0.5)(step) for step in range(5)]
    [1.0, 1.0, 0.5, 0.5, 0.25]
    """

    every: int
    factor: float = 0.1

    def __post_init__(self) -> None:
        whole_number("StepDecay", "every", self.every, least=1)
        check_share("StepDecay", "factor", self.factor)

    def __call__(self, step: int) -> float:
        """Return the factor at a step."""
        return self.factor ** (step // self.every)


@dataclass(frozen=True)
class Milestones:
    """The learning rate drops at given steps: ``factor^(how many of them are past)``, as PyTorch's MultiStepLR.

    Parameters
    ----------
    at : tuple of int
        The first steps with the smaller learning rate.
    factor : float
        What is left of the learning rate after a drop.

    Examples
    --------
    >>> [Milestones((2, 3), factor=0.5)(step) for step in range(5)]
    [1.0, 1.0, 0.5, 0.25, 0.25]
    """

    at: tuple[int, ...]
    factor: float = 0.1

    def __post_init__(self) -> None:
        for step in self.at:
            whole_number("Milestones", "every step of at", step, least=1)
        check_share("Milestones", "factor", self.factor)

    def __call__(self, step: int) -> float:
        """Return the factor at a step."""
        return self.factor ** sum(step >= milestone for milestone in self.at)


@dataclass(frozen=True)
class Cosine:
    """The learning rate falls along half a cosine, slowly at first and at the end, and stays where it arrives.

    ::

        factor = lowest + (1 - lowest) (1 + cos(pi step / steps)) / 2        for step <= steps

    As PyTorch's CosineAnnealingLR, which however rises again after ``steps``.

    Source: I. Loshchilov, F. Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", ICLR 2017, equation 5,
    without the restarts.

    Parameters
    ----------
    steps : int
        Until the lowest learning rate.
    lowest : float
        The factor at the end, in [0, 1].

    Examples
    --------
    >>> [round(Cosine(4)(step), 2) for step in range(6)]
    [1.0, 0.85, 0.5, 0.15, 0.0, 0.0]
    """

    steps: int
    lowest: float = 0.0

    def __post_init__(self) -> None:
        whole_number("Cosine", "steps", self.steps, least=1)
        check_share("Cosine", "lowest", self.lowest)

    def __call__(self, step: int) -> float:
        """Return the factor at a step."""
        share = min(step / self.steps, 1.0)
        return self.lowest + (1 - self.lowest) * (1 + math.cos(math.pi * share)) / 2


@dataclass(frozen=True)
class WarmUp:
    """The learning rate rises linearly, ``(step + 1) / steps``, to all of it; then another schedule begins.

    Where weights are random, gradients change fast, and a large learning rate at once may throw the network far off.

    Source: P. Goyal et al., "Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour", 2017, section 2.2.

    Parameters
    ----------
    steps : int
        The last of them is the first with the whole learning rate.
    after : callable
        The schedule from then on; it counts its steps from 0 again.

    Examples
    --------
    >>> [WarmUp(4)(step) for step in range(6)]
    [0.25, 0.5, 0.75, 1.0, 1.0, 1.0]
    """

    steps: int
    after: Schedule = Constant()

    def __post_init__(self) -> None:
        whole_number("WarmUp", "steps", self.steps, least=1)
        if not callable(self.after):
            raise TypeError(f"WarmUp: after must be a schedule such as Cosine(steps=100), got {self.after!r}")

    def __call__(self, step: int) -> float:
        """Return the factor at a step."""
        return (step + 1) / self.steps if step < self.steps else self.after(step - self.steps)


def tenth_twice(total_steps: int, steps_per_epoch: int) -> Milestones:
    """Return a tenth of the learning rate after half of the run, and a tenth of that after three quarters."""
    return Milestones((math.ceil(total_steps / 2), math.ceil(total_steps * 3 / 4)))


def one_epoch_then_cosine(total_steps: int, steps_per_epoch: int) -> WarmUp:
    """Return an epoch of warm-up, and a cosine over the rest of the run."""
    return WarmUp(steps_per_epoch, after=Cosine(max(1, total_steps - steps_per_epoch)))


SCHEDULES: dict[str, Callable[[int, int], Schedule]] = {
    "constant": lambda total_steps, steps_per_epoch: Constant(),
    "step": tenth_twice,
    "cosine": lambda total_steps, steps_per_epoch: Cosine(total_steps),
    "warm-up": lambda total_steps, steps_per_epoch: WarmUp(steps_per_epoch),
    "warm-up-cosine": one_epoch_then_cosine,
}


def get_schedule(name: str, total_steps: int, steps_per_epoch: int) -> Schedule:
    """Return a schedule for a whole run by its name.

    ``constant``; ``step``, a tenth after one half of the run and again after three quarters; ``cosine``, down to zero
    over the run; ``warm-up``, one epoch up, then constant; ``warm-up-cosine``, one epoch up, then down to zero.

    Parameters
    ----------
    name : str
        One of ``SCHEDULES``.
    total_steps, steps_per_epoch : int

    Raises
    ------
    ValueError
        For an unknown name, with the list of the known ones, and for a run without steps.

    Examples
    --------
    >>> get_schedule("warm-up-cosine", total_steps=6000, steps_per_epoch=600)
    WarmUp(steps=600, after=Cosine(steps=5400, lowest=0.0))
    """
    if name not in SCHEDULES:
        raise ValueError(f"unknown schedule {name!r}: expected one of {', '.join(SCHEDULES)}")
    whole_number("schedule", "total_steps", total_steps, least=1)
    whole_number("schedule", "steps_per_epoch", steps_per_epoch, least=1)
    return SCHEDULES[name](total_steps, steps_per_epoch)


def check_share(owner: str, name: str, value: float) -> None:
    """Raise ValueError unless the value is a share of the learning rate."""
    if not (isinstance(value, (int, float, np.number)) and 0 <= value <= 1):
        raise ValueError(f"{owner}: {name} must lie in [0, 1], got {value}")
