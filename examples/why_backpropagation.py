"""Why backpropagation: numerical differentiation pays two forward passes for every single parameter.

::

    numerical      dL/dw = (L(w + h) - L(w - h)) / 2h      2 P forward passes for P parameters
    backward       the chain rule, from the loss to the input, once: as much work as about two forward passes

Both give the same gradients. The picture shows how long a TwoLayerNet takes for them while its hidden layer
grows, on logarithmic axes. Numerical differentiation rises with the parameters and once more with the cost of a
forward pass; backpropagation stays beside the forward pass. Where numerical differentiation would take too long to
wait for, the hollow marks are 2 P times the measured forward pass.
"""

import time

import numpy as np

from datasets import load_digits
from networks import TwoLayerNet
from picture import LINES, leave, new_figure

BATCH = 10
MEASURED, ESTIMATED = (1, 3, 10, 30, 100), (300, 1000, 3000, 10000)


def seconds(function, *arguments, repeats=20):
    """Return the shortest of some durations: the one that nothing else on the machine disturbed."""
    durations = []
    for _ in range(repeats):
        started = time.perf_counter()
        function(*arguments)
        durations.append(time.perf_counter() - started)
    return min(durations)


def draw():
    """Measure, and return the figure."""
    (x, t), _ = load_digits()
    x, t = x[:BATCH].astype(float), t[:BATCH]
    sizes, times = [], {"forward": [], "backward": [], "numerical": []}
    for hidden in MEASURED + ESTIMATED:
        network = TwoLayerNet(64, hidden, 10, dtype=np.float64, seed=0)
        sizes.append(sum(param.size for param in network.params.values()))
        times["forward"].append(seconds(network.loss, x, t))
        times["backward"].append(seconds(network.gradient, x, t))
        measured = hidden in MEASURED
        times["numerical"].append(
            seconds(network.numerical_gradient, x, t, repeats=1) if measured else 2 * sizes[-1] * times["forward"][-1]
        )
    figure, axes = new_figure("All gradients for the price of a few forward passes", height=4.8)
    last = len(MEASURED) - 1
    axes.loglog(sizes[last:], times["numerical"][last:], **LINES[1] | {"linestyle": ":"}, mfc="white")
    axes.loglog(sizes[: last + 1], times["numerical"][: last + 1], **LINES[1])
    axes.loglog(sizes, times["backward"], **LINES[0])
    axes.loglog(sizes, times["forward"], **LINES[2])
    axes.text(sizes[3], 0.12 * times["numerical"][3], "numerical differentiation", color=LINES[1]["color"])
    axes.text(sizes[4], 1.8 * times["backward"][4], "backpropagation", color=LINES[0]["color"], ha="right")
    axes.text(sizes[4], 0.25 * times["forward"][4], "one forward pass", color=LINES[2]["color"], ha="right")
    for duration, words in ((1, "a second"), (3600, "an hour")):
        axes.axhline(duration, color="#888888", linewidth=1)
        axes.text(sizes[0], duration / 1.3, words, color="#555555", va="top")
    axes.set(xlabel="parameters", ylabel=f"seconds for the gradients\nof {BATCH} digits", ylim=(2e-6, 2e4))
    factor = times["numerical"][last] / times["backward"][last]
    print(f"for {sizes[last]:,} parameters numerical differentiation took {times['numerical'][last]:.2f} s,", end=" ")
    print(f"backpropagation {1e3 * times['backward'][last]:.2f} ms: {factor:,.0f} times less")
    return figure


if __name__ == "__main__":
    leave(draw)
