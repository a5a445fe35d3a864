"""Are some classes rare, and does the network answer them?"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from language import _
from training.diagnosis.finding import Finding, Trial
from training.diagnosis.laboratory import Remedy
from training.diagnosis.look import Look


class Answers(NamedTuple):
    """The training samples' classes, and what the network answers to them.

    ``labels`` and ``given`` have shape (N,); ``shares`` (K,) are those of the labels, and ``recalls`` tells for each
    class that occurs how many of its samples are recognised.
    """

    labels: np.ndarray
    given: np.ndarray
    shares: np.ndarray
    recalls: dict[int, float]


def imbalanced(look: Look) -> Iterator[Finding]:
    """See whether rare classes are never answered because they are rare."""
    if look.scores.labels is not None and len(np.unique(look.scores.labels)) == 1:
        yield only_one_class(int(look.scores.labels[0]))
        return
    found = answers_of_classes(look)
    if found is None or len(found.recalls) < 2:
        return
    common, even = int(found.shares.argmax()), 1 / len(found.recalls)
    rare = [k for k, recall in found.recalls.items() if found.shares[k] < 0.5 * even and recall < 0.5]
    if found.shares[common] >= max(0.7, 1.6 * even) and rare and found.recalls[common] > 0.8:
        yield of_rare_classes(found, common, rare[0], balanced_trial(look, found.labels))
    one = int(np.bincount(found.given.clip(0)).argmax())
    share = float(np.mean(found.given == one))
    if share > 0.995 and one < len(found.shares) and found.shares[one] < 0.99:
        yield of_one_answer(found, one, share)


def answers_of_classes(look: Look) -> Answers | None:
    """Return classes and answers, None in regression or where the network gives no answers."""
    labels = look.scores.train.labels
    given = None if labels is None else look.scores.answers(look.copy(), look.scores.train)
    if labels is None or given is None:
        return None
    shares = np.bincount(labels, minlength=look.scores.classes) / len(labels)
    recalls = {int(k): float(np.mean(given[labels == k] == k)) for k in np.flatnonzero(shares)}
    return Answers(labels, given, shares, recalls)


def only_one_class(one: int) -> Finding:
    """Return the finding of labels that are all the same."""
    return Finding(
        "one-answer",
        _("All training labels are class {one}: there is nothing to tell apart.", one=one),
        _("See how the labels were made: rounded, cast or compared wrongly?"),
        {"class": one},
    )


def of_rare_classes(found: Answers, common: int, rare: int, tried: Trial | None) -> Finding:
    """Return the finding of classes that are too rare; an effect where drawing them more does not help."""
    return Finding(
        "imbalanced",
        _(
            "{share:.0%} of the labels are class {common}; only {recall:.0%} of class {rare} are recognised.",
            share=found.shares[common],
            common=common,
            rare=rare,
            recall=found.recalls[rare],
        ),
        _("Draw the rare classes more often or give their loss more weight, and look at the accuracy of each class."),
        {"shares": found.shares.tolist(), "recalls": found.recalls},
        tried,
        is_effect=tried is None,
    )


def of_one_answer(found: Answers, one: int, share: float) -> Finding:
    """Return the finding of a network that answers the same to all; an effect, but where it is the rarer of two."""
    return Finding(
        "one-answer",
        _(
            "The network answers class {one} for {given:.1%} of the samples; {share:.0%} of them belong to it.",
            one=one,
            given=share,
            share=found.shares[one],
        ),
        _("Its answer does not depend on the input. The other findings, if there are any, tell the reason."),
        {"class": one, "share": share},
        is_effect=one == int(found.shares.argmax()) or len(found.shares) > 2,
    )


def balanced_trial(look: Look, labels: np.ndarray) -> Trial | None:
    """Train with every class drawn equally often, and compare the mean of the classes' accuracies."""
    remedy = Remedy(_("with every class drawn equally often"), balanced=True)
    outcome = look.outcome(remedy, share=0.15, steps=200)
    if outcome is None:
        return None
    answers = [look.scores.answers(network, look.scores.train) for network in (look.copy(), outcome.network)]
    if any(found is None for found in answers):
        return None
    means = [
        float(np.mean([np.mean(found[labels == k] == k) for k in np.unique(labels)]))
        for found in answers
        if found is not None
    ]
    tried = Trial(
        _("with every class drawn equally often, averaged over the classes,"), outcome.steps, "accuracy", *means
    )
    return tried if means[1] > means[0] + 0.05 else None
