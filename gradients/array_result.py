"""One gradient, compared, and the table in which it is a row."""

from dataclasses import dataclass

from gradients.columns import left, right
from language import _


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


def table(arrays: list[ArrayResult], noted: bool = False) -> str:
    """Return a row for each gradient; ``noted`` where a note tells why what differs is not wrong."""
    name_width = max(10, *(len(a.name) for a in arrays)) + 2
    shape_width = max(14, *(len(str(a.shape)) for a in arrays)) + 2
    gradient, shape, checked, kinks, error, said = head_of_table()
    numbers = right(checked, 9) + right(kinks, 7) + right(error, 12)
    head = f"{left(gradient, name_width)}{left(shape, shape_width)}{numbers}  {said}"
    rows = [
        f"{a.name:<{name_width}}{a.shape!s:<{shape_width}}{a.checked:>9,}{a.kinks:>7,}{error_text(a):>12}  "
        + verdict(a, noted)
        for a in arrays
    ]
    return "\n".join([head, *rows])


def head_of_table() -> list[str]:
    """Return what stands above the columns."""
    return [_("gradient"), _("shape"), _("checked"), _("kinks"), _("rel. error"), _("verdict")]


def error_text(array: ArrayResult) -> str:
    """Return the relative error in few letters."""
    return "-" if array.checked == 0 else f"{array.max_relative_error:.1e}"


def verdict(array: ArrayResult, noted: bool = False) -> str:
    """Return the verdict on one gradient in words."""
    if noted and not array.ok:
        return _("see the note")
    if array.ok:
        if array.checked:
            return _("right")
        return _("nothing to check: a kink everywhere") if array.kinks else _("nothing to check")
    if array.worst_index is None:
        return _("WRONG")
    place = f"[{', '.join(map(str, array.worst_index))}]"
    return _(
        "WRONG, most at {place}: backward {given:.6g}, numerically {right:.6g}",
        place=place,
        given=array.analytic,
        right=array.numerical,
    )
