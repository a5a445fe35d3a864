"""What the check says of the units in a file of the corpus."""

import json
from pathlib import Path

from gradients.apart.checking import FileCheck
from gradients.calling.problems import CannotCheck
from gradients.homework.options import Options
from gradients.homework.source import read_source

CORPUS = Path(__file__).parent / "corpus"
KINDS = sorted(path.parent.name for path in CORPUS.glob("*/expected.json"))


def expected(kind):
    """Return the verdicts on a kind's units, by file."""
    content = json.loads((CORPUS / kind / "expected.json").read_text(encoding="utf-8"))
    return {f"{kind}/{file}": entry["units"] for file, entry in content.items() if entry["units"]}


def verdicts(file, timeout=300):
    """Return what the check says of a file's units: right, wrong, left out or cannot."""
    try:
        check = FileCheck(read_source(CORPUS / file), None, Options(), timeout=timeout)
        found = [(report.subject.split(" on ")[0], "right" if report.ok else "wrong") for report in check.reports()]
    except CannotCheck as problem:
        return [("", f"cannot: {problem}")]
    found += [(name, "left out") for name in check.left_out]
    return found + [(problem.split(":")[0], "cannot") for problem in check.problems]


def verdict_on(unit, found):
    """Return the verdict on one unit of a file; wrong where one of its parts is."""
    own = [verdict for name, verdict in found if name == unit] or [v for name, v in found if is_of(name, unit)]
    for verdict in ("wrong", "right", "cannot", "left out"):
        if verdict in own:
            return verdict
    return "absent"


def is_of(name, unit):
    """Return whether a report's name is that of a unit: of a class, of one of its parts, or of a function."""
    first, last = name.split(" and ")[0], unit.split(" and ")[0]
    return name == unit or first == last or name.split(".")[0] == unit or name.startswith(f"{unit},")
