"""Processes that have a witness, which says in one line when one of them is killed.

Who is killed says nothing. The launcher notices it, kills all others, which say nothing either, and prints a banner of
its own. So the leading process starts another one beside them, the witness (:mod:`training.parallel.witness`), to which
each of them has a connection.

It is there for ``train.py`` alone, and where something keeps a process from reaching it, only the line is less exact.
"""

import json
import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from training.parallel import witness
from training.parallel.witness import HEARD

HERE = "127.0.0.1"
INTERFACE_ADDRESS = 0x8915  # what Linux calls SIOCGIFADDR
TRIED = 2.0  # seconds for which an address is tried


class Witnessed:
    """A process that has a witness, with all others of its communicator.

    Parameters
    ----------
    communicator : mpi4py.MPI.Comm
    everywhere : bool
        Whether some of them are on other machines.
    """

    def __init__(self, communicator: Any, everywhere: bool) -> None:
        self.connection: socket.socket | None = None
        where = communicator.bcast(start(communicator.size, everywhere) if communicator.rank == 0 else None)
        if where is not None:
            host = socket.gethostname()
            self.connection = connect([HERE] if host == where["host"] else where["addresses"], where["port"])
            self.tell({"key": where["key"], "rank": communicator.rank, "host": host, "pid": os.getpid()})
        communicator.Barrier()  # from here on all are known

    def tell(self, message: Any) -> None:
        """Tell the witness something, and wait until it knows."""
        if self.connection is not None:
            try:
                self.connection.sendall(json.dumps(message).encode() + b"\n")
                self.connection.recv(len(HEARD))  # nothing, where that was a farewell
            except OSError:
                self.connection.close()
                self.connection = None

    def if_killed(self, killed: str, lost: str, some: str) -> None:
        """Have a line said when one is killed or lost, with its {rank} and {host}, or ``some`` if it is unknown."""
        self.tell({"killed": killed, "lost": lost, "some": some})

    def end(self, farewell: str) -> None:
        """Say farewell: from now on nothing is said about this process, or about any."""
        self.tell(farewell)
        if self.connection is not None:
            self.connection.close()
            self.connection = None


def start(size: int, everywhere: bool) -> dict[str, Any] | None:
    """Start the witness of so many processes, and return where it is to be found; None where there can be none."""
    if os.name != "posix":
        return None
    key = secrets.token_hex(16)
    command = [sys.executable, "-I", "-S", witness.__file__]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps({"key": key, "size": size, "address": "" if everywhere else HERE}).encode() + b"\n")
    process.stdin.close()
    port = process.stdout.readline()
    process.stdout.close()
    process.returncode = 0  # nobody waits for it: it outlives this process
    if not port.strip():
        return None
    return {"key": key, "port": int(port), "host": socket.gethostname(), "addresses": [*addresses()]}


def addresses() -> Iterator[str]:
    """Return by which addresses other machines may reach this one."""
    yield socket.gethostname()
    try:
        import fcntl
    except ImportError:
        return
    for _number, name in socket.if_nameindex():
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
            try:
                answer = fcntl.ioctl(asking, INTERFACE_ADDRESS, name.encode().ljust(256, b"\0"))
            except OSError:  # an interface without an address, or a system that does not know the question
                continue
            address = socket.inet_ntoa(answer[20:24])
            if address != HERE:
                yield address


def connect(hosts: list[str], port: int) -> socket.socket | None:
    """Return a connection to the witness, None where it cannot be reached."""
    for host in hosts:
        try:
            return socket.create_connection((host, port), timeout=TRIED)
        except OSError:
            continue
    return None
