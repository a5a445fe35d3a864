"""How long a step takes that machines share, put together from its parts.

A batch of N samples in S shards, on R machines; L numbers in what a shard leaves: its loss, gradients and state::

    step    = compute + travel + update
    compute = ceil(S/R) (shard + sample N/S)      forward, backward, what they leave written down and added up
    travel  = bytes / rate + (R-1) (S/R + 1) message,        bytes = 4 (R-1)/R (S/R + 1) L
    update  = the optimizer's, which every machine makes

``shard``, ``sample`` and ``update`` are measured on one machine, ``rate`` and ``message`` between two.
"""

import math
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

BYTES = 4  # of a number in float32


class Costs(NamedTuple):
    """What a network's steps take on one machine, in seconds: a shard, a sample in it, the update."""

    numbers: int
    shard: float
    sample: float
    update: float


class Link(NamedTuple):
    """What connects the machines: the seconds of a small message, and bytes a second, in each direction at once."""

    message: float
    rate: float


def costs_of(numbers: int, update: float, batch: int, steps: dict[int, float]) -> Costs:
    """Return what the parts take, from the seconds of steps of one machine by the number of shards.

    >>> costs_of(1000, 0.5, 10, {2: 4.5, 4: 6.5, 8: 10.5})
    Costs(numbers=1000, shard=1.0, sample=0.2, update=0.5)
    """
    shards, seconds = (np.array([*map(float, some)]) for some in (steps, steps.values()))
    line = np.stack([shards, np.full_like(shards, batch)], axis=1)
    of_shard, of_sample = np.linalg.lstsq(line / seconds[:, None], 1 - update / seconds, rcond=None)[0]
    return Costs(numbers, round(float(of_shard), 9), round(float(of_sample), 9), update)


def bytes_sent(numbers: int, shards: int, machines: int) -> float:
    """Return the bytes that a machine sends a step, and receives.

    >>> bytes_sent(1000, shards=4, machines=4), bytes_sent(1000, shards=4, machines=1)
    (6000.0, 0.0)
    """
    return BYTES * (machines - 1) / machines * (shards / machines + 1) * numbers


def seconds_of_step(costs: Costs, link: Link, batch: int, shards: int, machines: int) -> float:
    """Return the seconds of a step."""
    compute = math.ceil(shards / machines) * (costs.shard + costs.sample * batch / shards)
    messages = (machines - 1) * (shards / machines + 1)
    travel = bytes_sent(costs.numbers, shards, machines) / link.rate + messages * link.message
    return compute + travel + costs.update


def shared_by(costs: Costs, link: Link, batch: int, machines: int) -> float:
    """Return the seconds of a step with as many shards as machines, which sends least."""
    return seconds_of_step(costs, link, batch, machines, machines)


def fastest(costs: Costs, link: Link, batch: int, counts: Iterable[int]) -> int:
    """Return how many machines make the shortest step."""
    return min(counts, key=lambda machines: shared_by(costs, link, batch, machines))


def samples_that_pay(costs: Costs, link: Link, machines: int) -> int:
    """Return how many samples a machine needs so that they take half of its step, as many shards as machines."""
    others = shared_by(costs, link, 0, machines)
    return math.ceil(others / costs.sample)


def last_that_pays(costs: Costs, link: Link, batch: int, counts: Iterable[int]) -> int:
    """Return the most machines of which each still does at least half of what one alone does."""
    alone = shared_by(costs, link, batch, 1)
    return max(n for n in counts if alone / n >= 0.5 * shared_by(costs, link, batch, n))
