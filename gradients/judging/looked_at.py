"""What is said of a slow layer, of which not every element was looked at."""

from gradients.judging.notes import information
from gradients.measuring.exam import Exam
from gradients.measuring.plan import WHOLE
from gradients.report import Finding
from language import _, ngettext


def looked_at(exam: Exam) -> list[Finding]:
    """Return the note on how much of each gradient was looked at; none where nothing was left out for want of time."""
    if exam.plan is WHOLE:
        return []
    sizes = {name: array.size for name, array in exam.cases[0].truth.evaluator.arrays.items()}
    parts = []
    for name, size in sizes.items():
        count, directions = exam.plan.looked_at(size, first=True)
        if directions:
            parts.append(_("{count:,} of the {size:,} elements of {name}", count=count, size=size, name=name))
    seconds = exam.plan.forward
    if not parts:
        fewer = _("one forward takes {seconds:.1g} s, so fewer other inputs were tried than usual.", seconds=seconds)
        return [information(fewer)]
    message = ngettext(
        "one forward takes {seconds:.1g} s, so {elements} were looked at one by one, and all of them together along a "
        "random direction. --full looks at every element.",
        "one forward takes {seconds:.1g} s, so {elements} were looked at one by one, and all of them together along "
        "{count} random directions. --full looks at every element.",
        exam.plan.directions[0],
        seconds=seconds,
        elements=_(" and ").join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts),
    )
    return [information(message)]
