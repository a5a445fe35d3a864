"""The reports on what is in a student's file, which runs in a process of its own."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from gradients.apart.ended import Ended
from gradients.apart.limits import MEMORY
from gradients.apart.remote_subject import RemoteSubject, layer_raised
from gradients.calling.prepared import Prepared, Raised
from gradients.calling.problems import CannotCheck, check_failed
from gradients.calling.verdict import judge
from gradients.calling.words import LOSS
from gradients.homework.options import Options
from gradients.homework.source import Source
from gradients.judging.combined import is_loss_of, leaves_to_loss, with_its_loss
from gradients.judging.notes import information
from gradients.measuring.arguments import kind_of
from gradients.measuring.point import LayerRaised
from gradients.measuring.surroundings import quiet_and_restored
from gradients.network_checking import judge_network
from gradients.order_of_findings import raised_finding
from gradients.report import Report
from language import _

if TYPE_CHECKING:
    from gradients.apart.worker import Worker

LIVES = 50  # processes for one file, each of which a unit has ended


@dataclass
class FileCheck:
    """The check of one file.

    Attributes
    ----------
    source : Source
    name : str or None
        The one unit that is asked for.
    options : Options
    full, strict : bool
    timeout : float
        Seconds for each unit.
    memory : int
        Megabytes for the process.
    problems : list of str
        What could not be checked, and why.
    left_out : dict of str to str
        Units that are left out, and why.
    about : list of str
        How the file was loaded, where that is worth a line.
    printed : list of str
        What the file printed.
    is_empty : bool
        Whether there is nothing in it that could be checked.
    known : dict of int to Report
        The reports that were made, by the units' numbers.
    """

    source: Source
    name: str | None
    options: Options
    full: bool = False
    strict: bool = False
    timeout: float = 60.0
    memory: int = MEMORY
    problems: list[str] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)
    about: list[str] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    is_empty: bool = False
    known: dict[int | None, Report] = field(default_factory=dict)

    def reports(self) -> Iterator[Report]:
        """Yield the reports on the file's units, one after the other."""
        todo: list[int | None] | None = None
        for _life in range(LIVES):
            with self.worker() as worker:
                names = self.load(worker)
                if names is None:
                    return
                todo = list(range(len(names))) if todo is None and not self.options.make else todo or [None]
                while todo:
                    unit = todo.pop(0)
                    name = str(self.options.make) if unit is None else names[unit]
                    try:
                        report = self.report_on(worker, unit, name)
                        yield self.with_its_loss(report, worker, names)
                    except CannotCheck as problem:
                        self.problems.append(str(problem))
                    except Ended as ended:
                        self.problems.append(f"{name}: {ended}")
                        break
                    except Exception as error:  # a fault of this program: nothing is said about the unit
                        self.problems.append(check_failed(name, error))
                    if worker.is_ended:  # after a verdict, when more was asked about it
                        break
                if not todo:
                    return

    def worker(self) -> "Worker":
        """Return whoever runs the file: a process of its own."""
        from gradients.apart.worker import Worker

        return Worker(self.source, self.timeout, self.memory)

    def to_dict(self, reports: list[Report]) -> dict[str, Any]:
        """Return what was found in the file, ready for JSON."""
        return {
            "file": str(self.source.path),
            "reports": [report.to_dict() for report in reports],
            "not checked": self.problems,
            "left out": self.left_out,
            "about": self.about,
        }

    def load(self, worker: "Worker") -> list[str] | None:
        """Let the file be loaded; return the names of its units, None where it cannot be."""
        worker.start_clock(_("loading {file}", file=self.source.path.name))
        try:
            answer = worker.ask(
                do="load",
                path=str(self.source.path),
                text=self.source.text,
                cells=list(self.source.cells),
                name=self.name,
                make=bool(self.options.make),
            )
        except Ended as ended:
            self.problems.append(f"{self.source.path}: {ended}")
            return None
        self.note_printed(answer)
        if "cannot" in answer:
            self.problems.append(answer["cannot"])
            return None
        self.left_out, self.about = answer["left_out"], [*self.source.left_out, *answer["about"]]
        self.is_empty = not answer["units"] and not self.left_out and not self.options.make
        return [name for name, _ in answer["units"]]

    def note_printed(self, answer: dict[str, Any]) -> None:
        """Keep what the file printed."""
        if answer.get("printed"):
            self.printed.append(answer["printed"])

    def with_its_loss(self, report: Report, worker: "Worker", names: list[str]) -> Report:
        """Return the report; on a softmax that passes dout on, with the loss of the file that makes it right."""
        if self.strict or not leaves_to_loss(report):
            return report
        for unit, name in enumerate(names):
            if not LOSS.search(name):
                continue
            try:
                other = self.report_on(worker, unit, name)
            except (CannotCheck, Ended):  # said when it is its turn
                continue
            if is_loss_of(other, report):
                return with_its_loss(report, name)
        return report

    def report_on(self, worker: "Worker", unit: int | None, name: str) -> Report:
        """Return the report on one unit."""
        if unit not in self.known:
            self.known[unit] = self.new_report_on(worker, unit, name)
        return self.known[unit]

    def new_report_on(self, worker: "Worker", unit: int | None, name: str) -> Report:
        """Return the report on one unit that was not looked at before."""
        worker.start_clock(name)
        report, prepared = self.looked_at(worker, unit, name, self.options)
        if self.options.inputs or report.ok or prepared.subject is None or not may_be_for_more_axes(report, prepared):
            return report
        try:
            other, deeper = self.looked_at(worker, unit, name, replace(self.options, deep=True))
        except (CannotCheck, Ended):
            return report
        seen = {result.name for result in other.arrays if result.checked}
        if not other.ok or deeper.subject is None or not {result.name for result in report.arrays} <= seen:
            return report
        few = _(" and ").join(map(kind_of, prepared.subject.point.inputs))
        return replace(
            other, notes=[information(_("right for these inputs, but not for {few}.", few=few)), *other.notes]
        )

    def looked_at(self, worker: "Worker", unit: int | None, name: str, options: Options) -> tuple[Report, Prepared]:
        """Return the report on one unit, and what was prepared for it."""
        answer = worker.ask(do="prepare", unit=unit, options=asdict(options), name=name)
        self.note_printed(answer)
        if "cannot" in answer:
            worker.progress.erase()
            raise CannotCheck(answer["cannot"])
        prepared = prepared_from(worker, answer)
        try:
            with quiet_and_restored():
                return self.judged(prepared), prepared
        finally:
            worker.progress.erase()

    def judged(self, prepared: Prepared) -> Report:
        """Return the verdict on what was prepared."""
        if not prepared.is_network:
            return judge(prepared, self.options.seed, self.full, self.strict)
        try:
            return judge_network(prepared.subject, self.options.seed, self.full, self.strict)
        except LayerRaised as raised:
            return Report(prepared.name, [], [raised_finding(raised)])


def may_be_for_more_axes(report: Report, prepared: Prepared) -> bool:
    """Return whether a layer may be for inputs of more axes than these: only vectors among its parameters are wrong.

    Behind a bias that is added along the last of three axes, the gradient is summed over the two before it.
    """
    subject = prepared.subject
    if prepared.is_network or any(np.ndim(x) != 2 for x in subject.point.inputs):
        return False
    wrong = {result.name: len(result.shape) for result in report.arrays if not result.ok}
    unnamed = all(finding.code == "unknown" for finding in report.findings)
    return bool(wrong) and unnamed and not set(wrong) & set(subject.input_names) and set(wrong.values()) == {1}


def prepared_from(worker: "Worker", answer: dict[str, Any]) -> Prepared:
    """Return what was prepared in the other process."""
    subject = answer["subject"] and RemoteSubject(worker, answer["subject"])
    raised = answer["raised"]
    return Prepared(
        str(answer["name"]),
        subject or None,
        raised and Raised(layer_raised(raised["raised"], worker.source), str(raised["inputs"])),
        str(answer["mode"]),
        bool(answer["is_network"]),
        bool(answer["is_guessed"]),
    )
