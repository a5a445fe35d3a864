"""Did the weights start so that signals and gradients reach every layer?"""

import math
from collections.abc import Iterator

import numpy as np

from language import _
from training.diagnosis.finding import Finding
from training.diagnosis.look import Look
from training.diagnosis.remedies import better_start, own_optimizer
from training.diagnosis.signals import dead_share
from training.diagnosis.weights import Weight, alike_share, inputs_of, weights_of
from training.signs.units import worst

ALIKE = 0.5  # the share of units that are like others
SHRUNK = 0.05  # of the last layer's gradient


def symmetric(look: Look) -> Iterator[Finding]:
    """Look for layers whose units are alike."""
    weights, before = (weights_at(look, which) for which in ("end", "start"))
    for number, weight in enumerate(weights[:-1]):
        share = min(alike_share(weight), alike_share(before[number]) if before else 1.0)
        if share < ALIKE or not np.isfinite(weight.W).all():
            continue
        yield Finding(
            "symmetric",
            _(
                "{share:.0%} of the units of {name} are copies of another one: they started alike and get the same "
                "gradients.",
                share=share,
                name=weight.name,
            ),
            _("Start the weights with random numbers: He for ReLU, Xavier for sigmoid and tanh."),
            {"parameter": weight.name, "share": share},
            better_start(look),
        )
        return


def weights_at(look: Look, which: str) -> list[Weight]:
    """Return the weights at the start or at the end; none where that is not known."""
    network = look.copy(which)
    return [] if network is None else weights_of(network.params, inputs_of(look.scores.train.x))


def sizes_of(look: Look, which: str) -> list[tuple[str, float]]:
    """Return each weight's deviation as a multiple of the one that keeps signals as they are, sqrt(2 / inputs)."""
    weights = weights_at(look, which)
    return [(name, float(np.std(W)) / math.sqrt(2 / max(1, W.shape[0]))) for name, W, _turned in weights]


def exploding(look: Look) -> Iterator[Finding]:
    """See whether signals grew from layer to layer at the start."""
    if not look.falls_short:
        return
    sizes = sizes_of(look, "start")
    first_loss = look.begin.loss if look.begin else look.case.losses[0] if len(look.case.losses) else math.nan
    guess = look.scores.guess
    high = (
        guess is not None and (first_loss > 6 * guess or not math.isfinite(first_loss)) and not math.isnan(first_loss)
    )
    product = math.prod(size for _name, size in sizes) if sizes else 1.0
    if not high and not product > 20:
        return
    if sizes and max(size for _name, size in sizes) < 2:
        return
    tried = better_start(look)
    if tried is None or (look.case.start is None and own_optimizer(0.003, adam=True).change in tried.change):
        return  # of new weights alone it does not learn: it is the rate, or something else
    name = max(sizes, key=lambda one: one[1])[0] if sizes else ""
    yield Finding(
        "exploding",
        _(
            "Signals grow from layer to layer: the loss began at {loss:.3g}, guessing gives {guess:.3g}{where}.",
            loss=first_loss,
            guess=guess or math.nan,
            where=_("; the largest weights are {name}", name=name) if name else "",
        ),
        _("Start with smaller weights, N(0, 2 / inputs) for ReLU; clip gradients, or use batch normalisation."),
        {"loss_at_start": first_loss, "guess": guess, "weights": dict(sizes)},
        tried,
    )


def vanishing(look: Look) -> Iterator[Finding]:
    """See whether signals or gradients shrink from layer to layer, at the start."""
    if not look.falls_short or look.was_going_well or all_dead(look):
        return
    ratio, where = shrinking(look)
    sizes = sizes_of(look, "start") or sizes_of(look, "end")
    if ratio > SHRUNK and not (len(sizes) > 2 and math.prod(size for _name, size in sizes) < SHRUNK**2):
        return
    tried = better_start(look)
    if tried is None and ratio > 1e-4 and not (look.at_guessing and not look.broken):
        return
    yield Finding(
        "vanishing",
        said_to_vanish(ratio, where, sizes),
        _("Start with N(0, 2 / inputs) and ReLU, use batch normalisation or residual connections, or fewer layers."),
        {"ratio": ratio, "layer": where},
        tried,
        is_effect=look.case.start is None and (look.rose or look.blew_up or look.broken),
    )


def said_to_vanish(ratio: float, where: str, sizes: list[tuple[str, float]]) -> str:
    """Return the sentence of gradients that vanish, or of signals that do where the gradients are all tiny."""
    if ratio <= SHRUNK or not sizes:
        return _(
            "Gradients vanish on their way back: that of {where} is {ratio:.1g} of the last layer's.",
            where=where,
            ratio=ratio,
        )
    name, size = min(sizes, key=lambda one: one[1])
    return _(
        "Signals vanish from layer to layer: the weights {name} are {size:.1g} times as large as those that keep them.",
        name=name,
        size=size,
    )


def all_dead(look: Look) -> bool:
    """Return whether a layer of ReLU gives nothing but zeros, so that no gradient passes for that reason."""
    found = worst(look.signals_at_end, ("relu",), dead_share)
    return found is not None and found[1] > 0.99 and look.case.start is None


def shrinking(look: Look) -> tuple[float, str]:
    """Return the gradient of the first weights in those of the last, where it is smallest, and where that is."""
    network = look.copy("start") or look.copy()
    few = look.few()
    grads = network.gradient(few.x, few.t)
    weights = weights_of(network.params, inputs_of(few.x))
    sizes = [
        (name, float(np.sqrt(np.mean(np.square(np.asarray(grads[name], float)))) * math.sqrt(W.shape[0])))
        for name, W, _turned in weights
        if name in grads
    ]
    if len(sizes) < 3 or not all(math.isfinite(size) for _name, size in sizes) or sizes[-1][1] == 0:
        return 1.0, ""
    least = min(sizes[:-1], key=lambda one: one[1])
    return least[1] / sizes[-1][1], least[0]
