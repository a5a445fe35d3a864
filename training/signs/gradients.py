"""Is the gradient right, and do updates go downhill?"""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from language import _
from training.diagnosis.clock import thread_time
from training.diagnosis.copies import copied
from training.diagnosis.finding import Finding, Trial
from training.diagnosis.laboratory import Remedy
from training.diagnosis.look import Look
from training.diagnosis.remedies import negated, own_optimizer
from training.diagnosis.spot_check import Slope

SHARE = 0.15  # of the time, for the slopes of all parameters


def wrong_gradients(look: Look) -> Iterator[Finding]:
    """Compare the gradient with the slope of the loss, along a few directions."""
    yield from adding_up(look)
    slopes = slopes_of(look)
    wrong = [slope for slope in slopes if not slope.agrees]
    if not wrong:
        return
    evidence = {
        "parameters": [slope.name for slope in wrong],
        "claimed": wrong[0].claimed,
        "measured": wrong[0].measured,
    }
    factor = common_factor(slopes) if len(wrong) == len(slopes) else None
    if factor is not None and math.isclose(factor, -1, rel_tol=0.05):
        tried = look.trial(Remedy(_("with the gradient's sign flipped"), network=negated))
        yield of_wrong_sign(evidence, tried)
    elif factor is not None and len(slopes) > 1:
        if look.falls_short or look.broken:
            yield uniform_factor(factor, evidence)
    elif not decays(look, slopes):
        yield of_wrong_gradient(wrong, evidence)


def common_factor(slopes: list[Slope]) -> float | None:
    """Return the number that turns every slope of the loss into that of the gradient, None where there is none."""
    ratios = [slope.claimed / slope.measured for slope in slopes if slope.measured]
    same = bool(ratios) and all(math.isclose(ratio, ratios[0], rel_tol=0.05) for ratio in ratios)
    return ratios[0] if same else None


def of_wrong_sign(evidence: dict[str, Any], tried: Trial | None) -> Finding:
    """Return the finding of a gradient that points the other way."""
    return Finding(
        "wrong-sign",
        _(
            "The gradient has the wrong sign, so updates go uphill: along the gradient the loss falls, where it "
            "should rise."
        ),
        _("Flip its sign where the loss's backward begins (y - t, not t - y)."),
        evidence,
        tried,
    )


def of_wrong_gradient(wrong: list[Slope], evidence: dict[str, Any]) -> Finding:
    """Return the finding of a gradient that is not that of the loss."""
    return Finding(
        "wrong-gradient",
        _(
            "The gradient of {names} is not that of the loss: along {first} it promises a slope of {claimed:.3g}, "
            "the loss has {measured:.3g}.",
            names=", ".join(str(slope.name) for slope in wrong),
            first=wrong[0].name,
            claimed=wrong[0].claimed,
            measured=wrong[0].measured,
        ),
        _("Run gradient_check on the network: it says which backward is wrong, and how."),
        evidence,
    )


def adding_up(look: Look) -> Iterator[Finding]:
    """See whether gradients are added to those of the step before."""
    if look.spot_check.adds_up():
        yield Finding(
            "wrong-gradient",
            _("Gradients pile up: each is added to those of the steps before, which are never set to zero."),
            _("Set the gradients to zero before each backward, or assign them instead of adding."),
            {"reason": "adds up"},
        )


def uniform_factor(factor: float, evidence: dict[str, Any]) -> Finding:
    """Return the finding of a gradient that is a multiple of the right one."""
    return Finding(
        "wrong-gradient",
        _("The gradient is {factor:.3g} times that of the loss, in every parameter.", factor=factor),
        _("Divide by the batch size in both the loss and the gradient, or in neither; gradient_check shows where."),
        {**evidence, "factor": factor},
    )


def slopes_of(look: Look) -> list[Slope]:
    """Return the slopes of a spot check, none where none can be made.

    A gradient that computes as in prediction is compared with the loss in prediction.
    """
    check, end = look.spot_check, thread_time() + SHARE * look.budget.seconds
    check.training = True
    if not check.can_tell():
        return []
    slopes = check.slopes(end)
    if not all(slope.agrees for slope in slopes):
        check.training = False
        others = check.slopes(end + SHARE * look.budget.seconds)
        slopes = others if others and all(slope.agrees for slope in others) else slopes
    return slopes


def decays(look: Look, slopes: list[Slope]) -> bool:
    """Return whether the gradient differs by weight decay, which only one of gradient and loss has."""
    check = look.spot_check
    check.training = True
    grads, rates = check.gradient(), []
    if all(np.ndim(grads[slope.name]) < 2 for slope in slopes if not slope.agrees):
        return False  # weights decay, not biases alone
    for slope in slopes:
        param = check.network.params[slope.name]
        if slope.agrees:
            continue
        size = float(np.linalg.norm(param))
        along = check.slope(param, param / size, 1e-4)
        rate = (float(np.vdot(grads[slope.name], param / size)) - along) / size
        grad = grads[slope.name]
        left = grad - rate * param
        norm = float(np.linalg.norm(left))
        if norm == 0 or not math.isclose(check.slope(param, left / norm, 1e-4), norm, rel_tol=0.03):
            return False
        rates.append(rate)
    return bool(rates) and max(rates) - min(rates) < 0.1 * max(map(abs, rates))


def uphill(look: Look) -> Iterator[Finding]:
    """See whether the optimizer's first step goes against the gradient."""
    case = look.case
    if case.optimizer is None:
        return
    network = look.laboratory.start()
    optimizer = look.laboratory.optimizer(network)
    before = {name: np.array(param, float) for name, param in network.params.items()}
    few = look.few()
    grads = {name: np.array(grad, float) for name, grad in network.gradient(few.x, few.t).items()}
    optimizer.update(network.params, copied(grads))
    moved = {name: np.asarray(param, float) - before[name] for name, param in network.params.items()}
    names = [name for name in moved if name in grads]
    along = sum(float(np.vdot(moved[name], grads[name])) for name in names)
    lengths = [math.sqrt(sum(float(np.vdot(d[name], d[name])) for name in names)) for d in (moved, grads)]
    if not math.isfinite(along) or along <= 0.05 * lengths[0] * lengths[1]:
        return
    rate = look.laboratory.rate()
    lr = min(rate[1], 1.0) if rate and rate[1] > 0 else 0.1
    yield Finding(
        "wrong-sign",
        _(
            "The optimizer goes uphill: the angle between its step and the gradient is {angle:.0f} degrees, expected "
            "above 90.",
            angle=math.degrees(math.acos(min(1.0, along / (lengths[0] * lengths[1])))),
        ),
        _("Subtract the gradient: W -= lr * dW."),
        {"cosine": along / (lengths[0] * lengths[1])},
        look.trial(own_optimizer(lr)) or look.trial(own_optimizer(0.003, adam=True)),
    )
