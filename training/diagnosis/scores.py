"""How good a network is, in numbers that can be compared: its loss, its accuracy, and how far it is above guessing."""

import contextlib
import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from layers import SoftmaxWithLoss
from training.diagnosis.case import Case
from training.diagnosis.clock import thread_time
from training.diagnosis.copies import copied
from training.diagnosis.targets import entropy_of, labels_of, shares_of

MOST_SAMPLES, FEWEST, MOST_VALUES = 1000, 100, 800_000
LONGEST = 0.02  # seconds that a measurement may take


class Score(NamedTuple):
    """A network on a sample of the data: its loss, and its accuracy where it has one."""

    loss: float
    accuracy: float | None


class Samples(NamedTuple):
    """Some samples of a part of the data, with their classes where they have such."""

    x: np.ndarray
    t: np.ndarray
    labels: np.ndarray | None


class Scores:
    """Measures networks on samples of a case.

    Attributes
    ----------
    train, test : Samples or None
    chance : float
        The accuracy of always giving the most frequent answer, 0 in regression.
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        self.labels = labels_of(np.asarray(case.t_train), case.network)
        self.most = most_samples(case)
        self.train = self.some(case.x_train, case.t_train)
        self.test = None if case.x_test is None else self.some(case.x_test, case.t_test)
        self.chance = 0.0 if self.labels is None else float(shares_of(self.labels).max())
        self.classes = 0 if self.labels is None else int(self.labels.max()) + 1
        self.guess: float | None = None  # the loss of guessing, where it is known
        self.first = float(case.losses[0]) if len(case.losses) else math.inf

    def some(self, x: Any, t: Any) -> Samples:
        """Return samples from all over a part of the data; all of it where that is little."""
        size = max(1, int(np.prod(np.shape(x[:1])[1:])))
        count = min(len(x), self.most, max(50, MOST_VALUES // size))
        chosen = np.sort(np.random.default_rng(0).permutation(len(x))[:count])
        some_t = t[chosen]
        return Samples(x[chosen], some_t, labels_of(some_t, self.case.network) if self.labels is not None else None)

    def of(self, network: Any, samples: Samples | None = None, change: Callable[[Any], Any] | None = None) -> Score:
        """Return the score of a copy; on the training samples, where no others are given."""
        samples = samples or self.train
        x = samples.x if change is None else change(samples.x)
        return Score(loss_of(network, x, samples.t), self.accuracy_of(network, x, samples))

    def accuracy_of(self, network: Any, x: np.ndarray, samples: Samples) -> float | None:
        """Return a copy's accuracy, by its own method or by its answers; None where neither tells."""
        if self.labels is None:
            return None
        if hasattr(network, "accuracy"):
            with contextlib.suppress(Exception):  # then by its answers
                return float(network.accuracy(np.array(x), np.array(samples.t)))
        answers = answers_of(network, x)
        return None if answers is None else float(np.mean(answers == samples.labels))

    def answers(self, network: Any, samples: Samples) -> np.ndarray | None:
        """Return a copy's answers, with the threshold of a single output that fits the network's own accuracy."""
        y = outputs_of(network, samples.x)
        if (
            y is None
            or samples.labels is None
            or y.reshape(len(y), -1).shape[1] > 1
            or not hasattr(network, "accuracy")
        ):
            return answers_of(network, samples.x)
        own, flat = self.accuracy_of(network, samples.x, samples), y.reshape(len(y), -1)[:, 0]
        both = [(flat > threshold).astype(int) for threshold in (0.5, 0.0)]
        return min(both, key=lambda answers: abs(np.mean(answers == samples.labels) - (own or 0.0)))

    def learn_guess(self, *networks: Any) -> None:
        """Find out which loss guessing gives, from what the networks make of their outputs."""
        for network in networks:
            if network is not None and self.guess is None:
                self.guess = self.guess_of(network)

    def guess_of(self, network: Any) -> float | None:
        """Return the loss of guessing, if the network's loss is one of the usual ones."""
        y, loss = outputs_of(network, self.train.x), loss_of(network, self.train.x, self.train.t)
        if self.labels is not None and self.train.labels is not None:
            known = entropy_of(self.labels)
            if y is None or y.ndim != 2 or y.shape[1] < 2:
                return known if math.isfinite(loss) else None
            expected = cross_entropies(y, self.train.labels)
            return known if any(math.isclose(loss, one, rel_tol=0.05, abs_tol=0.01) for one in expected) else None
        return squared_guess(y, loss, network, self.train)

    def above_guessing(self, score: Score) -> float:
        """Return how far a score is on the way from guessing (0) to perfect (1); NaN where that is not known."""
        if score.accuracy is not None:
            return (score.accuracy - self.chance) / max(1e-9, 1 - self.chance)
        if self.guess and math.isfinite(score.loss):
            return 1 - score.loss / self.guess
        return math.nan if math.isfinite(score.loss) else -math.inf


def most_samples(case: Case) -> int:
    """Return how many samples a network answers in an instant."""
    few, few_t = (np.array(part[: min(20, len(part))]) for part in (case.x_train, case.t_train))  # may be written to
    try:
        network = copied(case.network, case.data)
        network.loss(few, few_t)  # the first call prepares
        start = thread_time()
        network.loss(few, few_t)
        each = (thread_time() - start) / len(few)
    except Exception:  # anybody's network
        return MOST_SAMPLES
    return int(min(MOST_SAMPLES, max(FEWEST, LONGEST / max(each, 1e-9))))


def squared_guess(y: np.ndarray | None, loss: float, network: Any, samples: Samples) -> float | None:
    """Return the loss of answering the mean, if a network's loss is a multiple of the mean squared error.

    Of its own answers as targets such a loss is zero, but for weight decay.
    """
    t = np.asarray(samples.t)
    if y is None or not math.isfinite(loss) or y.size != t.size or t.dtype.kind != "f":
        return None
    y = y.reshape(t.shape)
    error, of_answers = float(np.mean((y.astype(float) - t) ** 2)), loss_of(network, samples.x, y.astype(t.dtype))
    if not (error > 0 and math.isfinite(error) and 0 <= of_answers < 0.05 * loss):
        return None
    return (loss - of_answers) / error * float(np.mean((t - t.mean(axis=0)) ** 2))


def loss_of(network: Any, x: Any, t: Any) -> float:
    """Return a copy's loss; infinite where it is no number, NaN where it cannot be computed."""
    try:
        loss = float(np.asarray(network.loss(np.array(x), np.array(t))).reshape(()))  # which may be written to
    except Exception:
        return math.nan
    return loss if math.isfinite(loss) else math.inf


def outputs_of(network: Any, x: Any) -> np.ndarray | None:
    """Return what a copy answers, by ``predict``, ``forward`` or a call; None where it has none of them."""
    for name in ("predict", "forward", "__call__"):
        method = getattr(network, name, None)
        if method is None:
            continue
        try:
            y = np.asarray(method(np.array(x)))
        except Exception:
            continue
        if y.dtype.kind in "fiub" and y.ndim and len(x) in y.shape:
            return y.T if y.shape[0] != len(x) and y.shape[-1] == len(x) else y
    return None


def answers_of(network: Any, x: Any) -> np.ndarray | None:
    """Return the class that a copy answers for each sample, None where it gives none."""
    y = outputs_of(network, x)
    if y is None:
        return None
    if y.ndim == 2 and y.shape[1] > 1:
        return y.argmax(axis=1)
    y = y.reshape(len(x), -1)[:, 0]
    if y.dtype.kind in "iub":
        return y.astype(int)
    with np.errstate(invalid="ignore"):
        return (y > (0.5 if y.min() >= 0 and y.max() <= 1 else 0.0)).astype(int)


def cross_entropies(y: np.ndarray, labels: np.ndarray) -> list[float]:
    """Return the mean cross entropy of outputs taken as scores, and as probabilities where they are such."""
    if y.shape[1] <= labels.max() or not np.isfinite(y).all():
        return []
    y = y.astype(float)
    found = [float(SoftmaxWithLoss().forward(y, labels))]
    if (y >= 0).all() and np.allclose(y.sum(axis=1), 1, atol=1e-3):
        found.append(float(-np.mean(np.log(np.maximum(y[np.arange(len(y)), labels], 1e-12)))))
    return found
