"""How far a student is: the last result of each exercise, and how many hints were given, in a file beside the sheet."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from coursework.course.exercise import Exercise
from coursework.judging.verdict import Verdict
from language import _

FILE = ".coursework.json"


class Progress:
    """What is remembered of a student's folder; where it cannot be written, nothing is.

    Parameters
    ----------
    folder : Path
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self.known: dict[str, Any] = {}
        with suppress(OSError, ValueError):
            content = json.loads(self.path.read_text(encoding="utf-8"))
            self.known = content if isinstance(content, dict) else {}

    def of(self, exercise: str) -> dict[str, Any]:
        """Return what is remembered of an exercise."""
        known = self.known.get(exercise)
        if not isinstance(known, dict):
            known = self.known[exercise] = {}
        return known

    def note(self, verdict: Verdict) -> None:
        """Remember a result."""
        self.of(verdict.exercise).update(points=verdict.points, most=verdict.most)
        self.save()

    def next_hint(self, exercise: Exercise, part: str) -> str:
        """Return the next hint for a part, the last one again where there is no other; empty where there is none."""
        hints = exercise.hints(part)
        if not hints:
            return ""
        given = self.of(exercise.name).setdefault("hints", {})
        count = given.get(part, 0) if isinstance(given.get(part, 0), int) else 0
        number = min(count + 1, len(hints))
        given[part] = number
        self.save()
        hint = " ".join(hints[number - 1].split())
        return _("Hint {number} of {count}, for {part}: {hint}", number=number, count=len(hints), part=part, hint=hint)

    def save(self) -> None:
        """Write it down."""
        with suppress(OSError):
            self.path.write_text(json.dumps(self.known, indent=1) + "\n", encoding="utf-8")

    def line(self, exercises: list[Exercise]) -> str:
        """Return in one line how far the sheet is done."""
        done = [e for e in exercises if self.of(e.name).get("points", -1) == e.points]
        earned = sum(float(self.of(e.name).get("points", 0)) for e in exercises)
        most = sum(e.points for e in exercises)
        said = _("{done} of {count} exercises are done, {earned:g} of {most:g} points.")
        return said.format(done=len(done), count=len(exercises), earned=earned, most=most)
