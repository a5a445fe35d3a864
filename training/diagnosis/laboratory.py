"""Where remedies are tried: some dozen steps of training on copies."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from training.diagnosis.case import Budget, Case
from training.diagnosis.copies import bound_to, copied, fresh_optimizer, rate_name
from training.diagnosis.finding import Trial
from training.diagnosis.scores import Score, Scores
from training.diagnosis.weights import renew
from training.optimizers import Adam
from training.optimizers.clipping import clip_gradient_norm

STEPS = 100  # that a trial takes at most, where nothing else is said
FEW = 30  # for which a trial gets the time, as long as there is any
FEWEST = 12  # below which it says nothing
CLEAR = 0.8  # the share of the loss to which a remedy has to bring it


@dataclass(frozen=True)
class Remedy:
    """A change to a training.

    Attributes
    ----------
    change : str
        In words, as in "with learning rate 0.5 instead of 50".
    network, optimizer : callable, optional
        Take the copy and return what stands in its place (None: the copy, changed).
    samples : callable, optional
        Takes the inputs x and returns them changed.
    batch_size : int, optional
    balanced : bool
        Whether every class is drawn equally often.
    """

    change: str
    network: Callable[[Any], Any] | None = None
    optimizer: Callable[[Any], Any] | None = None
    samples: Callable[[Any], Any] | None = None
    batch_size: int | None = None
    balanced: bool = False


@dataclass(frozen=True)
class Outcome:
    """How a network is after some steps."""

    score: Score
    steps: int
    network: Any


class Laboratory:
    """Trains copies of a case's network, from its start, for as long as the budget lasts."""

    def __init__(self, case: Case, scores: Scores, budget: Budget) -> None:
        self.case, self.scores, self.budget = case, scores, budget
        self.step_seconds = 0.0  # of the slowest trial so far

    @property
    def usual_steps(self) -> int:
        """How many steps a trial makes: more of small batches, which cost little and say little."""
        return STEPS if self.case.batch_size >= 16 else 4 * STEPS

    def start(self) -> Any:
        """Return a copy of the network at the start, or with new weights where the start is not known."""
        if self.case.start is not None:
            return copied(self.case.start, self.case.data)
        network = copied(self.case.network, self.case.data)
        renew(network, self.scores.train.x)
        return network

    def optimizer(self, network: Any = None) -> Any:
        """Return a copy of the optimizer at the start; Adam where it is not known.

        Where it holds the network, or its parameters, it holds those of the network that is given.
        """
        case = self.case
        if case.start_optimizer is None and case.optimizer is None:
            return Adam(lr=0.003)
        optimizer = fresh_optimizer(case.optimizer) if case.start_optimizer is None else case.start_optimizer
        source = case.network if case.start is None or case.start_optimizer is None else case.start
        return copied(optimizer, replaced={} if network is None else bound_to(network, source))

    def optimizer_as_it_is(self, network: Any) -> Any:
        """Return a copy of the optimizer as it is now, for a copy of the network as it is now."""
        case = self.case
        if case.optimizer is None:
            return Adam(lr=0.003)
        return copied(case.optimizer, replaced=bound_to(network, case.network))

    def run(self, remedy: Remedy, seconds: float, steps: int = 0, network: Any = None) -> Outcome | None:
        """Train a copy with the remedy; None where there is no time, or where the copy cannot be trained.

        Parameters
        ----------
        remedy : Remedy
        seconds : float
            How long it may take.
        steps : int
        network : object, optional
            To go on with this one and the optimizer as it is, and not with those at the start.
        """
        seconds = min(self.budget.left, max(seconds, 1.2 * FEW * self.step_seconds))
        if seconds <= FEWEST * self.step_seconds:
            return None
        steps, end = steps or self.usual_steps, self.budget.used + seconds
        try:
            trained = self.start() if network is None else network
            trained = remedy.network(trained) or trained if remedy.network else trained
            optimizer = self.optimizer(trained) if network is None else self.optimizer_as_it_is(trained)
            optimizer = remedy.optimizer(optimizer) or optimizer if remedy.optimizer else optimizer
            made = 0
            for x, t in self.batches(remedy, steps):
                if self.budget.used > end:
                    break
                if not self.step(trained, optimizer, x, t):
                    return Outcome(Score(math.inf, None), made, trained)
                made += 1
            self.step_seconds = max(self.step_seconds, (seconds - end + self.budget.used) / max(1, made))
        except Exception:
            return None
        if made < min(FEWEST, steps):
            return None
        return Outcome(self.scores.of(trained, change=remedy.samples), made, trained)

    def batches(self, remedy: Remedy, steps: int) -> Iterator[tuple[Any, Any]]:
        """Yield that many shuffled batches of the training data."""
        rng, count = np.random.default_rng(1), len(self.case.x_train)
        size = min(count, remedy.batch_size or self.case.batch_size)
        order, place = self.order(rng, remedy.balanced), 0
        for _number in range(steps):
            if place + size > len(order):
                order, place = self.order(rng, remedy.balanced), 0
            chosen = order[place : place + size]
            place += size
            x = self.case.x_train[chosen]
            yield (x if remedy.samples is None else remedy.samples(x)), self.case.t_train[chosen]

    def order(self, rng: np.random.Generator, balanced: bool) -> np.ndarray:
        """Return the samples in random order; balanced, with every class as often as the others."""
        labels, count = self.scores.labels, len(self.case.x_train)
        if not balanced or labels is None:
            return rng.permutation(count)
        members = [np.flatnonzero(labels == k) for k in np.unique(labels)]
        each = -(-count // len(members))
        return rng.permutation(np.concatenate([rng.choice(some, each) for some in members]))

    def step(self, network: Any, optimizer: Any, x: Any, t: Any) -> bool:
        """Make a step, and return whether the gradients were finite."""
        grads = network.gradient(x, t)
        params = network.params
        if not all(np.isfinite(grads[name]).all() for name in params if name in grads):
            return False
        if self.case.clip_norm is not None:
            clip_gradient_norm(grads, self.case.clip_norm)
        optimizer.update(params, grads)
        return True

    def trial_of(self, remedy: Remedy, outcome: Outcome, as_is: Score) -> Trial:
        """Return the trial of an outcome."""
        return Trial(remedy.change, outcome.steps, "loss", as_is.loss, outcome.score.loss)

    def rate(self) -> tuple[str, float] | None:
        """Return the name and the value of the learning rate at the start."""
        optimizer = self.case.start_optimizer or self.case.optimizer
        name = rate_name(optimizer) if optimizer is not None else None
        if name is None:
            return None
        return name, float(self.case.base_lr if self.case.base_lr is not None else getattr(optimizer, name))


def clearly_better(score: Score, as_is: Score, scores: Scores) -> bool:
    """Return whether a network is so much better than as it is that it is no chance."""
    if not math.isfinite(score.loss) or score.loss > scores.first:
        return False
    if not math.isfinite(as_is.loss):
        return scores.guess is None or score.loss < 0.95 * scores.guess
    if score.loss > CLEAR * as_is.loss:
        return False
    if scores.guess is not None and as_is.loss > 1.5 * scores.guess:
        return score.loss < max(0.95 * scores.guess, 1e-3 * as_is.loss)
    if score.accuracy is None or as_is.accuracy is None:
        return True
    gain, missing = score.accuracy - as_is.accuracy, 1 - as_is.accuracy
    return gain > 0.02 and gain > 0.2 * missing
