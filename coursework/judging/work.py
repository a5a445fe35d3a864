"""Whoever answers for a student's code: a process of its own, or a module in this one."""

from dataclasses import dataclass, field
from types import ModuleType
from typing import Any, Protocol

import numpy as np

from coursework.apart.answering import answer


class Ended(Exception):
    """A student's process did not answer: it took too long, too much, or ended.

    Attributes
    ----------
    code : str
        Which of these: ``too-long``, ``ended``, ``not-python``.
    """

    def __init__(self, text: str, code: str = "ended") -> None:
        super().__init__(text)
        self.code = code


@dataclass
class Said:
    """What is answered to one case: by part, up to an exception, or to the end of the process."""

    answers: dict[str, Any] = field(default_factory=dict)
    raised: list[Any] | None = None
    noticed: dict[str, Any] = field(default_factory=dict)
    ended: str = ""
    code: str = ""


class Work(Protocol):
    """Whoever answers for a student's code."""

    def ask(self, function: str, arguments: dict[str, Any], seconds: float) -> dict[str, Any]:
        """Return ``answers``, ``raised``, ``noticed`` and ``ended``: how it ended before the last; raise Ended."""

    def layer(self, name: str, parameters: list[Any]) -> Any:
        """Return an object of a class of the student's, with forward and backward; raise Ended."""

    def anew(self) -> "Work":
        """Return one that does not know what this one was asked."""


class WorkHere:
    """A module in this process: the solution, or what a student has defined in a notebook.

    Parameters
    ----------
    module : module
    functions : dict
        What may be asked.
    """

    def __init__(self, module: ModuleType, functions: dict[str, Any]) -> None:
        self.module, self.functions = module, functions

    def ask(self, function: str, arguments: dict[str, Any], seconds: float) -> dict[str, Any]:
        """Return the module's answers."""
        return {"ended": "", "code": "", **answer(self.module, self.functions, function, arguments)}

    def layer(self, name: str, parameters: list[Any]) -> Any:
        """Return an object of one of the module's classes."""
        return getattr(self.module, name)(*[np.copy(p) if isinstance(p, np.ndarray) else p for p in parameters])

    def anew(self) -> "WorkHere":
        """Return the same: in this process, nothing is hidden."""
        return self
