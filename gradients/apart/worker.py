"""The process in which a student's file runs, as seen from here: started, asked, given up after a time, ended."""

import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, Listener
from pathlib import Path
from types import TracebackType
from typing import Any

from gradients.apart.ended import Ended as Ended
from gradients.apart.progress import EVERY, Progress, in_words
from gradients.apart.starting import Started, start
from gradients.apart.watch import Watch
from gradients.apart.wire import NotSent, pack, unpack
from gradients.homework.source import Source
from language import _

GRACE = 5.0  # seconds after its time, in which a process that is heard of in between is not ended
START = 30.0  # seconds in which the process must have started
MOMENT = 0.3  # seconds before the end of a unit's time, in which it is looked at what is running
FRAME = re.compile(r'\s*File "(.*)", line (\d+) in (.*)')
PATIENCE = 0.2  # seconds after which it is looked at whether it lives
MOST_BYTES = 1 << 30  # of an answer


class Worker:
    """A process for one file.

    Parameters
    ----------
    source : Source
        The file.
    timeout : float
        Seconds that a unit may take.
    memory : int
        Megabytes that the process may take, where the system can tell it so.
    """

    def __init__(self, source: Source, timeout: float, memory: int) -> None:
        self.source, self.timeout, self.memory = source, timeout, memory
        self.is_ended = False
        self.dropped: list[int] = []
        self.count = 0
        self.deadline = float("inf")
        self.doing = _("starting")
        self.is_asked = False
        self.started: Started | None = None
        self.watch: Watch | None = None
        self.connection: Connection | None = None
        self.progress = Progress()

    def __enter__(self) -> "Worker":
        self.started = self.begun()
        self.watch = Watch(self.started, self.is_overdue)
        self.watch.start()
        return self

    def is_overdue(self) -> bool:
        """Return whether an answer is waited for that should have been there: it stopped in its middle."""
        return self.is_asked and time.monotonic() > self.deadline + GRACE

    def begun(self) -> Started:
        """Return the process, started."""
        return start(self.memory)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def end(self) -> None:
        """End the process, and whatever it has started."""
        self.is_ended = True
        self.progress.erase()
        if self.watch is not None:
            self.watch.over.set()
        if self.connection is not None:
            with suppress(OSError):
                self.connection.close()
        if self.started is not None:
            self.started.end()

    def connect(self) -> Connection:
        """Return the connection, once the process has called; that it starts is no time of the unit's."""
        if self.connection is None:
            started = time.monotonic()
            self.connection = self.accepted()
            self.deadline += time.monotonic() - started
        return self.connection

    def accepted(self) -> Connection:
        """Return the connection of the process, when it calls; raise OSError where it ends before, or never does."""
        assert self.started is not None
        let_go(self.started.listener, PATIENCE)
        started = time.monotonic()
        while True:
            try:
                return self.started.listener.accept()
            except TimeoutError:
                if self.started.process.poll() is not None or time.monotonic() - started > START:
                    raise

    def start_clock(self, doing: str) -> None:
        """Begin to count the time of a unit, or of loading the file."""
        self.deadline, self.doing = time.monotonic() + self.timeout, doing
        self.progress.start()

    @contextmanager
    def a_moment(self, seconds: float) -> Iterator[None]:
        """Let what is asked within take so many seconds, however many of the unit are left."""
        before, self.deadline = self.deadline, time.monotonic() + seconds
        try:
            yield
        finally:
            self.deadline = before

    def next_number(self) -> int:
        """Return a number for a new copy of a layer."""
        self.count += 1
        return self.count

    def ask(self, **request: Any) -> dict[str, Any]:
        """Return the answer to a request.

        Raises
        ------
        Ended
            When the process ends, or does not answer in time, or answers with something else.
        """
        if self.dropped:
            request["dropped"], self.dropped = self.dropped, []
        what = _("forward or backward of {name}", name=self.doing) if "subject" in request else self.doing
        try:
            connection = self.connect()
            if "do" in request:
                request["seconds"] = max(0.1, self.deadline - time.monotonic() - MOMENT)
            self.is_asked = True
            connection.send_bytes(pack(request))
            while True:
                if not self.is_answered(connection, request):
                    raise self.too_late(what)
                answer = self.received(connection)
                if "at" not in answer:
                    return answer
                what = self.heard(answer)
        except (EOFError, OSError, NotSent) as error:
            if time.monotonic() > self.deadline + GRACE:
                raise self.too_late(what) from error
            why = self.why_it_ended(what, error)
            raise Ended(why, status=self.started.process.poll() if self.started else None) from error
        finally:
            self.is_asked = False

    def too_late(self, what: str) -> Ended:
        """End the process, and return what is said of that."""
        what = self.running() or what
        self.end()
        said = _("{what} did not end within {seconds:g} s; --timeout gives it more time")
        return Ended(said.format(what=what, seconds=self.timeout), in_time=False)

    def received(self, connection: Connection) -> dict[str, Any]:
        """Return the next message; raise NotSent where it is none."""
        answer = unpack(connection.recv_bytes(MOST_BYTES))
        if not isinstance(answer, dict):
            raise NotSent("expected a dictionary")
        return answer

    def heard(self, news: dict[str, Any]) -> str:
        """Return what is being done now, by what the process says before its answer."""
        return _("{file}, line {line},", file=self.doing, line=news["at"])

    def is_answered(self, connection: Connection, request: dict[str, Any]) -> bool:
        """Wait for an answer, and show meanwhile what is being looked at; return False where the time is over."""
        shown = ": ".join(filter(None, (self.doing, in_words(request))))
        while not connection.poll(max(0.0, min(EVERY, self.deadline - time.monotonic()))):
            if time.monotonic() >= self.deadline:
                return False
            self.progress.show(shown)
        self.progress.show(shown)
        return True

    def running(self) -> str:
        """Return what of the file was running when the time was over, empty where that is not known."""
        assert self.started is not None
        with suppress(OSError):
            for line in self.started.watch.read_text(encoding="utf-8", errors="replace").splitlines():
                found = FRAME.fullmatch(line)
                if found and Path(found[1]) == self.source.path:
                    where = _("its script") if found[3] == "<module>" else found[3]
                    return _("{where} (line {line})", where=where, line=found[2])
        return ""

    def why_it_ended(self, what: str, error: Exception) -> str:
        """Return in words how the process ended."""
        assert self.started is not None
        with suppress(subprocess.TimeoutExpired):
            self.started.process.wait(1.0)
        status = self.started.process.poll()
        self.end()
        if status is None:
            return _("the process broke off during {what}", what=what)
        if isinstance(error, NotSent):
            return _("the process answered with something else during {what}", what=what)
        if status < 0:
            return _("Python ended by signal {number} during {what}", number=-status, what=what)
        return _("Python ended with exit status {status} during {what}", status=status, what=what)


def let_go(listener: Listener, seconds: float) -> None:
    """Let a listener give up waiting after some seconds, where the system can."""
    sock = getattr(getattr(listener, "_listener", None), "_socket", None)
    if sock is not None:
        sock.settimeout(seconds)
