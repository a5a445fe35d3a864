"""What machines need for a step that they share: measured between two of them, and extended to hundreds.

::

    python -m benchmarks.parallel.plan [--figure FILE]

The machines are namespaces within this one (:mod:`benchmarks.parallel.machines`), which takes Linux and root; each is
one process with one BLAS thread. First steps of one machine are measured, and links; then whole steps of two machines,
beside what the model (:mod:`benchmarks.parallel.model`) makes of those. Then the model says what more machines need.
"""

import argparse
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks.parallel.launching import measured
from benchmarks.parallel.machines import machines, why_not
from benchmarks.parallel.model import (
    Costs,
    Link,
    bytes_sent,
    costs_of,
    fastest,
    last_that_pays,
    samples_that_pay,
    seconds_of_step,
    shared_by,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SMALL, LARGE, IMAGES = "784-512-512-10", "784-2048-2048-10", "SimpleConvNet"
NETWORKS: dict[str, Any] = {SMALL: [512, 512], LARGE: [2048, 2048], IMAGES: None}
BATCH, ALONE = 240, (2, 6, 24)  # what is measured on one machine, in so many shards
TWO = [(SMALL, 2), (SMALL, 4), (SMALL, 12), (SMALL, 24), (LARGE, 2), (LARGE, 12), (IMAGES, 2), (IMAGES, 12)]
RATES = {"1gbit": "1 Gbit/s", "10gbit": "10 Gbit/s"}
FAST = "100 Gbit/s"
BATCHES = {SMALL: 1024, LARGE: 4096, IMAGES: 1024}
LEAST = 4  # samples of a shard
MANY = (16, 128, 512)
COUNTS = [1 << power for power in range(11)]


class Whole(NamedTuple):
    """A whole step of two machines: the seconds that were measured, and those of the model."""

    rate: str
    seconds: float
    model: float


def main() -> int:
    """Measure, print tables, and draw a picture where one is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.parallel.plan", description=__doc__.partition("\n")[0])
    parser.add_argument("--figure", type=Path, metavar="FILE", help="draw the model and what was measured")
    options = parser.parse_args()
    if reason := why_not():
        print(f"nothing was measured: machines within this one cannot be made: {reason}")
        return 0
    print(line(["one machine, ms", "numbers", "a shard", "a sample", "update"]))
    costs = {name: measured_costs(name) for name in NETWORKS}
    links, wholes = measured_links(costs)
    off = [abs(whole.model / whole.seconds - 1) for whole in wholes]
    print(f"\nthe model is off by {statistics.median(off):.0%} in the middle, by {max(off):.0%} at most\n")
    links[FAST] = Link(links[RATES["10gbit"]].message, 10 * links[RATES["10gbit"]].rate)  # which is not measured
    print_plan(costs, links)
    print()
    print_samples(costs, links)
    if options.figure:
        from figures import save_figure

        save_figure(plot_plan(costs, links, wholes), options.figure)
    return 0


def measured_costs(name: str) -> Costs:
    """Measure steps of a network on one machine, print what their parts take, and return it."""
    found = {shards: measured(steps_of(name, shards), 1) for shards in ALONE}
    some = found[ALONE[0]]
    costs = costs_of(some["numbers"], some["update"], BATCH, {shards: of["step"] for shards, of in found.items()})
    parts = (costs.shard, costs.sample, costs.update)
    print(line([name, f"{costs.numbers:,}", *(f"{1e3 * part:.3f}" for part in parts)]), flush=True)
    return costs


def steps_of(name: str, shards: int) -> dict[str, Any]:
    """Return what a process does that measures steps of a network."""
    return {"do": "steps", "hidden": NETWORKS[name], "batch": BATCH, "shards": shards}


def measured_links(costs: dict[str, Costs]) -> tuple[dict[str, Link], list[Whole]]:
    """Measure links, and whole steps over them, print them beside the model, and return both."""
    links: dict[str, Link] = {}
    wholes: list[Whole] = []
    for rate, title in RATES.items():
        with machines(2, rate) as two:
            found = measured({"do": "link"}, two)
            links[title] = link = Link(found["message"], found["rate"])
            print(f"\n{title}: {link.rate / 1e6:.0f} MB a second, {1e6 * link.message:.0f} us a message")
            print(line(["two machines, ms a step", "shards", "sent, MB", "measured", "model", "ratio"]))
            for name, shards in TWO:
                seconds = measured(steps_of(name, shards), two)["step"]
                model, sent = (
                    seconds_of_step(costs[name], link, BATCH, shards, 2),
                    bytes_sent(costs[name].numbers, shards, 2),
                )
                wholes.append(Whole(title, seconds, model))
                numbers = (sent / 1e6, 1e3 * seconds, 1e3 * model, model / seconds)
                print(line([name, str(shards), *(f"{number:.2f}" for number in numbers)]), flush=True)
    return links, wholes


def print_plan(costs: dict[str, Costs], links: dict[str, Link]) -> None:
    """Print what more machines would need, as many shards as machines."""
    print(line(["batch", "network", "alone, ms", "pays to", "faster by", "shortest at", "faster by"]))
    for name, batch in BATCHES.items():
        counts = counts_for(batch)
        for title, link in links.items():
            alone = shared_by(costs[name], link, batch, 1)
            some = last_that_pays(costs[name], link, batch, counts), fastest(costs[name], link, batch, counts)
            pairs = [[str(count), f"{alone / shared_by(costs[name], link, batch, count):.1f}"] for count in some]
            print(line([f"{name}, {batch}", title, f"{1e3 * alone:.1f}", *pairs[0], *pairs[1]]))


def print_samples(costs: dict[str, Costs], links: dict[str, Link]) -> None:
    """Print how many samples each machine needs so that half of its time goes into them."""
    print(line(["samples of a machine", "network", *(f"{count} machines" for count in MANY)]))
    for name, of in costs.items():
        for title, link in links.items():
            print(line([name, title, *(str(samples_that_pay(of, link, count)) for count in MANY)]))


def counts_for(batch: int) -> list[int]:
    """Return the numbers of machines among which a batch can be shared."""
    return [count for count in COUNTS if batch // count >= LEAST]


def line(cells: Sequence[str]) -> str:
    """Return a line of a table."""
    first, *others = cells
    return f"{first:<26}" + "".join(f"{cell:>13}" for cell in others)


def plot_plan(costs: dict[str, Costs], links: dict[str, Link], wholes: list[Whole]) -> "Figure":
    """Draw the model beside what was measured, and the steps of more machines."""
    from figures.style import INK, LINES, PALE, finish, log_scale, new_figure, show_legend

    figure = new_figure((12.0, 4.8), "A step that machines share")
    left, *others = figure.subplots(1, 3)
    for rate, how in zip(RATES.values(), LINES, strict=False):
        some = [whole for whole in wholes if whole.rate == rate]
        points = [1e3 * whole.seconds for whole in some], [1e3 * whole.model for whole in some]
        left.plot(*points, marker=how["marker"], color=how["color"], linestyle="", label=rate)
    ends = 0.8e3 * min(whole.seconds for whole in wholes), 1.25e3 * max(whole.seconds for whole in wholes)
    left.plot(ends, ends, color=PALE, linewidth=1)
    left.set_xscale("log")
    log_scale(left, *ends)
    decades = [10**power for power in range(6) if ends[0] < 10**power < ends[1]]
    left.set_xticks(decades, [str(decade) for decade in decades])
    finish(left, "measured with two machines, ms", "by the model, ms")
    show_legend(left)
    for axes, name in zip(others, (LARGE, IMAGES), strict=True):
        batch, of = BATCHES[name], costs[name]
        counts = counts_for(batch)
        alone = 1e3 * shared_by(of, next(iter(links.values())), batch, 1)
        axes.plot(counts, [alone / count for count in counts], color=INK, linestyle=":", label="alone / machines")
        for (title, link), how in zip(links.items(), LINES, strict=False):
            axes.plot(counts, [1e3 * shared_by(of, link, batch, count) for count in counts], label=title, **how)
        axes.set_xscale("log", base=2)
        log_scale(axes, 0.7 * alone / counts[-1], 1.5 * alone)
        axes.set_xticks(counts[::2], [str(count) for count in counts[::2]])
        finish(axes, "machines", "a step, ms")
        axes.set_title(f"{name}, batches of {batch:,}")
    show_legend(others[0])
    return figure


if __name__ == "__main__":
    sys.exit(main())
