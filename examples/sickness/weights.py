"""Weights that start so that signals or gradients do not get through."""

from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from examples.sickness.common import MENDED, SICK, Case, Training, digits, draw_bars, draw_losses, panels, train
from figures.style import log_scale
from networks import MultiLayerNet, TwoLayerNet
from training import SGD

START, LATER = "as it is", "mended"


def dead() -> tuple[Training, Training]:
    """Train with biases that keep nearly all sums below zero, and with biases of zero."""
    sick, mended = (TwoLayerNet(64, 40, 10, seed=0) for _ in range(2))
    sick.params["b1"][:34] = -6
    return train(sick, SGD(lr=0.1), epochs=8), train(mended, SGD(lr=0.1), epochs=8)


def saturated() -> tuple[Training, Training]:
    """Train sigmoids whose sums are far from zero, and sigmoids whose sums are near it."""
    sick, mended = (
        MultiLayerNet(64, [40, 40], 10, activation="sigmoid", weight_init_std=std, seed=0) for std in (8.0, "xavier")
    )
    return train(sick, SGD(lr=0.5), epochs=30), train(mended, SGD(lr=0.5), epochs=30)


def vanishing() -> tuple[Training, Training]:
    """Train a deep sigmoid network that starts with tiny weights, and ReLU with He's."""
    sick = MultiLayerNet(64, [50] * 4, 10, activation="sigmoid", weight_init_std=0.01, seed=0)
    mended = MultiLayerNet(64, [50] * 4, 10, seed=0)
    return train(sick, SGD(lr=0.1), epochs=10), train(mended, SGD(lr=0.1), epochs=10)


def exploding() -> tuple[Training, Training]:
    """Train a deep network that starts with large weights, and one that starts with He's."""
    sick, mended = (MultiLayerNet(64, [50] * 7, 10, weight_init_std=std, seed=0) for std in (0.5, "he"))
    return train(sick, SGD(lr=0.05), epochs=8), train(mended, SGD(lr=0.05), epochs=8)


def symmetric() -> tuple[Training, Training]:
    """Train a network whose units start alike, and one whose units start by chance."""
    sick, mended = (TwoLayerNet(64, 20, 10, activation="sigmoid", seed=0) for _ in range(2))
    for name in ("W1", "W2"):
        sick.params[name][:] = 0.01
    return train(sick, SGD(lr=0.5), epochs=10), train(mended, SGD(lr=0.5), epochs=10)


def hidden(network: Any, name: str) -> np.ndarray:
    """Return what a layer puts out for some digits, of shape (samples, units)."""
    x = digits(40)[0]
    for layer_name, layer in network.layers.items():
        x = layer.forward(x)
        if layer_name == name:
            break
    return x


def at_start(training: Training) -> Any:
    """Return the network as it was before the first step."""
    return training.trainer.start[0] if training.trainer else training.network


def draw_image(axes: Axes, values: np.ndarray, **options: Any) -> None:
    """Draw an array, dark where it is 0 or below."""
    axes.imshow(
        values, aspect="auto", interpolation="nearest", cmap=matplotlib.colormaps["cividis"].resampled(12), **options
    )
    axes.grid(visible=False)
    axes.set(xlabel="unit")


def draw_dead(figure: Figure, sick: Training, mended: Training) -> None:
    """Draw what the units answer, sample by sample."""
    left, middle, right = panels(figure, ["units, as it is", "units, mended", "loss"])
    for axes, training in ((left, sick), (middle, mended)):
        draw_image(axes, hidden(training.network, next(n for n in training.network.layers if "ReLU" in n)), vmax=3)
    left.set_ylabel("sample")
    draw_losses(right, sick, mended, (START, LATER))


def draw_saturated(figure: Figure, sick: Training, mended: Training) -> None:
    """Draw how the outputs of the sigmoids are distributed at the start."""
    left, right = panels(figure, ["outputs of Sigmoid1 at the start", "loss"])
    for training, line, name in ((sick, SICK, START), (mended, MENDED, LATER)):
        outputs = hidden(at_start(training), "Sigmoid1").ravel()
        share = np.full(outputs.size, 100 / outputs.size)
        left.hist(outputs, bins=25, range=(0, 1), weights=share, color=line["color"], alpha=0.75, label=name)
    left.set(xlabel="output", ylabel="% of outputs")
    left.legend()
    draw_losses(right, sick, mended, (START, LATER))


def draw_gradients(figure: Figure, sick: Training, mended: Training) -> None:
    """Draw the size of the gradient of each layer's weights at the start."""
    names = [name for name in sick.network.params if name.startswith("W")]
    x, t = digits(200)[:2]
    sizes = [[size_of(at_start(one).gradient(x, t)[name]) for name in names] for one in (sick, mended)]
    draw_sizes(figure, "size of the gradient at the start", names, sizes, (sick, mended))


def draw_signals(figure: Figure, sick: Training, mended: Training) -> None:
    """Draw the size of what each affine layer puts out at the start."""
    names = [name for name in sick.network.layers if name.startswith("Affine")]
    sizes = [[size_of(hidden(at_start(one), name)) for name in names] for one in (sick, mended)]
    places = [name.removeprefix("Affine") for name in names]
    draw_sizes(figure, "size of each layer's output at the start", places, sizes, (sick, mended))


def draw_sizes(
    figure: Figure, title: str, names: list[str], sizes: list[list[float]], pair: tuple[Training, Training]
) -> None:
    """Draw sizes by layer, on a logarithmic scale, and the losses."""
    left, right = panels(figure, [title, "loss"])
    draw_bars(left, names, *sizes, (START, LATER))
    low, high = min(map(min, sizes)), max(map(max, sizes))
    log_scale(left, low / 3, high * (high / low) ** 0.3)
    left.legend(loc="upper left", ncols=2)
    draw_losses(right, *pair, (START, LATER))


def size_of(values: np.ndarray) -> float:
    """Return the root of the mean square of an array."""
    return float(np.sqrt(np.mean(np.square(values))))


def draw_symmetric(figure: Figure, sick: Training, mended: Training) -> None:
    """Draw the weights of the first layer, a column for each unit."""
    left, middle, right = panels(figure, ["W1, as it is", "W1, mended", "loss"])
    for axes, training in ((left, sick), (middle, mended)):
        draw_image(axes, training.network.params["W1"])
    left.set_ylabel("pixel")
    draw_losses(right, sick, mended, (START, LATER))


CASES = (
    Case("dead-units", dead, draw_dead),
    Case("saturated", saturated, draw_saturated),
    Case("vanishing", vanishing, draw_gradients),
    Case("exploding", exploding, draw_signals),
    Case("symmetric", symmetric, draw_symmetric),
)
