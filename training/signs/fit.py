"""Does the network learn too little, or by heart?"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from language import _
from training.diagnosis.finding import Finding, Trial
from training.diagnosis.laboratory import Remedy
from training.diagnosis.look import Look
from training.diagnosis.remedies import own_optimizer
from training.diagnosis.signals import layers_in
from training.diagnosis.weights import inputs_of, weights_of

GAP = 0.1  # between training and test, in accuracy or in the share above guessing


def overfitting(look: Look) -> Iterator[Finding]:
    """Compare training and test, and find since when the test gets no better."""
    if look.test is None or look.broken:
        return
    train, test = look.scores.above_guessing(look.end), look.scores.above_guessing(look.test)
    if not (math.isfinite(train) and math.isfinite(test)) or train < 0.3:
        return
    count = len(look.scores.test.x) if look.scores.test else 1
    noise = 2 * math.sqrt(max(0.01, (1 - max(0.0, test)) * max(0.1, test)) / count)
    if train - test < max(GAP, noise) or not apart(look):
        return
    epoch = best_epoch(look.case.history)
    values = {"train": shown(look, look.end), "test": shown(look, look.test)}
    if epoch is not None and epoch < len(look.case.history):
        message = _(
            "The network has learned the training data by heart: {train} on them, {test} on test data (best: epoch "
            "{epoch}).",
            epoch=epoch,
            **values,
        )
    else:
        message = _(
            "The network has learned the training data by heart: {train} on them, {test} on test data.", **values
        )
    yield Finding(
        "overfitting",
        message,
        _("More data, dropout, weight decay, a smaller network, or stopping earlier lessen the gap."),
        {"train": train, "test": test, "gap": train - test},
        earlier_stop(look),
        epoch,
        is_effect=look.was_going_well and look.learned < 0.9,
    )


def apart(look: Look) -> bool:
    """Return whether the accuracies differ by more than a few samples in a hundred, where there are such."""
    pair = look.end.accuracy, look.test.accuracy if look.test else None
    return pair[0] is None or pair[1] is None or pair[0] - pair[1] > 0.05


def shown(look: Look, score: Any) -> str:
    """Return a score in words."""
    if score.accuracy is not None:
        return _("accuracy {accuracy:.1%}", accuracy=score.accuracy)
    return _("loss {loss:.3g}", loss=score.loss)


def best_epoch(history: Sequence[Mapping[str, Any]]) -> int | None:
    """Return the first epoch with the best test accuracy, None where there is none."""
    accuracies = [record.get("test_accuracy") for record in history]
    if not accuracies or any(accuracy is None for accuracy in accuracies):
        return None
    return int(np.argmax(np.array(accuracies, float))) + 1


def earlier_stop(look: Look) -> Trial | None:
    """Train for fewer steps, and compare the loss on test data."""
    samples = look.scores.test
    if samples is None or look.test is None or look.case.start is None or not look.case.steps:
        return None
    steps = min(100, max(12, look.case.steps // 4))
    outcome = look.outcome(Remedy(""), share=0.15, steps=steps)
    if outcome is None:
        return None
    loss = look.scores.of(outcome.network, samples).loss
    if not loss < 0.9 * look.test.loss:
        return None
    return Trial(_("stopped earlier, on test data,"), outcome.steps, "loss", look.test.loss, loss)


def held_back(look: Look) -> Iterator[Finding]:
    """See whether weight decay or dropout keeps the network from learning."""
    if not look.falls_short or look.reference is None:
        return
    tried = regularised_less(look)
    if tried is not None:
        yield too_little(look, tried)
    elif shrunk_away(look):
        tried = look.trial(own_optimizer(0.1)) or look.trial(own_optimizer(0.003, adam=True))
        finding = too_little(look, tried)
        yield replace(
            finding,
            message=_("The weights have shrunk to nothing: something pulls them to zero, as weight decay does."),
            remedy=_("Use less weight decay, or none: learning rate x weight decay should be far below 1."),
        )


def shrunk_away(look: Look) -> bool:
    """Return whether all weights have become tiny, compared with those that keep signals as they are."""
    weights = weights_of(look.case.network.params, inputs_of(look.scores.train.x))
    sizes = [float(np.std(W)) * math.sqrt(W.shape[0]) for _name, W, _turned in weights]
    before = [] if look.case.start is None else weights_of(look.case.start.params, inputs_of(look.scores.train.x))
    if look.case.start is None and not look.learned_at_first:
        return False
    was_small = any(float(np.std(W)) * math.sqrt(W.shape[0]) < 0.01 for _name, W, _turned in before)
    return bool(look.at_guessing and not was_small and sizes and max(sizes) < 0.01)


def underfitting(look: Look) -> Iterator[Finding]:
    """Report a network that learns less than these data allow, where nothing else was found to be the reason."""
    if not look.falls_short or look.broken or look.reference is None or look.was_going_well:
        return
    tried = wider(look)
    if tried is None and look.learned < 0.02 and not is_narrow(look):
        return
    yield too_little(look, tried)


def too_little(look: Look, tried: Trial | None) -> Finding:
    """Return the finding of a network that learns too little."""
    return Finding(
        "underfitting",
        _(
            "The network learns less than these data allow: it gets {own:.0%} of the way from guessing to "
            "perfect; a small network (two hidden layers of 64) gets {reference:.0%} on samples it has not seen.",
            own=max(0.0, look.learned) if math.isfinite(look.learned) else 0.0,
            reference=look.reference.held_out if look.reference else math.nan,
        ),
        _("More units or layers, less weight decay or dropout, or longer training let it learn more."),
        {"learned": look.learned, "reference": look.reference.held_out if look.reference else None},
        tried,
    )


def is_narrow(look: Look) -> bool:
    """Return whether a network has no hidden layer, or one of hardly any units."""
    widths = [weight.W.shape[1] for weight in weights_of(look.case.network.params, inputs_of(look.scores.train.x))]
    return len(widths) == 1 or (len(widths) > 1 and min(widths[:-1]) <= 3)


def regularised_less(look: Look) -> Trial | None:
    """Try to leave out weight decay and dropout."""
    optimizer, network = look.case.optimizer, look.case.network
    names = ("weight_decay", "weight_decay_lambda", "l2", "reg", "lambda_", "lam")
    found = [thing for thing in (optimizer, network) if any(is_positive(getattr(thing, name, None)) for name in names)]
    dropping = dropouts_of(network)
    if not found and not dropping:
        return None

    def without(copy: Any) -> None:
        for name in names:
            if is_positive(getattr(copy, name, None)):
                setattr(copy, name, 0.0)
        for layer, name in dropouts_of(copy):
            setattr(layer, name, 0.0)

    change = (
        _("without weight decay")
        if not dropping
        else _("without dropout")
        if not found
        else _("without weight decay and dropout")
    )
    return look.trial(Remedy(change, network=without, optimizer=without), share=0.15, steps=200)


def is_positive(value: Any) -> bool:
    """Return whether a value is a number above 0."""
    return isinstance(value, (int, float, np.floating)) and bool(value > 0)


def dropouts_of(network: Any) -> list[tuple[Any, str]]:
    """Return the layers that drop units, with the name of the share."""
    found = []
    for _name, layer in layers_in(network):
        for name in ("dropout_ratio", "ratio", "p", "rate"):
            if "drop" in type(layer).__name__.lower() and is_positive(getattr(layer, name, None)):
                found.append((layer, name))
    return found


def wider(look: Look) -> Trial | None:
    """Try a ready network with more units, or a hidden layer where there is none."""
    arguments = dict(getattr(look.case.network, "arguments", None) or {})
    if "hidden_size_list" in arguments:
        sizes = arguments["hidden_size_list"]
        arguments["hidden_size_list"] = [max(64, 8 * size) for size in sizes] or [64]
    elif "hidden_size" in arguments:
        arguments["hidden_size"] = max(64, 8 * arguments["hidden_size"])
    else:
        return None
    try:
        made = type(look.case.network)(**arguments)
    except Exception:
        return None
    return look.trial(Remedy(_("with eight times as many units"), network=lambda _own: made), share=0.2, steps=300)
