"""Shards computed by several processes, the ranks of an MPI communicator, which come to the bits of a single one.

With S shards and R ranks, every rank computes S/R shards. Then each needs the sum of all S gradients, in their order.
If all were sent to everybody, a rank would receive S vectors of P numbers. Instead each rank adds up a part of the
vector, P/R numbers, for everybody::

    1. every rank sends to every other one the other's part of its shards' vectors      (S/R)(P/R) numbers to each
    2. every rank adds up its part of all S vectors, from the first shard to the last
    3. every rank sends the sum to all others                                           P/R numbers to each

Together a rank sends (R - 1)/R (S/R + 1) P numbers a step, less than (S/R + 1) P, however many they are.
"""

from typing import Any

import numpy as np

from training.parallel.group import all_are_here
from training.parallel.shards import Shards, in_order
from training.parallel.shares import parts


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
        self.received = np.empty((0, 0), self.vector.dtype)

    def mine(self, count: int) -> range:
        """Return the numbers of the shards that this rank computes: some that follow each other."""
        bounds = parts(count, self.communicator.size)
        return range(*bounds[self.communicator.rank])

    def add_up(self, rows: np.ndarray, count: int) -> np.ndarray:
        """Return the sum of all shards' vectors, of which this rank adds up a part."""
        shards, columns = (parts(length, self.communicator.size) for length in (count, rows.shape[1]))
        here = slice(*columns[self.communicator.rank])
        all_rows = self.exchanged(rows, shards, [slice(*column) for column in columns])
        whole = np.empty(rows.shape[1], rows.dtype)
        part = in_order(all_rows, whole[here])
        self.communicator.Allgatherv(part.copy(), [whole, [stop - start for start, stop in columns]])
        return whole

    def exchanged(self, rows: np.ndarray, shards: list[tuple[int, int]], columns: list[slice]) -> list[np.ndarray]:
        """Return this rank's part of all shards' vectors, and send the other ranks theirs."""
        rank = self.communicator.rank
        found: list[np.ndarray] = []
        pending = []
        for other, (first, last) in enumerate(shards):
            for number in range(first, last):
                if other == rank:
                    found.append(rows[number - first, columns[rank]])
                else:
                    found.append(self.received[number, : columns[rank].stop - columns[rank].start])
                    pending.append(self.communicator.Irecv(found[-1], other, tag=number))
        for other in [other for other in range(len(shards)) if other != rank]:
            for row, number in zip(rows, range(*shards[rank]), strict=True):
                pending.append(self.communicator.Isend(row[columns[other]], other, tag=number))
        for request in pending:
            request.Wait()
        return found

    def rows_for(self, count: int) -> np.ndarray:
        """Return where the vectors of this rank's shards are written."""
        if len(self.received) < count:
            widest = -(-self.vector.length // self.communicator.size)
            self.received = np.empty((count, widest), self.vector.dtype)
        return super().rows_for(count)


class RanksHere(Ranks):
    """The same on one machine, where the ranks read each other's vectors in memory that they share.

    What is written is read after a barrier, and nothing is written again before another one.

    Attributes
    ----------
    lends : bool
        Whether gradients are those in the shared memory, which may only be read, until the next call; they are copies
        by default.
    """

    lends = False

    def __init__(self, network: Any, size: int, communicator: Any) -> None:
        super().__init__(network, size, communicator)
        self.windows: list[Any] = []

    def close(self) -> None:
        """Give back the shared memory: a process can have about a thousand pieces of it, and no more."""
        while self.windows:
            self.windows.pop().Free()

    def add_up(self, rows: np.ndarray, count: int) -> np.ndarray:
        """Return the sum of all shards' vectors, of which this rank adds up a part."""
        shards, columns = (parts(length, self.communicator.size) for length in (count, rows.shape[1]))
        here = slice(*columns[self.communicator.rank])
        all_rows = [self.every[rank][row, here] for rank, (a, b) in enumerate(shards) for row in range(b - a)]
        self.communicator.Barrier()  # all vectors are there
        in_order(all_rows, self.whole[here])
        self.communicator.Barrier()  # the sum is whole
        return self.read_only if self.lends else self.whole.copy()

    def rows_for(self, count: int) -> np.ndarray:
        """Return where the vectors of this rank's shards are written."""
        mine = len(self.mine(count))
        most = max(last - first for first, last in parts(count, self.communicator.size))
        if len(self.rows) < most:
            self.every = self.shared(most)
            (self.whole,) = self.shared(1)[0]
            self.read_only = self.whole.view()
            self.read_only.flags.writeable = False
            self.rows = self.every[self.communicator.rank]
        return self.rows[:mine]

    def shared(self, rows: int) -> list[np.ndarray]:
        """Return arrays of so many vectors, one of each rank, that all ranks see."""
        from mpi4py import MPI

        size = rows * self.vector.length * self.vector.dtype.itemsize
        window = MPI.Win.Allocate_shared(size, self.vector.dtype.itemsize, comm=self.communicator)
        self.windows.append(window)
        memories: list[Any] = [window.Shared_query(rank)[0] for rank in range(self.communicator.size)]
        arrays = [np.frombuffer(memory, self.vector.dtype) for memory in memories]
        return [array.reshape(rows, -1) for array in arrays]


def ranks_of(network: Any, size: int, communicator: Any, lends: bool = False) -> Ranks:
    """Return what computes gradients together with the other ranks: in shared memory, where all are on one machine.

    There they are lent, if asked for: nobody may write to them, and they hold until the next ones are computed.
    """
    if not all_are_here(communicator):
        return Ranks(network, size, communicator)
    ranks = RanksHere(network, size, communicator)
    ranks.lends = lends
    return ranks
