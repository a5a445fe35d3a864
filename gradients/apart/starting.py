"""The process of a file, started: it may be before anything else is imported, so that both import at the same time."""

import atexit
import os
import secrets
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Listener
from pathlib import Path
from typing import Any

from gradients.apart.limits import KEY, MEMORY, end_group, own_group

PACKAGE = __name__.rpartition(".")[0]
ROOT = Path(__file__).resolve().parents[PACKAGE.count(".") + 1]
PROGRAM = (
    "import sys; sys.path.append({root!r}); sys.argv = ['gradient_check.py']; "
    "from {package}.child import main; main({address!r}, {memory}, {watch!r})"
)
THREADS = {"OPENBLAS_NUM_THREADS": "1"}  # unless the user says otherwise: the products here are small
SETTLED = {"MPLBACKEND": "Agg", "PYTHONHASHSEED": "0"}  # no window opens, and two runs say the same
LONGEST_PATH = 100  # of a socket
ahead: list["Started"] = []  # at most one, which nobody has asked for yet


class Started:
    """A process that has been started, and what it will call.

    Attributes
    ----------
    process : Popen
    listener : Listener
        Where it calls, with a key that it alone was told.
    watch : Path
        Where it writes what was running when the time of a unit is over.
    """

    def __init__(self, memory: int) -> None:
        self.memory = memory
        self.key = secrets.token_bytes(16).hex()
        self.folder = tempfile.TemporaryDirectory(prefix="gradient_check")
        self.listener = Listener(address_in(self.folder.name), authkey=bytes.fromhex(self.key))
        self.watch = Path(self.folder.name, "running.txt")
        self.process = subprocess.Popen(
            self.command(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=self.environment(),
            cwd=self.working_folder(),
            **own_group(),
        )

    def command(self) -> list[str]:
        """Return the words with which the process is started."""
        words = {"root": str(ROOT), "package": PACKAGE, "memory": self.memory, "watch": str(self.watch)}
        return [sys.executable, "-c", PROGRAM.format(**words, address=self.listener.address)]

    def environment(self) -> dict[str, str]:
        """Return the variables that the process sees."""
        return THREADS | os.environ | SETTLED | {KEY: self.key}

    def working_folder(self) -> str | None:
        """Return the folder in which the process begins, None for this one's."""
        return None

    def end(self) -> None:
        """End the process, and whatever it has started."""
        end_group(self.process)
        for close in (self.listener.close, self.folder.cleanup):
            with suppress(Exception):
                close()


def address_in(folder: str) -> Any:
    """Return where a process may call: a socket in a folder, or one of this machine where the path is too long."""
    if sys.platform == "win32":
        return None
    place = str(Path(folder, "calls"))
    return place if len(os.fsencode(place)) < LONGEST_PATH else ("127.0.0.1", 0)


def is_a_file(word: str) -> bool:
    """Return whether a word of the command line is a file or folder, or one of its classes: ``homework.py:Affine``."""
    with suppress(OSError, ValueError):  # too long for a name, or no name at all
        return Path(word.rpartition(":")[0] or word).exists()
    return False


def before_check(arguments: Sequence[str]) -> None:
    """Start the process of a file that the command line names, so that both import at the same time."""
    if any(map(is_a_file, arguments)):
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the products here are small
        start_ahead()


def start_ahead() -> None:
    """Start a process that will be wanted soon; it ends with this one where it is not."""
    if not ahead:
        ahead.append(Started(MEMORY))
        atexit.register(end_ahead)
    if signal.getsignal(signal.SIGINT) == signal.SIG_DFL:
        signal.signal(signal.SIGINT, leave)


def leave(number: int, frame: Any) -> None:
    """End by a signal, Ctrl-C during the imports, and leave nothing behind."""
    end_ahead()
    signal.signal(number, signal.SIG_DFL)
    signal.raise_signal(number)


def imports_are_done() -> None:
    """Let Ctrl-C end this process at once again."""
    if signal.getsignal(signal.SIGINT) is leave:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def end_ahead() -> None:
    """End the process that nobody has asked for."""
    while ahead:
        ahead.pop().end()


def start(memory: int) -> Started:
    """Return a process: the one that was started ahead, where there is one like it."""
    if ahead and ahead[0].memory == memory and ahead[0].process.poll() is None:
        return ahead.pop()
    return Started(memory)
