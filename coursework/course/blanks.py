"""Blanks in place of a solution: what stands between ``### BEGIN SOLUTION`` and ``### END SOLUTION`` is taken away."""

from language import _

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
BLANK = "raise NotImplementedError"


def with_blanks(text: str, task: str = "your code here") -> str:
    r"""Return code in which each solution is replaced by a comment and ``raise NotImplementedError``.

    >>> print(with_blanks("def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION"))
    def double(x):
        # your code here
        raise NotImplementedError

    Raises
    ------
    ValueError
        When a mark has no other, or stands inside another pair.
    """
    lines: list[str] = []
    begun = 0
    for number, line in enumerate(text.splitlines(), start=1):
        mark = line.strip()
        if mark == BEGIN:
            if begun:
                said = _("line {line}: {mark} stands within another, that of line {first}")
                raise ValueError(said.format(line=number, mark=BEGIN, first=begun))
            begun, indent = number, line[: line.index("#")]
            lines += [f"{indent}# {task}", f"{indent}{BLANK}"]
        elif mark == END:
            if not begun:
                raise ValueError(without(number, END, BEGIN))
            begun = 0
        elif not begun:
            lines.append(line)
    if begun:
        raise ValueError(without(begun, BEGIN, END))
    return "\n".join(lines)


def without(line: int, mark: str, other: str) -> str:
    """Return in words that a mark has no other."""
    return _("line {line}: {mark} without {other}", line=line, mark=mark, other=other)


def without_marks(text: str) -> str:
    """Return code with its solutions, and without the marks around them."""
    return "\n".join(line for line in text.splitlines() if line.strip() not in (BEGIN, END))
