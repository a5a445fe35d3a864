"""The check of a whole file in this very process: what ``python gradient_check.py FILE`` does with one of its own."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gradients.apart.checking import FileCheck
from gradients.apart.child import Child
from gradients.apart.ended import Ended
from gradients.apart.progress import Progress
from gradients.homework.options import Options
from gradients.homework.source import Source
from language import _
from page.inside.checking.endless import SECONDS, Endless, Patience
from page.inside.checking.printing import Shown, printing_into
from page.inside.checking.work import sent

NAME = "my_layer.py"


class ChildHere(Child):
    """What a file's own process does, in this one."""

    def __init__(self) -> None:
        super().__init__(None, None)  # type: ignore[arg-type]

    def tell(self, line: int) -> None:
        """Tell nobody which line of the file is running."""

    def watch_time(self, seconds: float) -> None:
        """Leave it to the page to end what takes too long."""


class WorkerHere:
    """What :class:`gradients.apart.worker.Worker` is, without a process.

    Parameters
    ----------
    source : Source
    shown : Shown
        Where it goes what the file prints.
    patience : Patience
    """

    def __init__(self, source: Source, shown: Shown, patience: Patience) -> None:
        self.source, self.shown, self.patience = source, shown, patience
        self.child: ChildHere | None = None
        self.is_ended, self.doing = False, ""
        self.dropped: list[int] = []
        self.count = 0
        self.progress = Progress()

    def __enter__(self) -> "WorkerHere":
        self.child = ChildHere()
        return self

    def __exit__(self, *error: object) -> None:
        self.end()

    def end(self) -> None:
        """Put back what stands around the file."""
        self.is_ended = True
        if self.child is not None:
            self.child.stack.close()
            self.child = None

    def start_clock(self, doing: str) -> None:
        """Note what is being done."""
        self.doing = doing

    @contextmanager
    def a_moment(self, seconds: float) -> Iterator[None]:
        """Leave it to the page to end what takes too long."""
        yield

    def next_number(self) -> int:
        """Return a number for a new copy of a layer."""
        self.count += 1
        return self.count

    def ask(self, **request: Any) -> dict[str, Any]:
        """Return the answer to a request; raise Ended where the file would have ended its process."""
        if self.child is None:
            raise Ended(_("the process broke off during {what}", what=self.doing))
        if self.dropped:
            request["dropped"], self.dropped = self.dropped, []
        what = _("forward or backward of {name}", name=self.doing) if "subject" in request else self.doing
        request.setdefault("seconds", 0.0)
        try:
            with printing_into(self.shown.stream_of(request, self.doing)), self.patience.call():
                return sent(self.child.answer(sent(request)))
        except SystemExit as leaving:
            status = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
            why = _("Python ended with exit status {status} during {what}", status=status, what=what)
        except Endless:
            said = _("it had not ended after {seconds:g} s: perhaps the loop in line {line} never ends")
            why = said.format(seconds=SECONDS, line=self.patience.line)
        except BaseException as error:  # the likes of KeyboardInterrupt, raised by the file itself
            why = f"{what}: {type(error).__name__}"
        self.end()
        raise Ended(why)


@dataclass
class CheckHere(FileCheck):
    """The check of a file, of which all runs here."""

    shown: Shown = field(default_factory=Shown)
    patience: Patience = field(default_factory=lambda: Patience(""))

    def worker(self) -> Any:
        """Return whoever runs the file: this process."""
        self.patience.file = str(self.source.path)
        return WorkerHere(self.source, self.shown, self.patience)


@contextmanager
def check_of(text: str) -> Iterator[CheckHere]:
    """Make a text a file in an empty folder, and yield its check."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder).resolve() / NAME
        path.write_text(text, encoding="utf-8")
        yield CheckHere(Source(path, text), None, Options())
