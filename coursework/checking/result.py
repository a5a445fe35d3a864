"""What a check prints, and what it shows in a notebook."""

from coursework.judging.verdict import Part, Verdict
from coursework.pages.html import earned_of, element, points_of, table
from coursework.pages.student import head, row
from gradients.columns import filled, left
from language import _

WIDTH = 100


class Result:
    """What was found out about an exercise, ready to be shown.

    Parameters
    ----------
    verdict : Verdict
    title : str
    lines : list of str
        What stands below: hints, how far the sheet is.
    """

    def __init__(self, verdict: Verdict, title: str, lines: list[str]) -> None:
        self.verdict, self.title, self.lines = verdict, title, lines

    @property
    def ok(self) -> bool:
        """Whether all is right."""
        return all(part.ok for part in self.verdict.parts)

    def __str__(self) -> str:
        """Return the parts, one below the other, with what is wrong."""
        verdict = self.verdict
        lines = [f"{verdict.exercise}: {points_of(verdict.points, verdict.most)}", ""]
        width = max((len(label(part)) for part in verdict.parts), default=0)
        for part in verdict.parts:
            earned = earned_of(part.points, part.most)
            code = f"  {part.code}" if part.code else ""
            mark = left(_("right") if part.ok else _("WRONG"), 6)
            lines.append(f"  {mark} {label(part):<{width}}  {earned}{code}")
            if not part.ok:
                lines.append(filled(" " * 9 + part.message, WIDTH - 9, " " * 9))
        for line in [*verdict.remarks, *self.lines]:
            lines += ["", filled(line, WIDTH)]
        return "\n".join(lines)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """Return the same as a table, for a notebook."""
        verdict = self.verdict
        heading = f"{self.title}: {points_of(verdict.points, verdict.most)}"
        below = [element("p", line) for line in [*verdict.remarks, *self.lines]]
        shown = table(head(False), [row(part, False) for part in verdict.parts], numbers=(2,))
        return "".join([element("h4", heading), shown, *below])


def label(part: Part) -> str:
    """Return a part's name, with what it belongs to."""
    return f"{part.question} {part.name}"
