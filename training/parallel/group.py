"""The processes that train together: one alone, or those that ``mpiexec`` has started."""

import os
import pickle
import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from language import _
from training.parallel.witness import BYE, SAID
from training.parallel.witnessed import Witnessed

T = TypeVar("T")
REST = 0.01  # seconds
HANDED_ON = 0.2  # seconds in which the launcher hands on what was said


class Group:
    """One process alone.

    Attributes
    ----------
    communicator : mpi4py.MPI.Comm or None
    size, rank : int
        How many processes there are, and the number of this one, from 0.
    """

    communicator: Any = None
    size, rank = 1, 0

    @property
    def leads(self) -> bool:
        """Whether this is the process that writes and shows."""
        return self.rank == 0

    def from_leader(self, make: Callable[[], T]) -> T:
        """Return what the leading process makes."""
        return make()

    def once_a_machine(self, make: Callable[[], T]) -> T:
        """Return what one process of each machine makes, its arrays shared by all that are there."""
        return make()

    def require_same(self, things: Mapping[str, Any]) -> None:
        """Raise ValueError unless all processes have the same things."""

    def if_killed(self, killed: str, lost: str, some: str) -> None:
        """Have a line said when one is killed or lost, with its {rank} and {host}, or ``some`` if it is unknown."""

    def end(self, status: int) -> None:
        """End all processes, where one has failed."""


class Ranks(Group):
    """The processes of an MPI communicator."""

    def __init__(self, communicator: Any) -> None:
        self.communicator = communicator
        self.witnessed = Witnessed(communicator, not all_are_here(communicator)) if communicator.size > 1 else None
        self.size, self.rank = communicator.size, communicator.rank
        if not self.leads and signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all: the leader sees to it

    def from_leader(self, make: Callable[[], T]) -> T:
        """Return what the leading process makes."""
        return self.communicator.bcast(make() if self.leads else None)

    def once_a_machine(self, make: Callable[[], T]) -> T:
        """Return what one process of each machine makes, its arrays shared by all that are there."""
        from mpi4py import MPI

        here = self.communicator.Split_type(MPI.COMM_TYPE_SHARED)
        if here.size == 1:
            return make()
        buffers: list[pickle.PickleBuffer] = []
        text = pickle.dumps(make(), protocol=5, buffer_callback=buffers.append) if here.rank == 0 else b""
        text, sizes = here.bcast((text, [buffer.raw().nbytes for buffer in buffers]))
        window = MPI.Win.Allocate_shared(sum(sizes) if here.rank == 0 else 0, 1, comm=here)
        whole: Any = window.Shared_query(0)[0]
        memory = memoryview(whole).cast("B")
        places, place = [], 0
        for size in sizes:
            places.append(memory[place : place + size])
            place += size
        if here.rank == 0:
            for buffer, into in zip(buffers, places, strict=True):
                into[:] = buffer.raw()
        here.Barrier()
        return pickle.loads(text, buffers=places)

    def require_same(self, things: Mapping[str, Any]) -> None:
        """Raise ValueError unless all processes have the same things."""
        require_same(self.communicator, things)

    def if_killed(self, killed: str, lost: str, some: str) -> None:
        """Have a line said when one is killed or lost, with its {rank} and {host}, or ``some`` if it is unknown."""
        if self.witnessed is not None:
            self.witnessed.if_killed(killed, lost, some)

    def wait_for_all(self) -> None:
        """Wait until all processes have come to their end, and say farewell to the witness; the processor may rest."""
        all_are_here = self.communicator.Ibarrier()
        while not all_are_here.Test():
            time.sleep(REST)
        if self.witnessed is not None:
            self.witnessed.end(BYE)

    def end(self, status: int) -> None:
        """End all processes, where one has failed."""
        if self.witnessed is not None:
            self.witnessed.end(SAID)
        abort(self.communicator, status)


def all_are_here(communicator: Any) -> bool:
    """Return whether all processes are on one machine."""
    from mpi4py import MPI

    here = communicator.Split_type(MPI.COMM_TYPE_SHARED)
    size = here.size
    here.Free()
    return bool(size == communicator.size)


def abort(communicator: Any, status: int) -> None:
    """End all processes, where what is wrong has been said: MPI would add a line of its own."""
    sys.stdout.flush()
    sys.stderr.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    time.sleep(HANDED_ON)
    communicator.Abort(status)


def require_same(communicator: Any, things: Mapping[str, Any]) -> None:
    """Raise ValueError, in all processes, unless all of them have the same things."""
    all_of_them = communicator.allgather((socket.gethostname(), dict(things)))
    _host, right = all_of_them[0]
    for rank, (host, others) in enumerate(all_of_them):
        if different := [name for name in right if others.get(name) != right[name]]:
            said = _("rank {rank} on {host} differs from rank 0: {what}")
            raise ValueError(said.format(rank=rank, host=host, what=", ".join(different)))
