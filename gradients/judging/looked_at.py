"""What is said of a slow layer, of which not every element was looked at."""

from gradients.judging.notes import information
from gradients.measuring.exam import Exam
from gradients.measuring.plan import WHOLE
from gradients.report import Finding


def looked_at(exam: Exam) -> list[Finding]:
    """Return the note on how much of each gradient was looked at; none where nothing was left out for want of time."""
    if exam.plan is WHOLE:
        return []
    sizes = {name: array.size for name, array in exam.cases[0].truth.evaluator.arrays.items()}
    parts = []
    for name, size in sizes.items():
        count, directions = exam.plan.looked_at(size, first=True)
        if directions:
            parts.append(f"{count:,} of the {size:,} elements of {name}")
    way = f"one forward takes {exam.plan.forward:.1g} s"
    if not parts:
        return [information(f"{way}, so fewer other inputs were tried than usual.")]
    count = exam.plan.directions[0]
    directions = "a random direction" if count == 1 else f"{count} random directions"
    elements = f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]
    return [
        information(
            f"{way}, so {elements} were looked at one by one, and all of them together along {directions}. "
            "--full looks at every element."
        )
    ]
