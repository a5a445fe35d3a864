"""Why initialisation decides: what becomes of a signal, and of a gradient, on its way through 50 layers.

::

    y = f(x W)    W from N(0, (factor He)^2)    He = sqrt(2 / 512), the standard deviation of K. He et al.

Every layer multiplies the size of what passes through it, and 50 layers do it 50 times: 0.5^50 is 1e-15, 2^50 is
1e15. The picture shows the standard deviation of the activations (above; they go from left to right) and of the
gradients (below; they come from the right). With ReLU only He's standard deviation keeps both. The sigmoid's slope
is 1/4 at most, so its gradients vanish with every one of the three. Tanh keeps its outputs below 1, whatever comes.

Each line is the root mean square over six seeds. Even with He's standard deviation a single network of 50 random
layers may end up a factor of two away from where it began: the small errors of the layers multiply too.
"""

import numpy as np

from layers import Affine, ReLU, Sigmoid, Tanh
from layers.initializers import he
from picture import LINES, leave, new_figure

DEPTH, WIDTH, BATCH, SEEDS = 50, 512, 16, 6
ACTIVATIONS = {"ReLU": ReLU, "sigmoid": Sigmoid, "tanh": Tanh}
FACTORS = (0.5, 1.0, 2.0)
SMALLEST = 1e-300  # a logarithmic axis has no place for zero


def pass_through(affines, activation, factor, rng):
    """Return the standard deviation of the activations after each layer, and of the gradients before each."""
    nonlinears = [activation() for _ in affines]
    x, dout = rng.standard_normal((BATCH, WIDTH)), rng.standard_normal((BATCH, WIDTH))
    signals, gradients = [], []
    for affine, nonlinear in zip(affines, nonlinears, strict=True):
        x = nonlinear.forward(affine.forward(factor * x))  # (factor x) W is x (factor W)
        signals.append(x.std())
    for affine, nonlinear in zip(affines[::-1], nonlinears[::-1], strict=True):
        dout = factor * affine.backward(nonlinear.backward(dout))
        gradients.append(dout.std())
    return signals, gradients[::-1]


def measure():
    """Return the standard deviations, shape (2, DEPTH) for each seed, by activation and factor."""
    found = {(name, factor): [] for name in ACTIVATIONS for factor in FACTORS}
    for seed in range(SEEDS):
        rng = np.random.default_rng(seed)
        affines = [Affine(he((WIDTH, WIDTH), rng, np.float64), np.zeros(WIDTH)) for _ in range(DEPTH)]
        for name, factor in found:
            found[name, factor].append(pass_through(affines, ACTIVATIONS[name], factor, rng))
    return {key: np.maximum(values, SMALLEST) for key, values in found.items()}


def draw():
    """Measure, and return the figure."""
    found = measure()
    figure, rows = new_figure("On its way through 50 layers a signal vanishes, survives or explodes", 2, 3, 6)
    for axes, kind, ticks in zip(
        rows, ("activations", "gradients"), (range(-15, 16, 5), range(-40, 21, 10)), strict=True
    ):
        for column, name in zip(axes, ACTIVATIONS, strict=True):
            for factor, line in zip(FACTORS[::-1], LINES[:3], strict=True):
                ends = found[name, factor][:, 0 if kind == "activations" else 1]
                mean = np.sqrt((ends**2).mean(axis=0))
                column.semilogy(np.arange(1, DEPTH + 1), mean, **line, markevery=7, label=rf"{factor:g} $\times$ He's")
            column.set_yticks([10.0**power for power in ticks], minor=False)
            column.set_ylim(10.0 ** (ticks[0] - 2), 10.0 ** (ticks[-1] + 2))
            column.set(title=name if kind == "activations" else "", xlabel="layer" if kind == "gradients" else "")
            column.label_outer()
        axes[0].set_ylabel(f"std of {kind}")
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=3)
    for factor in FACTORS:
        ends = found["ReLU", factor][:, 0, -1]
        print(f"ReLU, {factor:g} x He's: std of the activations of layer {DEPTH}", end=" ")
        print(f"from {ends.min():.1e} to {ends.max():.1e} in {SEEDS} networks")
    return figure


if __name__ == "__main__":
    leave(draw)
