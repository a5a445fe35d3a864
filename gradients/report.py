"""What a check found: a table of the gradients, and the mistakes in words."""

import html
import json
import textwrap
from dataclasses import dataclass, field
from typing import Any

import numpy as np

WIDTH = 100


@dataclass(frozen=True)
class ArrayResult:
    """One gradient, compared.

    Attributes
    ----------
    name : str
        ``dx``, ``dx1``, ``dW``; for a network the parameter's name.
    shape : tuple of int
        The shape that it must have.
    checked, kinks : int
        How many elements were compared, and how many were left out because forward has a kink there.
    max_relative_error : float
        The largest; infinite where there is no gradient to compare.
    worst_index : tuple of int or None
    analytic, numerical : float or None
        What backward and numerical differentiation give there.
    ok : bool
    """

    name: str
    shape: tuple[int, ...]
    checked: int
    kinks: int
    max_relative_error: float
    worst_index: tuple[int, ...] | None
    analytic: float | None
    numerical: float | None
    ok: bool


@dataclass(frozen=True)
class Finding:
    """A mistake, named.

    Attributes
    ----------
    code : str
        One of those in ``docs/gradient-check.md``, such as ``sign-flipped``.
    array : str or None
        The gradient it is in; None where it is in none alone.
    message : str
        What the code does and what to change.
    evidence : dict
        The numbers that show it.
    place : str
        Where the array is computed, such as ``homework.py:23``; empty where that is not known.
    line : str
        The statement that stands there.
    """

    code: str
    array: str | None
    message: str
    evidence: dict[str, Any] = field(default_factory=dict)
    place: str = ""
    line: str = ""
    origin: Any = field(default=None, repr=False, compare=False)  # where it was seen, while a check runs

    def to_dict(self) -> dict[str, Any]:
        """Return what is known of it."""
        return {name: value for name, value in vars(self).items() if name != "origin"}


@dataclass(frozen=True)
class Report:
    """What a check found.

    Attributes
    ----------
    subject : str
        What was checked.
    arrays : list of ArrayResult
    findings : list of Finding
        The most likely first; empty when all is right.
    notes : list of Finding
        What is worth knowing and no mistake: a convention, a mere strictness, how something was checked.
    """

    subject: str
    arrays: list[ArrayResult]
    findings: list[Finding]
    notes: list[Finding] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.findings

    @property
    def verdict(self) -> str:
        """The verdict in a few words."""
        if self.ok:
            return "backward is right"
        if self.arrays and all(result.ok for result in self.arrays):
            return "the gradients of this call are right, but something else is WRONG"
        if self.arrays:
            return "backward is WRONG"
        return "it does not run" if self.findings[0].code == "raises" else "its gradients could not be compared"

    def raise_if_wrong(self) -> None:
        """Raise AssertionError with the whole report unless all is right."""
        if not self.ok:
            raise AssertionError(f"\n{self}")

    def to_dict(self) -> dict[str, Any]:
        """Return the report as dictionaries, lists, numbers and strings, ready for JSON."""
        return plain(
            {
                "subject": self.subject,
                "ok": self.ok,
                "arrays": [vars(result) for result in self.arrays],
                "findings": [finding.to_dict() for finding in self.findings],
                "notes": [note.to_dict() for note in self.notes],
            }
        )

    def __str__(self) -> str:
        parts = [f"{self.subject}: {self.verdict}"]
        if self.arrays:
            parts.append(table(self.arrays, noted=self.ok))
        parts += [in_words(number, finding) for number, finding in enumerate(self.findings, start=1)]
        parts += [note_in_words(note) for note in self.notes]
        return "\n\n".join(parts)

    def _repr_html_(self) -> str:
        colour = "#1a7f37" if self.ok else "#b3261e"
        rows = "".join(
            f"<tr><td><code>{html.escape(a.name)}</code></td><td>{a.shape}</td><td>{a.checked:,}</td><td>{a.kinks:,}</td>"
            f"<td>{error_text(a)}</td><td>{html.escape(verdict(a, self.ok))}</td></tr>"
            for a in self.arrays
        )
        head = "".join(
            f"<th>{name}</th>" for name in ("gradient", "shape", "checked", "kinks", "rel. error", "verdict")
        )
        found = "".join(
            f"<li><b>{html.escape(f.code)}</b>{' in <code>' + html.escape(f.array) + '</code>' if f.array else ''}: "
            f"{html.escape(f.message)}"
            + (f"<br><code>{html.escape(place_text(f))}</code>" if f.place else "")
            + (f"<br><small>{html.escape(text)}</small></li>" if (text := evidence_text(f)) else "</li>")
            for f in self.findings
        )
        noted = "".join(f"<p><small>{html.escape(note_in_words(note))}</small></p>" for note in self.notes)
        return (
            f"<p style='color:{colour}'><b>{html.escape(f'{self.subject}: {self.verdict}')}</b></p>"
            f"<table><tr>{head}</tr>{rows}</table>" + (f"<ol>{found}</ol>" if found else "") + noted
        )


def table(arrays: list[ArrayResult], noted: bool = False) -> str:
    """Return a row for each gradient; ``noted`` where a note tells why what differs is not wrong."""
    name_width = max(10, *(len(a.name) for a in arrays)) + 2
    shape_width = max(14, *(len(str(a.shape)) for a in arrays)) + 2
    head = f"{'gradient':<{name_width}}{'shape':<{shape_width}}{'checked':>9}{'kinks':>7}{'rel. error':>12}  verdict"
    rows = [
        f"{a.name:<{name_width}}{a.shape!s:<{shape_width}}{a.checked:>9,}{a.kinks:>7,}{error_text(a):>12}  "
        + verdict(a, noted)
        for a in arrays
    ]
    return "\n".join([head, *rows])


def error_text(array: ArrayResult) -> str:
    """Return the relative error in few letters."""
    return "-" if array.checked == 0 else f"{array.max_relative_error:.1e}"


def verdict(array: ArrayResult, noted: bool = False) -> str:
    """Return the verdict on one gradient in words."""
    if noted and not array.ok:
        return "see the note"
    if array.ok:
        return (
            "right" if array.checked else "nothing to check: a kink everywhere" if array.kinks else "nothing to check"
        )
    if array.worst_index is None:
        return "WRONG"
    place = f"[{', '.join(map(str, array.worst_index))}]"
    return f"WRONG, most at {place}: backward {array.analytic:.6g}, numerically {array.numerical:.6g}"


def in_words(number: int, finding: Finding) -> str:
    """Return a finding as a paragraph."""
    where = f" in {finding.array}" if finding.array else ""
    texts = [textwrap.fill(t, WIDTH - 3) for t in (finding.message, evidence_text(finding)) if t]
    if finding.place:
        texts.insert(1, place_text(finding))
    return "\n".join([f"{number}. {finding.code}{where}", *(textwrap.indent(text, "   ") for text in texts)])


def place_text(finding: Finding) -> str:
    """Return where the array of a finding is computed, in one line."""
    text = f"{finding.place}: {finding.line}"
    return text if len(text) <= WIDTH - 3 else f"{text[: WIDTH - 7].rstrip()} ..."


def note_in_words(note: Finding) -> str:
    """Return a note as a paragraph."""
    where = f" in {note.array}" if note.array else ""
    head = "Note: " if note.code == "how-checked" else f"Note, {note.code}{where}: "
    return textwrap.fill(f"{head}{note.message}", WIDTH, subsequent_indent="   ")


def evidence_text(finding: Finding) -> str:
    """Return the numbers that support a finding and do not stand in its message, as one line."""
    shown: dict[str, str] = {}
    for name, value in finding.evidence.items():
        text = value_text(value)
        is_told = isinstance(value, (str, tuple)) and (text in finding.message or f"= {text}" in shown.values())
        if value is not None and not is_told:
            shown[name] = text if isinstance(value, str) else f"= {text}"
    return "Seen: " + "; ".join(f"{name} {text}" for name, text in shown.items()) if shown else ""


def value_text(value: Any) -> str:
    """Return a value of the evidence in few letters."""
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, np.ndarray):
        return np.array2string(value, precision=4, threshold=12, separator=", ").replace("\n", "")
    return str(value)


def plain(value: Any) -> Any:
    """Return a value made of what JSON knows; numbers that are not finite become text."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float) and not np.isfinite(value):
        return str(value)
    json.dumps(value)
    return value
