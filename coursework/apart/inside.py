"""The program of the process in which a student's code runs: it answers, and knows nothing else.

It is copied into an empty folder, with the few modules that it imports; nothing of the solution, of the grader or of
other students is there.
"""

import ctypes
import os
import signal
import sys
from contextlib import suppress
from multiprocessing.connection import Client, Connection
from typing import Any

from coursework.apart.answering import in_words
from coursework.apart.sealing import Limits, seal
from coursework.apart.student import Student
from gradients.apart.limits import KEY
from gradients.apart.wire import pack, unpack


class Nowhere:
    """What a student prints goes nowhere."""

    def write(self, text: str) -> int:
        """Return that all was written."""
        return len(text)

    def flush(self) -> None:
        """Do nothing."""


class Inside(Student):
    """One student's file, and what is asked about it.

    Parameters
    ----------
    connection : Connection
    """

    def __init__(self, connection: Connection) -> None:
        super().__init__()
        self.connection = connection

    def serve(self) -> None:
        """Answer one request after the other, until nobody asks any more."""
        sys.stdout = sys.stderr = Nowhere()
        while True:
            try:
                request = unpack(self.connection.recv_bytes())
            except EOFError:
                return
            request.pop("seconds", None)  # the grader watches the time
            try:
                said = getattr(self, f"do_{request.pop('do')}")(**request)
            except BaseException as error:
                said = {"failed": in_words(error)}
            self.connection.send_bytes(pack(said))

    def do_seal(self, limits: dict[str, Any], readable: list[str], writable: list[str]) -> dict[str, Any]:
        """Give up all that a student's code does not need; return what this system cannot take away."""
        return {"not enforced": seal(Limits(**limits), readable, writable)}

    def tell(self, part: str, value: Any) -> None:
        """Say one answer at once."""
        self.connection.send_bytes(pack({"at": part, "value": value}))


def end_with_parent() -> None:
    """Let the kernel end this process with the one that started it (Linux); elsewhere its limits end it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def main(address: Any) -> None:
    """Call whoever started this process, and answer."""
    end_with_parent()
    key = bytes.fromhex(os.environ.pop(KEY))
    connection = Client(address, authkey=key)
    with suppress(EOFError, OSError, KeyboardInterrupt):
        Inside(connection).serve()
