"""Do samples and labels belong together, and are the test samples new?"""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from figures.evaluation import count_pairs
from language import _
from training.diagnosis.case import Case
from training.diagnosis.finding import Finding, Trial
from training.diagnosis.look import Look
from training.diagnosis.reference import MOSTLY, reference_of

CHANCE = 0.08  # of the way from guessing to perfect: what counts as no better than guessing
KNOWS = 0.3  # what counts as clearly better


def unrelated(look: Look) -> Iterator[Finding]:
    """See whether anything can be learned about the labels of samples that were not trained on."""
    reference, test = look.reference, look.test
    if reference is None or look.scores.chance > MOSTLY:
        return
    own_test = look.scores.above_guessing(test) if test is not None else math.nan
    noise = 2.5 / math.sqrt(max(1, len(look.scores.train.x) // 4))
    of_few = 1 / math.sqrt(len(look.scores.test.x)) if look.scores.test else 0.0
    of_reference = reference.test if reference.test is not None else 0.0
    if reference.held_out < max(CHANCE, noise) and not own_test > 0.15 and of_reference < 0.15:
        yield from of_training(look, own_test)
    elif (
        look.learned > KNOWS
        and not look.broken
        and reference.held_out > max(KNOWS, 2.5 * of_few)
        and reference.test is not None
        and own_test < max(CHANCE, noise)
        and (reference.test < max(CHANCE, noise))
    ):
        yield from of_test(look)


def few_samples(look: Look) -> bool:
    """Return whether the samples are too few to say that nothing can be learned of them."""
    count, features = len(look.case.x_train), int(np.prod(np.shape(look.scores.train.x)[1:]))
    return count < max(60, 1.5 * features) and count < 500


def has_copies(look: Look) -> bool:
    """Return whether some training samples stand there more than once."""
    rows = rows_of(look.case.x_train, 5000)
    return len(set(rows)) < 0.95 * len(rows)


def of_training(look: Look, own_test: float) -> Iterator[Finding]:
    """Report training labels that tell nothing; as the trial, samples and labels aligned in another way."""
    if look.scores.labels is not None and look.learned < 0.1 and len(np.unique(look.scores.labels)) < 2:
        return
    if look.scores.labels is None and look.learned < KNOWS:
        return  # inputs that say nothing of the targets: not-learning, as far as anybody can tell
    few = few_samples(look)
    tried = aligned(look) or (None if few and len(look.case.x_train) < 60 else learned_from_test(look))
    if tried is None and few:
        return
    yield Finding(
        "labels-unrelated",
        _(
            "The training labels have nothing to do with the samples: on samples it was not trained on, a network "
            "does no better than chance."
        ),
        _("See whether both files belong together, are in the same order, and were shuffled together."),
        {"held_out": look.reference.held_out if look.reference else None, "train": look.learned, "test": own_test},
        tried,
    )


def of_test(look: Look) -> Iterator[Finding]:
    """Report test labels that do not fit samples of which the training ones are known to fit."""
    test, reference = look.scores.test, look.reference
    tried = None
    evidence: dict[str, Any] = {"train": look.learned, "held_out": reference.held_out if reference else None}
    if look.scores.labels is not None and test is not None and reference is not None and reference.answers is not None:
        order = matching(reference.answers.argmax(axis=1), test.labels)
        if order is not None:
            accuracy, as_is, shown = order
            evidence["order"] = shown
            tried = Trial(_("with the classes in another order ({order})", order=shown), 0, "accuracy", as_is, accuracy)
    if tried is None and (few_samples(look) or has_copies(look)):
        return  # what was held out may be known by heart, and the test is not
    yield Finding(
        "labels-unrelated",
        _(
            "The test labels have nothing to do with the test samples, while the training labels do: of training "
            "samples that were held out, a network gets {known:.0%} of the way from guessing to perfect.",
            known=reference.held_out if reference else math.nan,
        ),
        _("See whether the test labels belong to these samples, and count the classes in the same order."),
        evidence,
        tried,
    )


def matching(answers: np.ndarray, labels: Any) -> tuple[float, float, str] | None:
    """Return the accuracy with the classes in the order that fits best, that as it is, and the order in words."""
    classes = int(max(answers.max(), labels.max())) + 1
    pairs = count_pairs(answers, labels, classes)
    best = pairs.argmax(axis=1)
    accuracy, as_is = float(pairs.max(axis=1).sum() / len(labels)), float(np.trace(pairs) / len(labels))
    if accuracy < 0.6 or accuracy < as_is + 0.2:
        return None
    return accuracy, as_is, ", ".join(f"{k}->{best[k]}" for k in range(min(classes, 10)))


def aligned(look: Look) -> Trial | None:
    """Try the training labels one place further, one back, and in reverse order."""
    case = look.case
    t, count = np.asarray(case.t_train), len(case.x_train)
    changes = {
        _("with each label moved one place on"): np.roll(t, 1, axis=0),
        _("with each label moved one place back"): np.roll(t, -1, axis=0),
        _("with the labels in reverse order"): t[::-1],
    }
    for change, other in changes.items():
        found = reference_of(
            replaced(case, case.x_train, other), look.scores_of(other), look.budget, 0.1 * look.budget.seconds
        )
        if found is not None and found.held_out > KNOWS and look.reference is not None and count > 20:
            return Trial(
                change, 0, "accuracy", as_accuracy(look, look.reference.held_out), as_accuracy(look, found.held_out)
            )
    return None


def learned_from_test(look: Look) -> Trial | None:
    """Train on half of the test samples with their labels, and see whether the other half is known then."""
    case = look.case
    if case.x_test is None or len(case.x_test) < 40 or look.reference is None:
        return None
    found = reference_of(
        replaced(case, case.x_test, case.t_test),
        look.scores_of(case.t_test, case.x_test),
        look.budget,
        0.15 * look.budget.seconds,
    )
    if found is None or found.held_out < KNOWS:
        return None
    change = _("trained on part of the test data instead, whose labels do fit,")
    return Trial(change, 0, "accuracy", as_accuracy(look, look.reference.held_out), as_accuracy(look, found.held_out))


def as_accuracy(look: Look, above_guessing: float) -> float:
    """Return an accuracy from how far it is above guessing."""
    return look.scores.chance + above_guessing * (1 - look.scores.chance)


def replaced(case: Case, x: Any, t: Any) -> Case:
    """Return a case with other training data."""
    return Case(case.network, x, t, batch_size=case.batch_size)


def leaked(look: Look) -> Iterator[Finding]:
    """Look for test samples that stand in the training set."""
    case = look.case
    if case.x_test is None:
        return
    train, test = pairs_of(case.x_train, case.t_train), pairs_of(case.x_test, case.t_test)
    known = set(train)
    count = sum(pair in known for pair in test)
    if count < max(2, 0.01 * len(test)) or alike_by_chance(look):
        return
    yield Finding(
        "leak",
        _(
            "{count} of {of} test samples are in the training set, too: the test accuracy is too good to be true.",
            count=count,
            of=len(test),
        ),
        _("Take them out of the training set, or split the data before samples are copied or augmented."),
        {"samples": count, "share": count / len(test)},
    )


def pairs_of(x: Any, t: Any) -> list[int]:
    """Return a number for each sample with its label, equal where the two are."""
    return [hash(pair) for pair in zip(rows_of(x), rows_of(t), strict=True)]


def alike_by_chance(look: Look) -> bool:
    """Return whether the samples are few numbers of few values each, so that many are alike without being copies."""
    x = np.asarray(look.scores.train.x)
    flat = x.reshape(len(x), -1)
    rows = rows_of(look.case.x_train, 5000)
    if len(set(rows)) < 0.05 * len(rows):  # as one-hot words are
        return True
    if flat.shape[1] > 60:
        return False
    kinds = math.prod(float(len(np.unique(column))) for column in flat.T)
    return kinds < 20 * len(look.case.x_train)


def rows_of(x: Any, most: int = 70_000) -> list[int]:
    """Return a number for each sample, equal where the samples are; they would take much memory themselves."""
    values = x.pixels if hasattr(x, "pixels") else np.asarray(x)
    flat = np.ascontiguousarray(values[:most].reshape(min(most, len(values)), -1))
    return [hash(row.tobytes()) for row in flat]
