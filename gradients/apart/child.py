"""The program of the process in which a student's file runs."""

import faulthandler
import io
import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from gradients.apart.host import Host, raised_answer
from gradients.apart.limits import KEY, end_with_parent, limit_memory
from gradients.apart.wire import pack, unpack
from gradients.calling.prepared import Prepared
from gradients.calling.problems import CannotCheck, check_failed, wants_old_division
from gradients.homework.expressions import prepare_expression
from gradients.homework.loading import Loaded, loaded
from gradients.homework.options import Options
from gradients.homework.preparing import prepare_unit
from gradients.homework.source import Source
from gradients.homework.units import Unit, find_units
from gradients.measuring.surroundings import quiet_and_restored
from language import N_, _

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

OLD_DIVISION = N_("whole numbers are divided here as in Python 2, where 7 / 2 is 3; for Python 3, write 7 // 2.")
MOST_PRINTED = 2000  # letters that are kept of what the file prints


class Printed(io.TextIOBase):
    """What a file prints: the beginning is kept."""

    def __init__(self) -> None:
        self.text, self.lost = "", False

    def writable(self) -> bool:
        """Return that it can be written to."""
        return True

    def write(self, text: str) -> int:
        """Keep the text, as far as there is room."""
        room = MOST_PRINTED - len(self.text)
        self.text += text[: max(0, room)]
        self.lost |= len(text) > room
        return len(text)

    def take(self) -> str:
        """Return what was kept, and forget it."""
        text, lost, self.text, self.lost = self.text, self.lost, "", False
        return f"{text} ..." if lost else text


class Child:
    """One file, loaded, and what is asked about it.

    Parameters
    ----------
    connection : Connection
    watch : file
        Where it is written what was running when the time of a unit is over.
    """

    def __init__(self, connection: "Connection", watch: IO[str]) -> None:
        self.connection, self.host, self.printed, self.watch = connection, Host(), Printed(), watch
        self.stack = ExitStack()
        self.source: Source
        self.work: Loaded
        self.name, self.wanted, self.old_division = "", None, False
        self.units: list[Unit] = []

    def serve(self) -> None:
        """Answer one request after the other, until nobody asks any more."""
        sys.stdout = sys.stderr = self.printed
        while True:
            try:
                request = unpack(self.connection.recv_bytes())
            except EOFError:
                return
            self.connection.send_bytes(pack(self.answer(request)))

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Return the answer to a request."""
        if "subject" in request:
            try:
                return self.host.answer(request)
            except Exception as problem:
                return {"failed": f"{type(problem).__name__}: {problem}"}
        self.watch_time(request["seconds"])
        try:
            answer = getattr(self, f"do_{request['do']}")(request)
        except CannotCheck as problem:
            answer = {"cannot": str(problem)}
        except Exception as problem:  # of this program, or of what the file did to it: nothing is said about the file
            answer = {"cannot": check_failed(request.get("name") or self.name, problem)}
        return {**answer, "printed": self.printed.take()}

    def watch_time(self, seconds: float) -> None:
        """Have it written down what is running when the time is over."""
        faulthandler.dump_traceback_later(seconds, file=self.watch)

    def do_load(self, request: dict[str, Any]) -> dict[str, Any]:
        """Load the file, and return what can be checked in it."""
        self.name, self.wanted = Path(request["path"]).name, request["name"]
        self.host.file = request["path"]
        self.source = Source(Path(request["path"]), request["text"], tuple(request["cells"]))
        self.load(old_division=False)
        if request["make"]:
            return {"units": [], "left_out": {}, "about": self.work.about()}
        self.units, left_out = find_units(self.work.module, self.wanted)
        names = [(unit.name, unit.line) for unit in self.units]
        return {"units": names, "left_out": left_out, "about": self.work.about()}

    def load(self, old_division: bool) -> None:
        """Load the file, anew where it was loaded before."""
        self.stack.close()
        self.stack.enter_context(quiet_and_restored())
        self.work = self.stack.enter_context(loaded(self.source, self.tell, old_division))
        self.old_division = old_division

    def tell(self, line: int) -> None:
        """Say which line of the file is running."""
        self.connection.send_bytes(pack({"at": line}))

    def do_prepare(self, request: dict[str, Any]) -> dict[str, Any]:
        """Find out how a unit is called, and return what is known of it."""
        if self.old_division:
            self.load_again(old_division=False)
        try:
            return self.described(self.prepared(request))
        except CannotCheck as problem:
            if not wants_old_division(problem.__cause__):
                raise
        self.load_again(old_division=True)
        prepared = self.prepared(request)
        if prepared.subject is not None:
            prepared.subject.remarks.append(_(OLD_DIVISION))
        return self.described(prepared)

    def load_again(self, old_division: bool) -> None:
        """Load the file anew, with the other division of whole numbers."""
        self.load(old_division)
        if self.units:
            self.units = find_units(self.work.module, self.wanted)[0]

    def prepared(self, request: dict[str, Any]) -> Prepared:
        """Return a unit, ready."""
        options = Options(**request["options"])
        if request["unit"] is None:
            return prepare_expression(options, self.work)
        return prepare_unit(self.units[request["unit"]], options, self.work)

    def described(self, prepared: Prepared) -> dict[str, Any]:
        """Return something that was prepared, in words and arrays."""
        raised = prepared.raised
        said = raised and {"inputs": raised.inputs, **raised_answer(raised.error, self.host.file)}
        return {
            "name": prepared.name,
            "mode": prepared.mode,
            "is_network": prepared.is_network,
            "is_guessed": prepared.is_guessed,
            "subject": None if prepared.subject is None else self.host.add(prepared.subject),
            "raised": said,
        }


def main(address: Any, memory: int, watch: str) -> None:
    """Call whoever started this process, and answer."""
    from multiprocessing.connection import Client

    key = bytes.fromhex(os.environ.pop(KEY))
    end_with_parent(str(Path(watch).parent))
    connection = Client(address, authkey=key)
    limit_memory(memory)
    with open(watch, "w", encoding="utf-8") as file:
        Child(connection, file).serve()
