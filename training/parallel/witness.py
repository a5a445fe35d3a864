"""The witness: a process that says in one line which of several processes was killed.

The system closes the connections of a process that ends; the first that is closed without a farewell is that of the
process that was killed. A machine that is lost closes nothing, but it does not answer either when the system asks
whether it is still there; then the witness ends the leading process, by which the launcher ends all.

It imports nothing but the standard library, so that it starts at once and stays small.
"""

import contextlib
import json
import os
import selectors
import signal
import socket
import sys
from typing import Any

PATIENCE = 10.0  # seconds in which the processes connect
ENDED = 5.0  # seconds after which the leading process should have been ended by the launcher
ASKED = {"TCP_KEEPIDLE": 10, "TCP_KEEPINTVL": 5, "TCP_KEEPCNT": 4}  # after 30 seconds a machine counts as lost
LINE = 1 << 16  # bytes, the most that a line may have
HEARD = b"."
BYE, SAID = "bye", "said"  # the process has come to its end; it has said itself why it ends all others


class Connections:
    """What the witness knows: who is connected, and what it is to say.

    Parameters
    ----------
    key : str
        What a process says so that it is believed to be one of them.
    size : int
        How many processes there are.
    """

    def __init__(self, key: str, size: int) -> None:
        self.key, self.size = key, size
        self.unread: dict[socket.socket, bytes] = {}
        self.known: dict[socket.socket, dict[str, Any]] = {}
        self.farewells = 0
        self.words = {"killed": "", "lost": "", "some": ""}

    def hear(self, connection: socket.socket) -> str | None:
        """Read what came by a connection; return None to go on, else what is to be said at the end: words or none."""
        try:
            received = connection.recv(LINE)
        except ConnectionResetError:
            received = b""
        except OSError:  # the system has asked, and got no answer
            return self.gone(connection, "lost")
        if not received:
            return self.gone(connection, "killed")
        *lines, self.unread[connection] = (self.unread.get(connection, b"") + received).split(b"\n")
        if len(self.unread[connection]) > LINE:
            self.forget(connection)
            return None
        for line in lines:
            message = read(line)
            if connection not in self.known:
                if not isinstance(message, dict) or message.get("key") != self.key:
                    self.forget(connection)  # a stranger
                    return None
                self.known[connection] = message
            elif message == SAID:
                return ""
            elif message == BYE:
                self.farewells += 1
                self.forget(connection)
                return "" if self.farewells == self.size else None
            else:
                self.words = message
            connection.sendall(HEARD)
        return None

    def gone(self, connection: socket.socket, how: str) -> str | None:
        """Return what is to be said of a process that has ended without a farewell."""
        who = self.known.get(connection)
        if who is None:
            self.forget(connection)
            return None
        all_are_known = len(self.known) + self.farewells == self.size
        return self.words[how if all_are_known else "some"].format(rank=who["rank"], host=who["host"])

    def forget(self, connection: socket.socket) -> None:
        """Close a connection of which nothing more is expected."""
        self.known.pop(connection, None)
        self.unread.pop(connection, None)
        connection.close()

    def end_leader(self) -> None:
        """End the leading process, if it is still there after a while: it waits for one that will never come."""
        for connection, who in self.known.items():
            if who["rank"] == 0:
                connection.settimeout(ENDED)
                try:
                    connection.recv(1)  # comes back when it has ended
                except TimeoutError:
                    os.kill(who["pid"], signal.SIGKILL)


def read(line: bytes) -> Any:
    """Return what a line says, None where it is no JSON."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def witness() -> None:
    """Be the witness: say where it is to be found, and listen until all processes have ended or one was killed."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    setup = json.loads(sys.stdin.readline())
    connections = Connections(setup["key"], setup["size"])
    with socket.create_server((setup["address"], 0), backlog=setup["size"]) as server:
        os.write(sys.stdout.fileno(), b"%d\n" % server.getsockname()[1])
        says = listen(server, connections)
        if says:
            os.write(sys.stderr.fileno(), f"{says}\n".encode())
    if says:
        connections.end_leader()


def listen(server: socket.socket, connections: Connections) -> str:
    """Listen to all processes, and return what is to be said at the end."""
    with selectors.DefaultSelector() as selector:
        selector.register(server, selectors.EVENT_READ)
        while events := selector.select(None if connections.known else PATIENCE):
            for event, _what in events:  # in the order in which they came
                if event.fileobj is server:
                    selector.register(watched(server.accept()[0]), selectors.EVENT_READ)
                    continue
                connection: Any = event.fileobj
                says = connections.hear(connection)
                if says is not None:
                    return says
                if connection.fileno() < 0:
                    selector.unregister(connection)
    return ""


def watched(connection: socket.socket) -> socket.socket:
    """Have the system ask from time to time whether the other end of a connection is still there."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in ASKED.items():
        if hasattr(socket, name):
            connection.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
    return connection


if __name__ == "__main__":
    with contextlib.suppress(OSError):  # nobody is there any more to whom something could be said
        witness()
