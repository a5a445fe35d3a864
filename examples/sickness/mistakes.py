"""Mistakes in the code: of an optimizer, of a backward, of a layer that does not know its mode."""

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from examples.sickness.common import (
    MENDED,
    SICK,
    Case,
    Training,
    digits,
    draw_accuracies,
    draw_bars,
    draw_losses,
    panels,
    train,
)
from layers import Affine, Dropout, ReLU, SoftmaxWithLoss
from layers.initializers import he
from networks import Network
from training import SGD

NAMES = "as it is", "mended"


class WithDictionary:
    """A network with a dictionary of its own, which holds the arrays of the layers, or copies of them."""

    def __init__(self, network: Network, copies: bool) -> None:
        self.network = network
        self.params = {name: param.copy() if copies else param for name, param in network.params.items()}
        self.loss, self.gradient, self.predict, self.accuracy = (
            getattr(network, name) for name in ("loss", "gradient", "predict", "accuracy")
        )


class Uphill(SGD):
    """An optimizer with a plus where a minus belongs."""

    def update(self, params: Any, grads: Any) -> None:
        """Go up."""
        for name in params:
            params[name] += self.lr * grads[name]


class ReLUWithoutMask(ReLU):
    """A ReLU whose backward has forgotten where its input was negative."""

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Return the gradient of all units, as if all of them had been positive."""
        return dout


class DropoutAlwaysOn(Dropout):
    """A dropout that drops in prediction too."""

    def forward(self, x: np.ndarray, train_flg: bool = True) -> np.ndarray:
        """Drop units, whatever the mode."""
        return super().forward(x, True)


def affine(inputs: int, outputs: int, seed: int) -> Affine:
    """Return an affine layer with He's weights."""
    return Affine(he((inputs, outputs), np.random.default_rng(seed)), np.zeros(outputs, np.float32))


def network_of(*between: Any, width: int = 50) -> Network:
    """Return two affine layers with others between them."""
    return Network([affine(64, width, 0), *between, affine(width, 10, 1)], SoftmaxWithLoss())


def not_updated() -> tuple[Training, Training]:
    """Train copies of the layers' arrays, and the arrays themselves."""
    sick, mended = (WithDictionary(network_of(ReLU()), copies) for copies in (True, False))
    return train(sick, SGD(lr=0.5)), train(mended, SGD(lr=0.5))


def wrong_sign() -> tuple[Training, Training]:
    """Train up and down the hill."""
    return train(network_of(ReLU()), Uphill(lr=0.01)), train(network_of(ReLU()), SGD(lr=0.01))


def wrong_gradient() -> tuple[Training, Training]:
    """Train with a wrong backward and with the right one."""
    sick, mended = (
        train(network_of(relu(), affine(10, 10, 2), relu(), width=10), SGD(lr=0.1), epochs=10)
        for relu in (ReLUWithoutMask, ReLU)
    )
    return sick, mended


def wrong_mode() -> tuple[Training, Training]:
    """Train with dropout that stays on, and with one that knows when to drop."""
    sick, mended = (network_of(ReLU(), dropout) for dropout in (DropoutAlwaysOn(0.7, 0), Dropout(0.7, 0)))
    return train(sick, SGD(lr=0.3), epochs=10), train(mended, SGD(lr=0.3), epochs=10)


def draw_moves(figure: Figure, sick: Training, mended: Training) -> None:
    """Draw how far each parameter of the layers came."""
    left, right = panels(figure, ["how far the layers' parameters came", "loss"])
    names = list(sick.network.params)
    moves = [[distance(one, name) for name in names] for one in (sick, mended)]
    draw_bars(left, names, *moves, NAMES)
    left.set_ylim(0, 1.4 * max(moves[1]))
    left.legend(loc="upper left", ncols=2)
    draw_losses(right, sick, mended, NAMES)


def distance(training: Training, name: str) -> float:
    """Return how far a parameter is from where it started."""
    start = training.trainer.start[0] if training.trainer else training.network
    return float(np.linalg.norm(training.network.network.params[name] - start.network.params[name]))


def draw_hill(figure: Figure, sick: Training, mended: Training) -> None:
    """Draw the loss on the way along the gradient, and the ways of the two."""
    left, right = panels(figure, ["loss along the gradient", "loss"])
    x, t = digits(500)[:2]
    network = sick.trainer.start[0] if sick.trainer else sick.network
    grads = network.gradient(x, t)
    start = {name: param.copy() for name, param in network.params.items()}
    ways = np.linspace(-2, 2, 41)
    losses: list[float] = []
    for way in ways:
        for name, param in network.params.items():
            param[...] = start[name] + way * grads[name]
        losses.append(network.loss(x, t))
    left.plot(ways[20:], losses[20:], **SICK, label="W += lr * dW")
    left.plot(ways[:21], losses[:21], **MENDED, label="W -= lr * dW")
    left.plot(0, losses[20], "o", color="black", label="the start")
    left.set_xlabel("multiple of the gradient that is added")
    left.legend()
    draw_losses(right, sick, mended, NAMES)


def draw_slopes(figure: Figure, sick: Training, mended: Training) -> None:
    """Draw the slope that the gradient promises in each parameter, and the one that the loss has."""
    left, right = panels(figure, ["slope of the loss along each gradient", "loss"])
    network, (x, t) = sick.trainer.start[0] if sick.trainer else sick.network, digits(200)[:2]
    grads = {name: grad.copy() for name, grad in network.gradient(x, t).items()}
    promised = [float(np.linalg.norm(grad)) for grad in grads.values()]
    measured = [slope(network, name, grad / np.linalg.norm(grad), x, t) for name, grad in grads.items()]
    draw_bars(left, list(grads), promised, measured, ("by backward", "measured"))
    draw_losses(right, sick, mended, NAMES)


def slope(network: Any, name: str, way: np.ndarray, x: np.ndarray, t: np.ndarray, step: float = 1e-2) -> float:
    """Return how much the loss rises along a way, by a central difference."""
    param, losses = network.params[name], []
    start = param.copy()
    for sign in (1, -1):
        param[...] = start + sign * step * way
        losses.append(float(network.loss(x, t)))
    param[...] = start
    return (losses[0] - losses[1]) / (2 * step)


def draw_modes(figure: Figure, sick: Training, mended: Training) -> None:
    """Draw the scores of the same samples, asked for twice, and the accuracy on test samples."""
    left, right = panels(figure, ["scores of 30 digits, asked for twice", "test accuracy (%)"])
    x = digits()[2][:30]
    for training, line, name in ((sick, SICK, NAMES[0]), (mended, MENDED, NAMES[1])):
        first, second = (training.network.predict(x).ravel() for _ in range(2))
        left.plot(first, second, ".", color=line["color"], markersize=4, label=name)
    left.set(xlabel="first time", ylabel="second time")
    left.legend()
    draw_accuracies(right, {NAMES[0]: (sick.accuracies("test"), SICK), NAMES[1]: (mended.accuracies("test"), MENDED)})


CASES = (
    Case("not-updated", not_updated, draw_moves),
    Case("wrong-sign", wrong_sign, draw_hill),
    Case("wrong-gradient", wrong_gradient, draw_slopes),
    Case("mode", wrong_mode, draw_modes),
)
