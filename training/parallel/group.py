"""The processes that train together: one alone, or those that ``mpiexec`` has started."""

import os
import pickle
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Any, TypeVar

from language import _
from training.parallel.witness import BYE, SAID, Witnessed

T = TypeVar("T")

# Where the launchers of MPICH, Open MPI and Slurm tell a process how many there are, and which one it is.
COUNTS = ("PMI_SIZE", "OMPI_COMM_WORLD_SIZE", "PMIX_SIZE")
PATIENCE = 1.0  # seconds
NUMBERS = ("PMI_RANK", "OMPI_COMM_WORLD_RANK", "PMIX_RANK")


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

    def if_killed(self, one: str, some: str, again: str) -> None:
        """Have a line said when one is killed: ``one`` with its {rank} and {host}, or just ``some``; then ``again``."""

    def end(self, status: int) -> None:
        """End all processes, where one has failed."""


class Ranks(Group):
    """The processes of an MPI communicator."""

    def __init__(self, communicator: Any) -> None:
        self.communicator = communicator
        self.witnessed = Witnessed(communicator) if communicator.size > 1 else None
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

    def if_killed(self, one: str, some: str, again: str) -> None:
        """Have a line said when one is killed: ``one`` with its {rank} and {host}, or just ``some``; then ``again``."""
        if self.witnessed is not None:
            self.witnessed.if_killed(one, some, again)

    def farewell(self, word: str) -> None:
        """Tell the witness that this process ends by itself."""
        if self.witnessed is not None:
            self.witnessed.end(word)

    def end(self, status: int) -> None:
        """End all processes, where one has failed."""
        self.farewell(SAID)
        sys.stdout.flush()
        sys.stderr.flush()
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what is wrong has been said; MPI would add a line of its own
        self.communicator.Abort(status)


def require_same(communicator: Any, things: Mapping[str, Any]) -> None:
    """Raise ValueError, in all processes, unless all of them have the same things."""
    all_of_them = communicator.allgather((socket.gethostname(), dict(things)))
    _host, right = all_of_them[0]
    for rank, (host, others) in enumerate(all_of_them):
        if different := [name for name in right if others.get(name) != right[name]]:
            said = _("rank {rank} on {host} differs from rank 0: {what}")
            raise ValueError(said.format(rank=rank, host=host, what=", ".join(different)))


def group_of(parallel: str | None) -> Group:
    """Return the processes that train together, as ``--parallel`` asks for.

    Raises
    ------
    ValueError
        When there are several that do not know of each other, or MPI cannot be had.
    """
    if parallel is None:
        if (count := started()) > 1:
            if number_in(NUMBERS) > 0:
                raise SystemExit(2)  # one of them says it
            said = _(
                "mpiexec has started {count} processes, and each of them would do the same; with --parallel mpi "
                "--shards N they share the work"
            )
            raise ValueError(said.format(count=count))
        return Group()
    try:
        from mpi4py import MPI
    except (ImportError, RuntimeError) as error:
        said = _("--parallel mpi needs mpi4py and an MPI: python -m pip install mpi4py mpich ({why})")
        raise ValueError(said.format(why=error)) from None
    joined.append(Ranks(MPI.COMM_WORLD))
    if joined[0].size == 1:
        print(_("one process trains; mpiexec -n 4 in front of the command would start four"), file=sys.stderr)
    return joined[0]


joined: list[Ranks] = []  # that of this process, once it has joined it


def all_end(main: Callable[[], int], status_of: Callable[[Callable[[], int]], int]) -> int:
    """Run a command in each of several processes, and end all of them where it fails in one.

    Parameters
    ----------
    main : callable
    status_of : callable
        Runs ``main``, prints what was wrong, and returns the exit status.
    """
    try:
        status = status_of(lambda: leader_first(main))
    except Exception:
        if not joined:
            raise
        traceback.print_exc()
        status = 1
    if joined:
        if status:
            joined[0].end(status)
        joined[0].farewell(BYE)
    return status


def leader_first(main: Callable[[], int]) -> int:
    """Run a command; of what is wrong in all processes, let the leading one speak, which then ends the others."""
    try:
        return main()
    except Exception:
        if joined and not joined[0].leads:
            time.sleep(PATIENCE)
        raise


@contextmanager
def one_speaks() -> Iterator[None]:
    """Let one of the processes that a launcher has started print, where all would print the same."""
    if number_in(NUMBERS) == 0:
        yield
        return
    with open(os.devnull, "w") as nowhere, redirect_stderr(nowhere), redirect_stdout(nowhere):
        yield


def started() -> int:
    """Return how many processes a launcher has started, 1 without one."""
    return max(1, number_in(COUNTS))


def number_in(names: tuple[str, ...]) -> int:
    """Return the number in the first of some variables that is set, 0 where none is."""
    texts = (os.environ.get(name, "") for name in names)
    return next((int(text) for text in texts if text.isdecimal()), 0)
