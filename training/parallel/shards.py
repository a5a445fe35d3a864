"""The gradient of a mini-batch, put together from those of its shards, always in the same order.

A batch of N samples is cut into shards. Its loss is the mean over the samples, so its gradient is the mean of the
shards' gradients, each weighted by its share n/N of the samples::

    dL/dW = sum over the shards of n/N dL_shard/dW

The computer's numbers do not add up to the same in another order: (a + b) + c and a + (b + c) differ in their last
digits. So the shards are added one after the other, by their numbers, whoever has computed them, and any number of
processes comes to the same bits, one included (:mod:`training.parallel.ranks`).

What a shard computes must not depend on who computes it either:

- Its random numbers, such as dropout's, are its own: every generator draws a seed for each shard.
- Batch normalisation takes mean and variance of the shard, not of the batch. The running statistics that a step leaves
  are the weighted mean of those that its shards leave.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from layers.common.generators import Generators, generators_of, set_states, states_of
from training.loop.inspection import layers_of

Arrays = dict[str, np.ndarray]
SEEDS = 1 << 63
BLOCK = 1 << 14  # numbers


class Shards:
    """Computes the gradient of a batch shard by shard, all of them in this process.

    Parameters
    ----------
    network : object
        One that a :class:`training.Trainer` takes.
    size : int
        How many samples a shard has. The last of a batch may have fewer.

    Attributes
    ----------
    last_loss : float
        That of the last batch.

    Examples
    --------
    >>> from networks import TwoLayerNet
    >>> network = TwoLayerNet(4, 3, 2, seed=0, dtype=np.float64)
    >>> x, t = np.arange(24.0).reshape(6, 4), np.array([0, 1, 1, 0, 1, 0])
    >>> shards = Shards(network, 2)
    >>> grads, whole = shards.gradient(x, t), network.gradient(x, t)
    >>> all(np.allclose(grads[name], whole[name]) for name in whole)
    True
    >>> bool(np.isclose(shards.last_loss, network.loss(x, t)))
    True
    """

    def __init__(self, network: Any, size: int) -> None:
        self.network, self.size = network, size
        self.generators = generators_of(layers_of(network))
        self.vector = Vector(network)
        self.rows = np.empty((0, self.vector.length), self.vector.dtype)
        self.last_loss = 0.0

    def gradient(self, x: np.ndarray, t: np.ndarray) -> Arrays:
        """Return the gradients of the mean loss over a batch, by the parameters' names."""
        pieces = cut(len(x), self.size)
        seeds = [draw_seeds(generator, len(pieces)) for generator in self.generators]
        afterwards, at_first = states_of(self.generators), copied(state_of(self.network))
        rows = self.rows_for(len(pieces))
        for row, number in zip(rows, self.mine(len(pieces)), strict=True):
            piece = pieces[number]
            restart(self.generators, [of_generator[number] for of_generator in seeds])
            put(state_of(self.network), at_first)
            self.vector.fill(row, (piece.stop - piece.start) / len(x), *self.one(x[piece], t[piece]))
        set_states(self.generators, afterwards)
        self.last_loss, grads, state = self.vector.parted(self.add_up(rows, len(pieces)))
        put(state_of(self.network), state)
        return grads

    def close(self) -> None:
        """Give back what is shared with other processes, all of which do so."""

    def one(self, x: np.ndarray, t: np.ndarray) -> tuple[float, Arrays]:
        """Return the loss and the gradients of one shard."""
        grads = self.network.gradient(x, t)
        loss = getattr(self.network, "last_loss", None)
        return float(self.network.loss(x, t) if loss is None else loss), grads

    def mine(self, count: int) -> range:
        """Return the numbers of the shards that are computed here."""
        return range(count)

    def rows_for(self, count: int) -> np.ndarray:
        """Return where the vectors of this process's shards are written, of so many in all; the same each time."""
        mine = len(self.mine(count))
        if len(self.rows) < mine:
            self.rows = np.empty((mine, self.vector.length), self.vector.dtype)
        return self.rows[:mine]

    def add_up(self, rows: np.ndarray, count: int) -> np.ndarray:
        """Return the sum of all shards' vectors, from the first to the last."""
        return in_order(list(rows), np.empty_like(rows[0]))


class Vector:
    """What a shard leaves, one behind the other: its loss, its gradients, and the state of the network.

    Parameters
    ----------
    network : object
    """

    def __init__(self, network: Any) -> None:
        self.network, self.params, self.state = network, network.params, state_of(network)
        arrays = [*self.params.values(), *self.state.values()]
        self.dtype = np.result_type(*arrays)
        self.length = 1 + sum(array.size for array in arrays)
        self.places = np.cumsum([array.size for array in arrays])[:-1]

    def fill(self, row: np.ndarray, share: float, loss: float, grads: Arrays) -> None:
        """Write what a shard left, weighted by its share of the batch."""
        weight = self.dtype.type(share)
        row[0] = loss * share
        arrays = [*(grads[name] for name in self.params), *state_of(self.network).values()]
        for array, into in zip(arrays, np.split(row[1:], self.places), strict=True):
            np.multiply(array, weight, out=into.reshape(array.shape))

    def parted(self, row: np.ndarray) -> tuple[float, Arrays, Arrays]:
        """Return what stands in a vector: a loss, gradients and a state."""
        rest = iter(np.split(row[1:], self.places))
        grads, state = (
            {name: next(rest).reshape(array.shape).astype(array.dtype, copy=False) for name, array in group.items()}
            for group in (self.params, self.state)
        )
        return float(row[0]), grads, state


def cut(samples: int, size: int) -> list[slice]:
    """Return the shards of a batch: pieces of one size, and what is left; a single sample joins the last of them.

    >>> cut(7, 3), cut(8, 3)
    ([slice(0, 3, None), slice(3, 7, None)], [slice(0, 3, None), slice(3, 6, None), slice(6, 8, None)])
    """
    starts = list(range(0, samples, size))
    if samples % size == 1 and len(starts) > 1 and size > 1:
        starts.pop()
    return [slice(start, stop) for start, stop in zip(starts, [*starts[1:], samples], strict=True)]


def in_order(rows: Sequence[np.ndarray], out: np.ndarray) -> np.ndarray:
    """Return the sum of some vectors in ``out``, from the first to the last; a part that fits the cache at a time."""
    for start in range(0, len(out), BLOCK):
        part = out[start : start + BLOCK]
        part[...] = rows[0][start : start + BLOCK]
        for row in rows[1:]:
            part += row[start : start + BLOCK]
    return out


def draw_seeds(generator: Any, count: int) -> np.ndarray:
    """Return a seed for each shard, drawn by a layer's generator, which goes on by that."""
    if isinstance(generator, np.random.RandomState):
        return generator.randint(0, 1 << 31, count)
    return generator.integers(0, SEEDS, count)


def restart(generators: Generators, seeds: list[Any]) -> None:
    """Let generators begin anew, each with a seed."""
    for generator, seed in zip(generators, seeds, strict=True):
        if isinstance(generator, np.random.RandomState):
            generator.seed(seed)
        else:
            generator.bit_generator.state = type(generator.bit_generator)(int(seed)).state


def state_of(network: Any) -> Arrays:
    """Return what a network learns besides its parameters, nothing where it does not say."""
    return dict(getattr(network, "state", {}))


def copied(arrays: Arrays) -> Arrays:
    """Return copies of arrays."""
    return {name: array.copy() for name, array in arrays.items()}


def put(arrays: Arrays, values: Arrays) -> None:
    """Put values into the arrays of the same names."""
    for name, array in arrays.items():
        array[...] = values[name]
