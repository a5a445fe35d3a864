"""What a check found: a table of the gradients, and the mistakes in words."""

import html
import json
import textwrap
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gradients.array_result import ArrayResult, error_text, head_of_table, table, verdict
from gradients.columns import filled
from language import _

WIDTH = 100


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
            return _("backward is right")
        if self.arrays and all(result.ok for result in self.arrays):
            return _("the gradients of this call are right, but something else is WRONG")
        if self.arrays:
            return _("backward is WRONG")
        return _("it does not run") if self.findings[0].code == "raises" else _("its gradients could not be compared")

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
        parts = [f"{subject_text(self.subject)}: {self.verdict}"]
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
        head = "".join(f"<th>{html.escape(name)}</th>" for name in head_of_table())
        found = "".join(
            f"<li>{title(f'<b>{html.escape(_(f.code))}</b>', f.array and f'<code>{html.escape(f.array)}</code>')}: "
            f"{html.escape(f.message)}"
            + (f"<br><code>{html.escape(place_text(f))}</code>" if f.place else "")
            + (f"<br><small>{html.escape(text)}</small></li>" if (text := evidence_text(f)) else "</li>")
            for f in self.findings
        )
        noted = "".join(f"<p><small>{html.escape(note_in_words(note))}</small></p>" for note in self.notes)
        return (
            f"<p style='color:{colour}'><b>{html.escape(f'{subject_text(self.subject)}: {self.verdict}')}</b></p>"
            f"<table><tr>{head}</tr>{rows}</table>" + (f"<ol>{found}</ol>" if found else "") + noted
        )


def subject_text(subject: str) -> str:
    """Return what was checked, as it is told: ``MyAffine on (5, 4) and (5,)``."""
    name, on, inputs = subject.partition(" on ")
    return _("{name} on {inputs}", name=name, inputs=inputs.replace(" and ", _(" and "))) if on else subject


def in_words(number: int, finding: Finding) -> str:
    """Return a finding as a paragraph."""
    texts = [filled(t, WIDTH - 3) for t in (finding.message, evidence_text(finding)) if t]
    if finding.place:
        texts.insert(1, place_text(finding))
    head = f"{number}. {title(_(finding.code), finding.array)}"
    return "\n".join([head, *(textwrap.indent(text, "   ") for text in texts)])


def title(mistake: str, array: str | None) -> str:
    """Return what stands above a finding: its code, with its meaning where that is translated, and the array."""
    return _("{mistake} in {array}", mistake=mistake, array=array) if array else mistake


def place_text(finding: Finding) -> str:
    """Return where the array of a finding is computed, in one line."""
    text = f"{finding.place}: {finding.line}"
    return text if len(text) <= WIDTH - 3 else f"{text[: WIDTH - 7].rstrip()} ..."


def note_in_words(note: Finding) -> str:
    """Return a note as a paragraph."""
    if note.code == "how-checked":
        text = _("Note: {message}", message=note.message)
    else:
        text = _("Note, {title}: {message}", title=title(_(note.code), note.array), message=note.message)
    return filled(text, WIDTH, later="   ")


def evidence_text(finding: Finding) -> str:
    """Return the numbers that support a finding and do not stand in its message, as one line."""
    shown: dict[str, str] = {}
    for name, value in finding.evidence.items():
        text = value_text(value)
        is_told = isinstance(value, (str, tuple)) and (text in finding.message or f"= {text}" in shown.values())
        if value is not None and not is_told:
            shown[_(name)] = text if isinstance(value, str) else f"= {text}"
    parts = (f"{n} {t}" if t.startswith("= ") else _("{name} {seen}", name=n, seen=t) for n, t in shown.items())
    return _("Seen: {seen}", seen="; ".join(parts)) if shown else ""


def value_text(value: Any) -> str:
    """Return a value of the evidence in few letters."""
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, np.ndarray):
        return np.array2string(value, precision=4, threshold=12, separator=", ").replace("\n", "")
    return _(value) if isinstance(value, str) else str(value)


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
