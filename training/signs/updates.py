"""Parameters that never change."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from language import _
from training.diagnosis.copies import copied
from training.diagnosis.finding import Finding
from training.diagnosis.laboratory import Remedy
from training.diagnosis.look import Look
from training.diagnosis.remedies import own_optimizer
from training.diagnosis.signals import layers_in
from training.diagnosis.spot_check import SpotCheck
from training.diagnosis.weights import inputs_of, weights_of

SMALLEST = 1e-6  # of a parameter's size: a step below it is lost in rounding, which is a matter of the rate


def not_in_params(look: Look) -> Iterator[Finding]:
    """Look for parameters that layers have, with gradients beside them, and that the network does not list."""
    network, few = look.copy(), look.few()
    network.gradient(few.x, few.t)
    missing = unlisted(network)
    if not missing:
        return
    names = ", ".join(missing)
    remedy = Remedy(_("with {names} among the parameters", names=names), network=WithUnlisted)
    yield Finding(
        "not-updated",
        _(
            "{names} never change: the layers have them and their gradients, but they are missing from params.",
            names=names,
        ),
        _("Give params the very arrays that forward reads, and gradient their gradients."),
        {"parameters": list(missing), "reason": "not in params"},
        look.trial(remedy),
    )


def unlisted(network: Any) -> dict[str, tuple[Any, str, str]]:
    """Return the parameters that are not listed: the layer, the attribute, and that of the gradient, by a name."""
    listed = [np.asarray(param) for param in network.params.values()]
    found = {}
    for place, layer in layers_in(network):
        held = {name: value for name, value in getattr(layer, "__dict__", {}).items() if isinstance(value, np.ndarray)}
        for name, value in held.items():
            for grad in (f"d{name}", f"grad_{name}", f"{name}_grad", f"g{name}"):
                if grad not in held or held[grad].shape != value.shape or value.dtype.kind != "f":
                    continue
                if not any(np.may_share_memory(value, param) for param in listed) and np.any(held[grad]):
                    found[f"{place}.{name}"] = (layer, name, grad)
    return found


class WithUnlisted:
    """A network with the parameters among ``params`` that it did not list."""

    def __init__(self, network: Any) -> None:
        self.network = network
        self.found: dict[str, tuple[Any, str, str]] = {}

    def gradient(self, x: Any, t: Any) -> dict[str, Any]:
        """Return all gradients."""
        grads = dict(self.network.gradient(x, t))
        self.found = unlisted(self.network)
        return grads | {place: getattr(layer, grad) for place, (layer, _name, grad) in self.found.items()}

    @property
    def params(self) -> dict[str, Any]:
        """All parameters."""
        others = {place: getattr(layer, name) for place, (layer, name, _grad) in self.found.items()}
        return {**self.network.params, **others}

    def __getattr__(self, name: str) -> Any:
        return getattr(self.network, name)


def without_influence(look: Look) -> Iterator[Finding]:
    """Look for weights of which the loss does not depend: copies of those that forward reads."""
    few, idle = look.few(), None
    if not holds_its_params(look.copy()):
        return
    for seed in range(2):
        check = SpotCheck(replace(look.case, start=None), few.x, few.t, seed)
        idle = idle_weights(check, few.x, idle)
        if not idle:
            return
    if idle:
        names = ", ".join(map(str, idle))
        yield Finding(
            "not-updated",
            _("Changing {names} does not change the loss: forward reads other arrays.", names=names),
            _("Let params hold the very arrays that forward reads, not copies, and update them in place (W -= ...)."),
            {"parameters": idle, "reason": "copies"},
        )


def holds_its_params(network: Any) -> bool:
    """Return whether a network's parameters are the same arrays whenever they are asked for."""
    once, again = network.params, network.params
    return all(np.may_share_memory(np.asarray(param), np.asarray(again[name])) for name, param in once.items())


def idle_weights(check: SpotCheck, x: Any, among: list[str] | None) -> list[str]:
    """Return the weights that have a gradient, and with which the loss stays the same when they change."""
    network, grads = check.network, check.gradient()
    weights = [weight.name for weight in weights_of(network.params, inputs_of(x))] if among is None else among
    return [name for name in weights if np.any(grads.get(name, 0)) and not matters(check, name)]


def matters(check: SpotCheck, name: str) -> bool:
    """Return whether the loss changes with a parameter."""
    param, loss = check.network.params[name], check.loss()
    before = param.copy()
    param += np.random.default_rng(8).standard_normal(param.shape)
    moved = check.loss()
    param[...] = before
    return moved != loss or not math.isfinite(loss)


def unchanged(look: Look) -> Iterator[Finding]:
    """Look for parameters that the optimizer leaves as they are."""
    names, grads, params = left_alone(look)
    absent = [name for name in names if name not in grads]
    if absent:
        yield Finding(
            "not-updated",
            _("{names} never change: gradient does not return them.", names=", ".join(map(str, absent))),
            _("Have gradient return an array for every name in params."),
            {"parameters": absent, "reason": "no gradient"},
        )
    idle = [
        name
        for name in names
        if name in grads and np.any(grads[name]) and not lost_in_rounding(look, grads[name], params[name])
    ]
    if idle:
        yield Finding(
            "not-updated",
            _("{names} never change, although their gradients are not zero.", names=", ".join(map(str, idle))),
            _("The optimizer has to change the arrays in place: W -= lr * dW, not W = W - lr * dW."),
            {"parameters": idle, "reason": "not by the optimizer"},
            look.trial(own_optimizer(0.1)) or look.trial(own_optimizer(0.003, adam=True)),
        )
    yield from always_zero(look, [name for name in names if name in grads and not np.any(grads[name])])


def left_alone(look: Look) -> tuple[list[str], Mapping[str, Any], Mapping[str, Any]]:
    """Return the parameters that are the same after training, or after a step; gradients; parameters."""
    case, few = look.case, look.few()
    network = look.copy() if case.start is None else look.copy("start")
    grads = {name: np.array(grad, float) for name, grad in network.gradient(few.x, few.t).items()}
    params = {name: np.array(param) for name, param in network.params.items()}
    if case.start is not None and case.steps:
        look.laboratory.optimizer(network).update(network.params, copied(grads))
        moved = {name for name, param in network.params.items() if np.any(params[name] != param)}
        after: Mapping[str, Any] = {
            name: network.params[name] if name in moved else case.network.params[name] for name in params
        }
    elif case.optimizer is None:
        return [name for name in params if name not in grads], grads, params
    else:
        look.laboratory.optimizer_as_it_is(network).update(network.params, copied(grads))
        after = network.params
    same = [name for name, param in params.items() if np.array_equal(param, np.asarray(after[name]))]
    return same, grads, params


def lost_in_rounding(look: Look, grad: np.ndarray, param: np.ndarray) -> bool:
    """Return whether a step is so small that the parameter stays the same number."""
    rate = look.laboratory.rate()
    return rate is not None and 0 < rate[1] * float(np.abs(grad).max()) < SMALLEST * (float(np.abs(param).max()) + 1e-3)


def always_zero(look: Look, names: list[str]) -> Iterator[Finding]:
    """Find gradients that are zero although the loss depends on the parameter."""
    if not names or not holds_its_params(look.copy()):
        return
    check = SpotCheck(look.case, look.few().x, look.few().t)
    grads = check.gradient()
    wrong = [name for name in names if not np.any(grads[name]) and matters(check, name)]
    if wrong:
        yield Finding(
            "not-updated",
            _(
                "{names} never change: their gradient is always zero, although the loss depends on them.",
                names=", ".join(map(str, wrong)),
            ),
            _("Run gradient_check on the network: a backward returns zeros or stores its gradient in the wrong place."),
            {"parameters": wrong, "reason": "gradient zero"},
        )
