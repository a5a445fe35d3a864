"""Coursework: exercises to hand out, to check and to grade, and what a class got wrong.

In a notebook::

    from coursework import check
    check(Affine)
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coursework.checking.check import check

__all__ = ["check"]


def __getattr__(name: str) -> Any:
    if name == "check":
        from coursework.checking.check import check

        return check
    raise AttributeError(f"module {__name__} has no attribute {name}")
