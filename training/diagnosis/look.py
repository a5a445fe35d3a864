"""What the signs of sickness look at: the case, and what has been measured of it so far."""

import functools
import math
from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from language import _
from training.diagnosis.case import Budget, Case
from training.diagnosis.copies import copied
from training.diagnosis.finding import Trial
from training.diagnosis.laboratory import Laboratory, Outcome, Remedy, clearly_better
from training.diagnosis.reference import Reference, Scaling, reference_of
from training.diagnosis.scores import Samples, Score, Scores
from training.diagnosis.signals import Signal, signals_of
from training.diagnosis.spot_check import SpotCheck

Result = TypeVar("Result")
FEW = 200  # samples at which layers are looked at
SHORT_RUN = 200  # steps
SHORT = 0.06  # of the way from guessing to perfect, by which a network has to fall short to be sick


class Look:
    """A case, measured where it is asked for, and once.

    Attributes
    ----------
    case : Case
    budget : Budget
    scores : Scores
    laboratory : Laboratory
    """

    def __init__(self, case: Case, budget: Budget) -> None:
        self.case, self.budget = case, budget
        self.scores = Scores(case)
        self.laboratory = Laboratory(case, self.scores, budget)
        self.kept: dict[Any, Any] = {}  # what signs have tried, of which others ask too
        order = ("start", "end") if self.scores.labels is not None else ("end", "start")
        self.scores.learn_guess(*(self.copy(which) for which in order))

    def scores_of(self, t: Any, x: Any = None) -> Scores:
        """Return the scores of other training data."""
        case = self.case
        return Scores(Case(case.network, case.x_train if x is None else x, t, batch_size=case.batch_size))

    def copy(self, which: str = "end") -> Any:
        """Return a copy of the network as it is at the end, or at the start (None where that is not known)."""
        network = self.case.network if which == "end" else self.case.start
        return None if network is None else copied(network, self.case.data)

    @cached_property
    def end(self) -> Score:
        """The network as it is, on training samples."""
        return self.scores.of(self.copy())

    @cached_property
    def begin(self) -> Score | None:
        """The network at the start, on training samples."""
        start = self.copy("start")
        return None if start is None else self.scores.of(start)

    @cached_property
    def test(self) -> Score | None:
        """The network as it is, on test samples."""
        return None if self.scores.test is None else self.scores.of(self.copy(), self.scores.test)

    @cached_property
    def reference(self) -> Reference | None:
        """What a small network reaches on these data."""
        return reference_of(self.case, self.scores, self.budget, 0.2 * self.budget.seconds)

    @cached_property
    def learned(self) -> float:
        """How far the network is on the way from guessing to perfect, on training samples."""
        return self.scores.above_guessing(self.end)

    @cached_property
    def broken(self) -> bool:
        """Whether its loss is no number, or worse than that of guessing."""
        if not math.isfinite(self.end.loss):
            return True
        before = self.begin.loss if self.begin else self.scores.first
        if self.end.loss > 3 * before:
            return True
        worse = not math.isfinite(before) or self.end.loss > 0.9 * before
        return self.scores.guess is not None and self.end.loss > 1.5 * self.scores.guess and worse

    @cached_property
    def at_guessing(self) -> bool:
        """Whether it has learned next to nothing."""
        return self.broken or self.learned < 0.1

    @cached_property
    def falls_short(self) -> bool:
        """Whether it has learned clearly less than what the data let a small network learn."""
        if not math.isfinite(self.learned) and self.broken:
            return True
        if self.reference is None:
            return self.at_guessing
        return self.reference.held_out - self.learned > SHORT or (self.broken and self.reference.held_out > 0.1)

    @cached_property
    def going_on(self) -> Outcome | None:
        """The network after more steps like those before, twice as many as there were, at most some hundred."""
        steps = int(min(300, max(100, 2 * self.case.steps)))
        return self.laboratory.run(Remedy(_("going on,")), 0.15 * self.budget.seconds, steps, self.copy())

    @cached_property
    def was_going_well(self) -> bool:
        """Whether it was on the best way when it ended: the loss falls fast when it goes on."""
        if self.broken or self.learned > 0.92 or self.going_on is None or self.case.steps > 1000:
            return False
        later, losses = self.going_on.score, self.case.losses
        if later.loss < 0.8 * self.end.loss:
            return True
        fell = len(losses) > 0 and self.end.loss < 0.85 * losses[0]
        more = (
            later.accuracy is not None and self.end.accuracy is not None and later.accuracy > self.end.accuracy + 0.03
        )
        return self.case.steps <= SHORT_RUN and fell and (later.loss < 0.95 * self.end.loss or more)

    @cached_property
    def rerun(self) -> Outcome | None:
        """The training once more, with weights drawn anew, where it is not known how they started."""
        return None if self.case.start is not None else self.outcome(Remedy(""))

    @cached_property
    def started_badly(self) -> bool:
        """Whether all goes well with weights drawn anew, so that the fault lies in how they started."""
        rerun = self.rerun
        if rerun is None or self.blew_up or (self.broken and self.learned_at_first):
            return False
        return clearly_better(rerun.score, self.end, self.scores)

    @cached_property
    def blew_up(self) -> bool:
        """Whether the losses fell at first, and rose then above where they had begun."""
        losses = self.case.losses
        if len(losses) < 5:
            return False
        first, last = float(losses[0]), losses[-max(1, len(losses) // 10) :]
        lowest = float(np.nanmin(losses)) if np.isfinite(losses).any() else math.inf
        end = float(np.mean(last)) if np.isfinite(last).all() else math.inf
        return lowest < 0.7 * first and end > max(2 * lowest, 0.9 * first)

    @cached_property
    def rose(self) -> bool:
        """Whether the losses rose, or jump about as much as they fell."""
        losses = self.case.losses
        if len(losses) < 4:
            return False
        if not np.isfinite(losses).all():
            return True
        first, last = losses[: max(1, len(losses) // 10)].mean(), losses[-max(2, len(losses) // 5) :].mean()
        return bool(last > 1.1 * first) or bool(losses.max() > 3 * losses[0])

    @cached_property
    def learned_at_first(self) -> bool:
        """Whether the losses fell before they stood still or rose, so that the start was no bad one."""
        losses = self.case.losses
        if len(losses) < 10 or not np.isfinite(losses[0]):
            return False
        means = losses[: len(losses) // 10 * 10].reshape(10, -1).mean(axis=1)
        return bool(np.nanmin(means) < 0.7 * losses[0])

    @cached_property
    def scaling(self) -> Scaling:
        """What gives the inputs mean 0 and deviation 1."""
        return Scaling(self.scores.train.x)

    def few(self) -> Samples:
        """Return copies of few training samples."""
        x, t, labels = self.scores.train
        return Samples(np.array(x[:FEW]), np.array(t[:FEW]), None if labels is None else labels[:FEW])

    @cached_property
    def signals_at_end(self) -> list[Signal]:
        """What goes through the network as it is."""
        few = self.few()
        return signals_of(self.copy(), few.x, few.t)

    @cached_property
    def signals_at_start(self) -> list[Signal]:
        """What went through it at the start; empty where that is not known."""
        few, start = self.few(), self.copy("start")
        return [] if start is None else signals_of(start, few.x, few.t)

    @cached_property
    def spot_check(self) -> SpotCheck:
        """The spot check of the gradient: what asks it leaves the parameters as they are."""
        return SpotCheck(self.case, self.scores.train.x, self.scores.train.t)

    def trial(self, remedy: Remedy, share: float = 0.1, steps: int = 0) -> Trial | None:
        """Try a remedy for a share of the time; None where it does not clearly help."""
        outcome = self.outcome(remedy, share, steps)
        if outcome is None or not clearly_better(outcome.score, self.end, self.scores):
            return None
        return self.laboratory.trial_of(remedy, outcome, self.end)

    def outcome(self, remedy: Remedy, share: float = 0.1, steps: int = 0) -> Outcome | None:
        """Try a remedy for a share of the time, and return what came of it."""
        return self.laboratory.run(remedy, share * self.budget.seconds, steps)


def once(measure: Callable[[Look], Result]) -> Callable[[Look], Result]:
    """Wrap a function of a case that takes time, so that the case is measured once, whoever asks."""

    @functools.wraps(measure)
    def kept(look: Look) -> Result:
        if measure not in look.kept:
            look.kept[measure] = measure(look)
        return look.kept[measure]

    return kept
