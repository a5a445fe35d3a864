"""Shards computed by several processes, the ranks of an MPI communicator, which come to the bits of a single one.

With S shards and R ranks, every rank computes S/R shards. Then each needs the sum of all S gradients, in their order.
If all were sent to everybody, a rank would receive S vectors of P numbers. Instead each rank adds up a part of the
vector, P/R numbers, for everybody::

    1. every rank sends to every other one the other's part of its shards' vectors      (S/R)(P/R) numbers to each
    2. every rank adds up its part of all S vectors, from the first shard to the last
    3. every rank sends the sum to all others                                           P/R numbers to each

Together a rank sends (R - 1)/R (S/R + 1) P numbers a step, less than (S/R + 1) P, however many they are.
"""

from itertools import pairwise
from typing import Any

import numpy as np

from training.parallel.shards import Shards, in_order


class Ranks(Shards):
    """Computes the gradient of a batch together with the other ranks, each of which calls it with the same batch.

    Parameters
    ----------
    network : object
        The same in every rank, to the bit.
    size : int
        How many samples a shard has.
    communicator : mpi4py.MPI.Comm
    """

    def __init__(self, network: Any, size: int, communicator: Any) -> None:
        super().__init__(network, size)
        self.communicator = communicator

    def mine(self, count: int) -> range:
        """Return the numbers of the shards that this rank computes: some that follow each other."""
        bounds = parts(count, self.communicator.size)
        return range(*bounds[self.communicator.rank])

    def add_up(self, rows: np.ndarray, count: int) -> np.ndarray:
        """Return the sum of all shards' rows, of which this rank adds up a part."""
        ranks, rank = self.communicator.size, self.communicator.rank
        shards, columns = parts(count, ranks), parts(rows.shape[1], ranks)
        start, stop = columns[rank]
        all_rows = np.empty((count, stop - start), rows.dtype)
        pending = []
        for other in range(ranks):
            first, last = shards[other]
            if other == rank:
                all_rows[first:last] = rows[:, start:stop]
                continue
            pending.append(self.communicator.Irecv(all_rows[first:last], other))
            out = np.ascontiguousarray(rows[:, slice(*columns[other])])
            pending.append(self.communicator.Isend(out, other))
        for request in pending:
            request.Wait()
        whole = np.empty(rows.shape[1], rows.dtype)
        in_order(all_rows, whole[start:stop])
        counts = [last - first for first, last in columns]
        self.communicator.Allgatherv(whole[start:stop].copy(), [whole, counts])
        return whole


def parts(count: int, ranks: int) -> list[tuple[int, int]]:
    """Return where the part of each rank begins and ends.

    >>> parts(12, 5)
    [(0, 2), (2, 4), (4, 7), (7, 9), (9, 12)]
    """
    bounds = [count * rank // ranks for rank in range(ranks + 1)]
    return list(pairwise(bounds))
