"""How the processes that a launcher has started become a group, and how all of them end.

A process that waits in MPI waits for ever for one that never comes there. So one that fails before it has joined the
others joins them nevertheless, to say so and to end them.
"""

import io
import os
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import ExitStack, redirect_stderr, redirect_stdout, suppress
from typing import Any

from language import _
from training.loop.diverged import TrainingDiverged
from training.parallel.group import Group, Ranks, abort

# Where the launchers of MPICH and Open MPI tell a process how many there are, and which one it is.
COUNTS = ("PMI_SIZE", "OMPI_COMM_WORLD_SIZE")
NUMBERS = ("PMI_RANK", "OMPI_COMM_WORLD_RANK")
PATIENCE = 1.0  # seconds in which the leading process says what is wrong in all
ENDED = 60.0  # seconds after which a process that another should have ended does so itself

joined: list[Ranks] = []  # that of this process, once it has joined it
silence: list[ExitStack] = []  # what keeps it from speaking until then


def group_of(parallel: str | None, asked: Mapping[str, Any]) -> Group:
    """Return the processes that train together, as ``--parallel`` asks for.

    Parameters
    ----------
    parallel : str or None
    asked : mapping
        What the command line asks for, which is to be the same in all.

    Raises
    ------
    ValueError
        When several do not know of each other, MPI cannot be had, or they are asked for different things.
    """
    if parallel is None:
        if (count := started()) > 1:
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
    meet(MPI.COMM_WORLD)
    joined.append(Ranks(MPI.COMM_WORLD))
    if joined[0].size == 1:
        print(_("one process trains; mpiexec -n 4 in front of the command would start four"), file=sys.stderr)
    joined[0].require_same(asked)
    return joined[0]


def meet(communicator: Any, trouble: str | None = None) -> None:
    """Wait for all processes; where one is in trouble, have the first of those say it, and end all.

    Parameters
    ----------
    communicator : mpi4py.MPI.Comm
    trouble : str, optional
        What this process would have said; nothing, where it has said it.
    """
    while silence:
        silence.pop().close()
    troubles = communicator.allgather(trouble)
    in_trouble = [rank for rank, text in enumerate(troubles) if text is not None]
    if not in_trouble:
        return
    if communicator.rank == in_trouble[0]:
        sys.stderr.write(troubles[communicator.rank])
        abort(communicator, 2)
    time.sleep(ENDED)
    os._exit(2)


def all_end(main: Callable[[], int], status_of: Callable[[Callable[[], int]], int]) -> int:
    """Run a command in each of several processes, and end all of them where it fails in one.

    Parameters
    ----------
    main : callable
    status_of : callable
        Runs ``main``, prints what was wrong, and returns the exit status.
    """
    said = io.StringIO()
    with ExitStack() as until_joined:
        if started() > 1 and number_in(NUMBERS) > 0:
            silence.append(until_joined)
            until_joined.enter_context(redirect_stderr(said))
            until_joined.enter_context(redirect_stdout(io.StringIO()))
        try:
            status = status_of(lambda: leader_first(main))
        except SystemExit as leaving:  # of the parser, which has said why
            if started() == 1 or not leaving.code:
                raise
            status = 2
        except Exception:
            if started() == 1 and not joined:
                raise
            traceback.print_exc()
            status = 1
    if joined:
        if status:
            joined[0].end(status)
        joined[0].wait_for_all()
    elif status and started() > 1:
        with suppress(ImportError, RuntimeError):  # without MPI nobody waits
            from mpi4py import MPI

            meet(MPI.COMM_WORLD, said.getvalue())
    return status


def leader_first(main: Callable[[], int]) -> int:
    """Run a command; of what is wrong in all processes, let the leading one speak, which then ends the others."""
    try:
        return main()
    except Exception as error:
        if joined and not joined[0].leads:
            finds_out_why = isinstance(error, TrainingDiverged)  # which takes the leader some time
            time.sleep(60 * ENDED if finds_out_why else PATIENCE)
        raise


def started() -> int:
    """Return how many processes a launcher has started, 1 without one."""
    return max(1, number_in(COUNTS))


def number_in(names: tuple[str, ...]) -> int:
    """Return the number in the first of some variables that is set, 0 where none is."""
    texts = (os.environ.get(name, "") for name in names)
    return next((int(text) for text in texts if text.isdecimal()), 0)
