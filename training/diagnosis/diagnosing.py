"""Looking for all that can be wrong with a training, in the order in which it is likely."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from language import N_, _
from networks.moving import brought_home
from training.diagnosis.case import Budget, Case, case_of_loop, case_of_trainer, seconds_for
from training.diagnosis.copies import copied, undisturbed
from training.diagnosis.finding import Finding, ranked
from training.diagnosis.look import Look
from training.diagnosis.surroundings import kept, stands_alone
from training.signs import (
    balance,
    batches,
    ends,
    fit,
    gradients,
    inputs,
    labels,
    learning,
    modes,
    rates,
    units,
    updates,
    weights,
)

Sign = Callable[[Look], Iterator[Finding]]

# What is seen at once, then what takes trials: those that explain others first.
ALWAYS: tuple[Sign, ...] = (
    inputs.not_finite,
    inputs.constant,
    modes.one_for_all,
    labels.leaked,
    updates.not_in_params,
    gradients.uphill,
    updates.unchanged,
    updates.without_influence,
)
BY_MEASURING: tuple[Sign, ...] = (
    gradients.wrong_gradients,
    modes.random_answers,
    modes.running_statistics,
    modes.dropout_scale,
    labels.unrelated,
    weights.symmetric,
    balance.imbalanced,
    batches.stale,
)
WHERE_IT_FALLS_SHORT: tuple[Sign, ...] = (
    inputs.unscaled,
    fit.held_back,
    weights.exploding,
    weights.vanishing,
    rates.learning_rate,
    units.saturated,
    units.dead,
    batches.noisy,
)
AT_THE_END: tuple[Sign, ...] = (fit.overfitting, ends.ended_too_soon, ends.ended_too_late)
NO_COPY = N_(
    "diagnose: the network cannot be looked into without changing it, since it cannot be copied ({reason}); see that "
    "its parameters are arrays of its own, and that it holds no open files or generators"
)
FUNDAMENTAL = (
    "wrong-sign",
    "wrong-gradient",
    "not-updated",
    "labels-unrelated",
    "symmetric",
    "stale-data",
    "mode",
    "unscaled-input",
)


def diagnose(
    network: Any,
    x_train: Any = None,
    t_train: Any = None,
    x_test: Any = None,
    t_test: Any = None,
    *,
    optimizer: Any = None,
    losses: Any = None,
    seconds: float | None = None,
) -> list[Finding]:
    """Say what is wrong with a training, and what happens when it is put right.

    Remedies are tried on copies, for some dozen steps: one that does not help is not proposed. Network, optimizer, data
    and random numbers stay as they are, to the bit.

    Parameters
    ----------
    network : Trainer or object
        A :class:`training.Trainer`, during or after its training, which knows all the rest; or, after a loop of one's
        own, the network: an object with ``params``, ``gradient(x, t)`` and ``loss(x, t)``, and ``accuracy(x, t)`` or
        ``predict(x)`` where it has them.
    x_train, t_train, x_test, t_test : array, optional
        The data of a loop of one's own; those of the test may be missing.
    optimizer : object, optional
        With ``update(params, grads)``, and its learning rate as ``lr``.
    losses : sequence of float, optional
        The loss of each step.
    seconds : float, optional
        How long it may take; without it 2 s, or a tenth of the time of the training where that is longer.

    Returns
    -------
    list of Finding
        What explains the others first; empty where nothing is wrong.

    Raises
    ------
    TypeError, ValueError
        When the network lacks what a network has or cannot be copied, the data do not fit, or nothing was trained.

    Examples
    --------
    >>> from datasets import load_digits
    >>> from networks import TwoLayerNet
    >>> from training import SGD, Trainer, diagnose
    >>> (x_train, t_train), (x_test, t_test) = load_digits()
    >>> network = TwoLayerNet(64, 50, 10, seed=0)
    >>> trainer = Trainer(network, x_train, t_train, x_test, t_test, SGD(lr=0.00001), epochs=2, seed=0)
    >>> history = trainer.train()
    >>> diagnose(trainer)[0].code
    'learning-rate-too-low'
    """
    with brought_home(getattr(network, "network", network)):
        case = case_of(network, x_train, t_train, x_test, t_test, optimizer, losses)
        return examine(case, seconds_for(case) if seconds is None else seconds)


def case_of(subject: Any, x_train: Any, t_train: Any, x_test: Any, t_test: Any, optimizer: Any, losses: Any) -> Case:
    """Return the case of a trainer, which knows all the rest, or of a loop of one's own."""
    if hasattr(subject, "traces") and hasattr(subject, "network"):
        if x_train is not None:
            raise TypeError(_("diagnose: a Trainer has its data, so that no others can be given"))
        return case_of_trainer(subject)
    if x_train is None or t_train is None:
        raise TypeError(_("diagnose: expected a Trainer, or a network with x_train and t_train"))
    return case_of_loop(subject, x_train, t_train, x_test, t_test, optimizer, losses)


def examine(case: Case, seconds: float) -> list[Finding]:
    """Return the findings of a case, made within about that time."""
    budget = Budget(seconds)
    with undisturbed():
        try:
            twin = copied(case.network, case.data)
        except TypeError as error:
            raise TypeError(_(NO_COPY, reason=error)) from None
        before = {name: np.array(param) for name, param in case.network.params.items()}
        restore = kept((case.network, case.optimizer), case.data)
        try:
            if not stands_alone(twin, case):
                raise TypeError(_(NO_COPY, reason=_("what it computes with is not its own")))
            return ranked(look_for_all(Look(case, budget)))
        finally:
            for name, param in case.network.params.items():
                if not np.array_equal(param, before[name], equal_nan=True):
                    param[...] = before[name]
            for put_back in restore:
                put_back()


def look_for_all(look: Look) -> list[Finding]:
    """Return what all signs find."""
    found: list[Finding] = []
    for sign in ALWAYS:
        found += seen(sign, look)
        if names(found, ("unscaled-input", "mode")):
            break
    if not names(found, ("not-updated", "unscaled-input")):
        for sign in BY_MEASURING:
            found += [] if sign is batches.stale and names(found, ("mode",)) else seen(sign, look)
    if not names(found, FUNDAMENTAL):
        for sign in WHERE_IT_FALLS_SHORT:
            found += seen(sign, look)
            if names(found, ("underfitting",)):
                break
    if all(finding.is_effect for finding in found):
        found += seen(fit.underfitting, look)
    if not names(found, ("labels-unrelated", "not-updated")):
        for sign in AT_THE_END:
            found += seen(sign, look)
    found = with_a_cause(found)
    return found + seen(lambda look: learning.not_learning(look, ranked(found)), look, quick=True)


def seen(sign: Sign, look: Look, quick: bool = False) -> list[Finding]:
    """Return what a sign finds: nothing where the time is over, or where anybody's network or data break it."""
    found: list[Finding] = []
    if quick or not look.budget.spent:
        with contextlib.suppress(Exception):
            found.extend(sign(look))
    return found


def with_a_cause(found: list[Finding]) -> list[Finding]:
    """Return the findings, of which an effect stands for the cause where none was found."""
    if not found or not all(finding.is_effect for finding in found):
        return found
    first, *others = ranked(found)
    return found if first.code == "one-answer" and not first.tried else [replace(first, is_effect=False), *others]


def names(found: list[Finding], codes: tuple[str, ...]) -> bool:
    """Return whether one of the codes is among the findings."""
    return any(finding.code in codes for finding in found)
