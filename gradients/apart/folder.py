"""The files of a folder that are checked, and what came out for all of them."""

from collections import Counter
from pathlib import Path

from gradients.apart.checking import FileCheck
from gradients.report import Report
from language import N_, _, ngettext

SUFFIXES = (".py", ".ipynb")
NOT_ENTERED = {"__pycache__", "site-packages", "node_modules", "venv", "env", "build", "dist"}


def files_in(folder: Path) -> list[Path]:
    """Return the Python files and notebooks in a folder and below it, but for hidden ones and installed packages."""
    found = []
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith(".") or part in NOT_ENTERED or part.endswith(".egg-info") for part in parts)
        if path.suffix in SUFFIXES and path.is_file() and not hidden:
            found.append(path)
    return found


def summary(checked: list[tuple[FileCheck, list[Report]]]) -> str:
    """Return in one line what came out for all files of a folder."""
    count: Counter[str] = Counter()
    for check, reports in checked:
        count[N_("{count} right")] += sum(report.ok for report in reports)
        count[N_("{count} wrong")] += sum(not report.ok for report in reports)
        count[N_("{count} not checked")] += len(check.problems)
        count[N_("{count} left out")] += len(check.left_out)
    empty = sum(check.is_empty for check, _reports in checked)
    parts = [_(kind, count=number) for kind, number in count.items() if number]
    if empty:
        parts.append(ngettext("{count} file with nothing to check", "{count} files with nothing to check", empty))
    return f"{ngettext('{count} file', '{count} files', len(checked))}: {', '.join(parts)}"
