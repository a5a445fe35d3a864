"""The check of one's own layers: what ``python gradient_check.py FILE`` says."""

from typing import Any

from language import _
from page.inside.checking.guard import guarded
from page.inside.checking.here import check_of
from page.inside.checking.marking import mark_of
from page.inside.checking.told import told_mark, told_report
from page.inside.checking.work import place_of_syntax_error


def check_own(text: str) -> dict[str, Any]:
    """Return what is found in a text: a report on every class and every pair of functions that can be checked."""
    with guarded(), check_of(text) as check:
        reports = list(check.reports())
        problems = list(check.problems)
        if check.is_empty and not reports:
            problems.append(
                _(
                    "There is nothing to check: no class with forward and backward, no functions such as relu and "
                    "relu_backward."
                )
            )
        left_out = [_("{name}: left out, {reason}", name=name, reason=why) for name, why in check.left_out.items()]
        if any("--" in problem for problem in problems):
            problems.append(
                _("(Words such as --input are options of the command gradient_check.py, which this page lacks.)")
            )
        folder = f"{check.source.path.parent}/"
    wrong = sum(not report.ok for report in reports)
    return {
        "exercise": "",
        "ok": bool(reports) and not wrong and not problems,
        "verdict": reports[0].verdict if len(reports) == 1 else verdict_on(len(reports), wrong),
        "parts": [],
        "reports": [told_report(report, text) for report in reports],
        "problems": [problem.replace(folder, "") for problem in problems],
        **marked(text, check.patience.line),
        "remarks": [remark.replace(folder, "") for remark in (*left_out, *check.about)],
        "printed": check.shown.text,
        "cut": check.shown.is_cut,
    }


def verdict_on(count: int, wrong: int) -> str:
    """Return the verdict on all of a text in a few words."""
    if not count:
        return _("nothing could be checked")
    return _("{right} of {count} are right", right=count - wrong, count=count)


def marked(text: str, endless: int) -> dict[str, Any]:
    """Return what is marked where nothing could be checked: a loop that may never end, or what is no Python."""
    line, said = endless, _("this loop may never end")
    if not line:
        line, said = place_of_syntax_error(text)[0], _("this is no Python")
    return {"mark": told_mark(mark_of(text, line)), "marked": said if line else ""}
