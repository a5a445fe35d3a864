"""How much of what people really write ``gradient_check.py`` takes, and whether its verdicts are true.

::

    python -m benchmarks.wild_scan FOLDER
    python -m benchmarks.wild_scan FOLDER --part kept --out kept.json
    python -m benchmarks.wild_scan FOLDER --before ../older-checkout

FOLDER holds repositories with backpropagation written by hand, each in a folder ``owner+name``;
``wild_repositories.txt`` beside this file names those that the figures in the documentation come from, with their
commits. None of their code is part of this project. A third of the first 212, drawn by lot, was kept apart, so that the
checker could be measured on what nobody had looked at while it was made: ``--part kept``. When that had been looked at,
50 others were fetched for the same purpose: ``--part fresh``.

Of each repository some files are checked in which a backward is defined, each as the command checks it. Counted is
every class, function or network that has a forward and a backward: taken when it gets a verdict, not taken when it is
said that it cannot be checked. Each verdict is compared with differences of the scan's own, taken with plain loops and
nothing of the checker's but the call of forward.

With ``--before`` another checkout's command runs on the same files, and its verdicts are counted among the same units.
"""

import argparse
import json
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from benchmarks.wild_differences import own_verdict
from gradients.apart.checking import FileCheck
from gradients.calling.preparing import Prepared
from gradients.calling.problems import CannotCheck
from gradients.homework.preparing import Options
from gradients.homework.source import read_source
from gradients.report import Report

BACKWARD = re.compile(r"def \w*(back|prime|deriv|grad|bprop)\w*\(|autograd\.Function", re.IGNORECASE)
PARTS = ("seen", "kept", "fresh")
LARGEST = 400_000  # bytes of a file
ABSENT = re.compile(r"not installed|could not be imported")
# Notes on a gradient that is another one on purpose, or by a convention.
ON_PURPOSE = {"on-purpose", "straight-through", "one-entry", "combined", "extra-batch-average", "ignores-dout"}
MISSING = "needs what is missing"
VERDICTS = ("right", "wrong", "not taken", MISSING)


@dataclass
class Found:
    """What was said of one class, function or network."""

    file: str
    unit: str
    kind: str
    verdict: str
    said: str = ""
    own: str = ""
    codes: list[str] = field(default_factory=list)


class Compared(FileCheck):
    """The check of a file, in which each verdict is followed by differences of the scan's own."""

    own: dict[str, str]

    def judged(self, prepared: Prepared) -> Report:
        """Return the verdict, and note what the scan's own differences say."""
        report = super().judged(prepared)
        self.own[report.subject] = own_verdict(prepared.subject) if prepared.subject is not None else "raises"
        return report


def main() -> None:
    """Scan what the command line asks for, and print the tables."""
    options = parse()
    found: list[Found] = []
    before: list[Found] = []
    with open(options.out, "w", encoding="utf-8") as out:
        for file in files_of(options.folder, options.part, options.files):
            here = list(checked(file, str(file.relative_to(options.folder)), options.timeout))
            found += here
            if options.before:
                said = said_before(options.before, file)
                before += [replace(f, verdict=verdict_in(said, f.unit)) for f in here if f.verdict != MISSING]
            out.write("".join(json.dumps(asdict(f)) + "\n" for f in here))
            out.flush()
    print_tables(found, before)


def parse() -> argparse.Namespace:
    """Return the options."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.wild_scan", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path, help="a folder of repositories")
    parser.add_argument("--part", choices=(*PARTS, "all"), default="seen", help="which repositories")
    parser.add_argument("--files", type=int, default=6, help="files of each repository (6)")
    parser.add_argument("--timeout", type=float, default=20.0, help="seconds for each unit (20)")
    parser.add_argument("--before", type=Path, help="another checkout, whose command is run on the same files")
    parser.add_argument("--out", default="wild_scan.jsonl", help="where every verdict is written (wild_scan.jsonl)")
    return parser.parse_args()


def files_of(folder: Path, part: str, count: int) -> Iterator[Path]:
    """Yield some files with a backward of each repository of a part, the same ones each time."""
    parts = {name.replace("/", "+"): where for name, _, where in listed()}
    for repository in sorted(path for path in folder.iterdir() if path.is_dir()):
        if part in ("all", parts.get(repository.name, "seen")):
            files = [path for path in sorted(repository.rglob("*")) if is_of_interest(path)]
            random.Random(2).shuffle(files)
            yield from files[:count]


def listed() -> list[list[str]]:
    """Return the repositories of the figures: owner/name, commit, and the part to which each belongs."""
    text = Path(__file__).with_name("wild_repositories.txt").read_text(encoding="utf-8")
    return [line.split() for line in text.splitlines() if line]


def is_of_interest(path: Path) -> bool:
    """Return whether a file is one of Python, or a notebook, that defines a backward with NumPy."""
    if path.suffix not in (".py", ".ipynb") or not path.is_file() or path.stat().st_size > LARGEST:
        return False
    text = path.read_text(encoding="utf-8", errors="replace")
    return "np" in text and bool(BACKWARD.search(text))


def checked(file: Path, name: str, timeout: float) -> Iterator[Found]:
    """Yield what is said of each unit of a file."""
    try:
        check = Compared(read_source(file), None, Options(), timeout=timeout)
        check.own = {}
        reports = list(check.reports())
    except CannotCheck as problem:
        yield Found(name, "", "file", "not taken", str(problem)[:300])
        return
    for report in reports:
        unit = report.subject.partition(" on ")[0]
        codes = [finding.code for finding in report.findings]
        meant = {note.code for note in report.notes} & ON_PURPOSE
        own = "meant so" if meant else check.own.get(report.subject, "")
        yield Found(name, unit, kind_of(unit, file), "right" if report.ok else "wrong", own=own, codes=codes)
    for problem in check.problems:
        unit = re.split(r": | needs | on \(", problem)[0]
        verdict = MISSING if ABSENT.search(problem) else "not taken"
        yield Found(name, unit, kind_of(unit, file), verdict, problem[:300])


def kind_of(unit: str, file: Path) -> str:
    """Return what sort of unit it is: a class or functions, in a notebook or a file."""
    form = "functions" if " and " in unit else "value" if "," in unit else "class" if unit[:1].isupper() else "function"
    return f"{form}, {'notebook' if file.suffix == '.ipynb' else 'file'}"


def said_before(checkout: Path, file: Path) -> str:
    """Return all that the command of another checkout says of a file."""
    try:
        done = subprocess.run(
            [sys.executable, str(checkout / "gradient_check.py"), str(file)],
            capture_output=True,
            text=True,
            timeout=120,
            cwd=checkout,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout


def verdict_in(said: str, unit: str) -> str:
    """Return the verdict on a unit in the words of another version."""
    line = next((line for line in said.splitlines() if line.startswith(f"{unit} on ")), "")
    return "right" if line.endswith("is right") else "wrong" if line else "not taken"


def print_tables(found: list[Found], before: list[Found]) -> None:
    """Print how much was taken, by kind, and how the verdicts compare with the scan's own differences."""
    units = [f for f in found if f.kind != "file"]
    print(f"{'kind':<22}{'units':>7}{'right':>7}{'wrong':>7}{'not taken':>11}{'missing':>9}{'taken':>8}{'before':>8}")
    for kind in [*sorted({f.kind for f in units}), "all"]:
        counts = Counter(f.verdict for f in units if kind in (f.kind, "all"))
        able = sum(counts.values()) - counts[MISSING]
        cells = "".join(f"{counts[v]:>{w}}" for v, w in zip(VERDICTS, (7, 7, 11, 9), strict=True))
        old = [f.verdict in ("right", "wrong") for f in before if kind in (f.kind, "all") and f.kind != "file"]
        share = f"{sum(old) / max(1, len(old)):>8.1%}" if before else ""
        taken = counts["right"] + counts["wrong"]
        print(f"{kind:<22}{sum(counts.values()):>7}{cells}{taken / max(1, able):>8.1%}{share}")
    print(
        "\ntaken: of those that need nothing that is missing here. Verdicts, and what the scan's own differences say:"
    )
    for (verdict, own), count in sorted(Counter((f.verdict, f.own[:6]) for f in units if f.own).items()):
        print(f"  {verdict:<8}{own:<8}{count:>6}")
    for f in units:
        if {f.verdict, f.own} == {"right", "wrong"}:
            print(f"  they differ: {f.file}: {f.unit}: {f.verdict}, the scan says {f.own}")


if __name__ == "__main__":
    main()
