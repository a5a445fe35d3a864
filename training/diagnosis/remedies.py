"""Remedies that can be tried on anybody's network."""

from typing import Any

import numpy as np

from language import _
from layers import ReLU, Sigmoid, Tanh
from training.diagnosis.finding import Trial
from training.diagnosis.laboratory import Laboratory, Remedy
from training.diagnosis.look import Look, once
from training.diagnosis.weights import renew
from training.optimizers import SGD, Adam


def other_rate(laboratory: Laboratory, factor: float, own: Any = None) -> Remedy | None:
    """Return the remedy of a learning rate that is as many times as large; None where there is no rate.

    ``own`` is the optimizer with which it goes on, whose rate may be another one than at the start.
    """
    found = laboratory.rate()
    if found is None:
        return None
    name, rate = found
    rate = float(getattr(own, name)) if own is not None else rate
    new = rounded(rate * factor)

    def change(optimizer: Any) -> Any:
        setattr(optimizer, name, new)
        return optimizer

    words = _("with learning rate {new:g} instead of {old:g}", new=new, old=rate)
    return Remedy(words, optimizer=change)


def rounded(rate: float) -> float:
    """Return a learning rate as one writes it, with two digits."""
    return float(f"{rate:.2g}")


def new_weights(x: Any, gain: float = 2.0) -> Remedy:
    """Return the remedy of weights drawn anew."""
    name = "He" if gain == 2.0 else "Xavier"

    def change(network: Any) -> None:
        renew(network, x, gain)

    words = _("with {name}'s weights, N(0, {gain:g} / inputs),", gain=gain, name=name)
    return Remedy(words, network=change)


def scaled_inputs(scaling: Any) -> Remedy:
    """Return the remedy of inputs with mean 0 and deviation 1."""
    return Remedy(_("with inputs of mean 0 and standard deviation 1"), samples=scaling)


def together(change: str, *remedies: Remedy) -> Remedy:
    """Return several remedies as one."""

    def network(copy: Any) -> Any:
        for remedy in remedies:
            copy = remedy.network(copy) or copy if remedy.network else copy
        return copy

    def optimizer(copy: Any) -> Any:
        for remedy in remedies:
            copy = remedy.optimizer(copy) or copy if remedy.optimizer else copy
        return copy

    samples = next((remedy.samples for remedy in remedies if remedy.samples), None)
    size = next((remedy.batch_size for remedy in remedies if remedy.batch_size), None)
    return Remedy(change, network, optimizer, samples, size)


def own_optimizer(rate: float = 0.1, adam: bool = False) -> Remedy:
    """Return the remedy of an optimizer that is known to work."""
    rule = Adam(lr=rate) if adam else SGD(lr=rate)
    words = _("with {name}(lr={rate:g})", name=type(rule).__name__, rate=rate)
    return Remedy(words, optimizer=lambda _own: type(rule)(lr=rate))


def with_relu(x: Any) -> Remedy:
    """Return the remedy of ReLU for the layers of the project that saturate, with weights to suit."""

    def change(network: Any) -> None:
        layers = network.layers
        for name, layer in layers.items():
            if isinstance(layer, (Sigmoid, Tanh)):
                layers[name] = ReLU()
        renew(network, x)

    return Remedy(_("with ReLU and He's weights, N(0, 2 / inputs),"), network=change)


def has_saturating_layers(network: Any) -> bool:
    """Return whether some layers of a network are the project's own sigmoid or tanh."""
    layers = getattr(network, "layers", None)
    return isinstance(layers, dict) and any(isinstance(layer, (Sigmoid, Tanh)) for layer in layers.values())


def other_batches(size: int) -> Remedy:
    """Return the remedy of another batch size."""
    return Remedy(_("with batches of {size}", size=size), batch_size=size)


def negated(network: Any) -> None:
    """Have a copy's gradient point the other way."""
    gradient = network.gradient

    def other_way(x: Any, t: Any) -> dict[str, np.ndarray]:
        return {name: -np.asarray(grad) for name, grad in gradient(x, t).items()}

    network.gradient = other_way


@once
def better_start(look: Look) -> Trial | None:
    """Try weights drawn anew; then with ReLU for sigmoids, then with Adam besides."""
    x = look.scores.train.x
    he, xavier = new_weights(x), new_weights(x, 1.0)
    adam = own_optimizer(0.003, adam=True)
    remedies = [he, xavier]
    if has_saturating_layers(look.case.network):
        remedies.append(with_relu(x))
    remedies.append(together(f"{he.change} {_('and')} {adam.change}", he, adam))
    tries = (look.trial(remedy, share=0.12) for remedy in remedies)
    return next((trial for trial in tries if trial is not None), None)
