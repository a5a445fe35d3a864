"""What these data let a network learn: a small one that is known to work, trained for a moment."""

import math
from typing import Any, NamedTuple

import numpy as np

from layers import IdentityWithLoss
from networks import MultiLayerNet
from training.diagnosis.case import Budget, Case
from training.diagnosis.scores import Scores
from training.diagnosis.weights import inputs_of
from training.optimizers import Adam

UNITS, BATCH, STEPS = 64, 32, 600
MOSTLY = 0.75  # the share of one class from which on the others are hardly heard
MOST_SAMPLES, HELD_OUT, MOST_FEATURES, MOST_VALUES = 2000, 0.25, 4096, 2_000_000


class Reference(NamedTuple):
    """What a small network reaches.

    Attributes
    ----------
    held_out : float
        Above guessing, on training samples that it was not trained on: 0 guessing, 1 perfect.
    test : float or None
        The same on the test samples.
    answers : ndarray or None
        Its answers to the test samples of ``scores``.
    """

    held_out: float
    test: float | None
    answers: np.ndarray | None


def reference_of(case: Case, scores: Scores, budget: Budget, seconds: float) -> Reference | None:
    """Train a small network on some of the data; None where there is no time, or nothing to train on."""
    end = budget.used + min(seconds, budget.left)
    rng = np.random.default_rng(2)
    chosen = rng.permutation(len(case.x_train))[: most_samples(inputs_of(scores.train.x))]
    if len(chosen) < 20:
        return None
    scale = scaling_of(case)
    x = scale(case.x_train[chosen])
    if x.shape[1] > MOST_FEATURES:  # as one-hot
        return None
    t, outputs = reference_targets(case, scores, chosen)
    held_out = max(5, int(HELD_OUT * len(x)))
    net = MultiLayerNet(x.shape[1], [UNITS, UNITS], outputs, seed=0)
    if scores.labels is None:
        net.loss_layer = IdentityWithLoss()
    optimizer, best = Adam(lr=0.005), -math.inf
    kept: dict[str, np.ndarray] = {}
    for step in range(STEPS):
        if budget.used > end and step >= 100:
            break
        rows = rng.integers(held_out, len(x), BATCH)
        optimizer.update(net.params, net.gradient(x[rows], t[rows]))
        if step % 50 == 49:
            reached = above_guessing(net.predict(x[:held_out]), t[:held_out], t)
            if reached > best:
                best, kept = reached, {name: param.copy() for name, param in net.params.items()}
    for name, param in net.params.items():
        param[...] = kept.get(name, param)
    if scores.test is None:
        return Reference(best, None, None)
    answers = net.predict(scale(scores.test.x))
    test_t = standardised(scores.test.t, case.t_train) if scores.test.labels is None else scores.test.labels
    return Reference(best, above_guessing(answers, test_t, t), answers)


def most_samples(features: int) -> int:
    """Return how many samples are looked at, fewer of more features; none of too many."""
    return 0 if features > MOST_FEATURES else min(MOST_SAMPLES, max(500, MOST_VALUES // max(1, features)))


def reference_targets(case: Case, scores: Scores, chosen: np.ndarray) -> tuple[np.ndarray, int]:
    """Return labels, or targets with mean 0 and deviation 1, and how many outputs they need."""
    if scores.labels is not None:
        return scores.labels[chosen], max(2, scores.classes)
    t = standardised(case.t_train[chosen], case.t_train)
    return t, t.shape[1]


def standardised(t: Any, every: Any) -> np.ndarray:
    """Return targets (N, M) with the mean and deviation of all of them taken out."""
    t, every = (np.asarray(values, float).reshape(len(values), -1) for values in (t, every))
    return ((t - every.mean(axis=0)) / (every.std(axis=0) + 1e-12)).astype(np.float32)


def above_guessing(y: np.ndarray, t: np.ndarray, every: np.ndarray) -> float:
    """Return how far answers are above guessing: 0 guessing, 1 perfect.

    Where one class has most of the samples, that is judged by the classes' own accuracies.
    """
    if t.ndim == 1:
        right, chance = y.argmax(axis=1) == t, np.bincount(every).max() / len(every)
        if chance > MOSTLY:
            present = np.unique(t)
            each = np.mean([right[t == k].mean() for k in present])
            return float((each - 1 / len(present)) / max(1e-9, 1 - 1 / len(present))) if len(present) > 1 else 0.0
        return float((np.mean(right) - chance) / max(1e-9, 1 - chance))
    return float(1 - np.mean((y - t) ** 2) / max(1e-12, float(np.mean((t - t.mean(axis=0)) ** 2))))


class Scaling:
    """Inputs with mean 0 and deviation 1 in every feature; for images, of all pixels together.

    Constant features become 0, and so does what is no number; values far outside are cut off at 6 deviations.
    """

    def __init__(self, x: Any) -> None:
        values = np.asarray(x, float)
        flat = values.reshape(len(values), -1)
        flat = np.where(np.isfinite(flat), flat, np.nan)
        if values.ndim > 2 or flat.shape[1] >= 49:
            whole = flat[np.isfinite(flat)]
            self.mean, self.std = np.full(flat.shape[1], whole.mean()), np.full(flat.shape[1], whole.std())
        else:
            self.mean, self.std = self.of_columns(flat)
        self.std = np.where(self.std > 1e-12 * (np.abs(self.mean) + 1), self.std, np.inf)

    def of_columns(self, flat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return mean and deviation of each column, without the values that lie far outside."""
        low, high = np.nanquantile(flat, [0.02, 0.98], axis=0)
        reach = 3 * (high - low)
        inside = np.where((flat >= low - reach) & (flat <= high + reach) | (reach == 0), flat, np.nan)
        middle = np.nanmedian(flat, axis=0)
        low, high = np.nanquantile(flat, [0.1, 0.9], axis=0)
        far = np.abs(inside - middle) > 20 * (high - low)
        inside = np.where(far & (high > low), np.nan, inside)
        return np.nan_to_num(np.nanmean(inside, axis=0)), np.nan_to_num(np.nanstd(inside, axis=0))

    def __call__(self, x: Any) -> np.ndarray:
        """Return inputs scaled."""
        values = np.asarray(x)
        flat = values.reshape(len(values), -1)
        scaled = np.nan_to_num((flat - self.mean) / self.std, nan=0.0, posinf=0.0, neginf=0.0).clip(-6, 6)
        dtype = values.dtype if values.dtype.kind == "f" else np.float32
        return scaled.astype(dtype).reshape(values.shape)


def scaling_of(case: Case) -> Any:
    """Return what scales the inputs of a case and lays them flat; whole numbers that are few become one-hot."""
    chosen = np.random.default_rng(3).permutation(len(case.x_train))[:MOST_SAMPLES]
    some = np.asarray(case.x_train[np.sort(chosen)])
    if (
        some.dtype.kind in "iu"
        and some.ndim == 2
        and some.shape[1] <= 32
        and 2 < int(some.max()) < 64
        and some.min() >= 0
    ):
        every = np.arange(int(some.max()) + 1)
        return lambda x: (np.asarray(x)[:, :, np.newaxis] == every).reshape(len(x), -1).astype(np.float32)
    scaling = Scaling(some)
    return lambda x: scaling(x).reshape(len(x), -1)
