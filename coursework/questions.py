"""What an exercise asks for, part by part, and how it is put to a student's code.

A question says which function is run beside the student's code, with which arguments, and how many points each part of
its answer is worth. The same function is run beside the solution, and the answers are compared: what is right needs no
further words. :class:`Layer` is the question for a class with ``forward`` and ``backward``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import numpy as np

Arguments = dict[str, Any]
Judge = Callable[[str, Any, Any, Arguments], str]

__all__ = ["Layer", "Loss", "Question"]

CASES = 3


@dataclass(frozen=True)
class Question:
    """A question to a student's code.

    Attributes
    ----------
    name : str
        What is asked for, as the student wrote it: ``"SGD"``.
    points : dict of str to float
        What each part of the answer is worth.
    draw : callable
        ``draw(rng)`` returns the arguments of one case, arrays among them.
    ask : str
        The function that is run beside the student's code, ``ask(work, answers, **arguments)``, in a cell ``asked`` of
        the exercise: it fills ``answers`` part by part, so that what comes before a mistake counts.
    judge : callable, optional
        ``judge(part, answer, expected, arguments)`` returns what is wrong with an answer, empty where it is right;
        without it, the answer must be that of the solution.
    tolerance : float
        Relative, of that comparison.
    seconds : float
        For each case.
    cases : int
    """

    name: str
    points: Mapping[str, float]
    draw: Callable[[np.random.Generator], Arguments]
    ask: str
    judge: Judge | None = None
    tolerance: float = 1e-6
    seconds: float = 10.0
    cases: int = CASES

    def arguments(self, rng: np.random.Generator, solution: ModuleType) -> Arguments:
        """Return the arguments of one case."""
        return self.draw(rng)


@dataclass(frozen=True)
class Layer(Question):
    """A class with ``forward`` and ``backward``.

    Its parts are ``forward``, the gradients of the inputs (``dx``, or those named in ``gradients``) and those of the
    parameters, each under the name of the attribute that holds it: ``dW``. ``draw(rng)`` returns ``(parameters,
    inputs)``: the arguments of the constructor, a dictionary in its order, and a tuple of arrays.

    Attributes
    ----------
    gradients : tuple of str
        What ``backward`` returns.
    takes_dout : bool
        Whether ``backward`` is given dL/d(output).
    by_gradients : bool
        Whether the check of gradients may name its mistakes: not where forward draws random numbers.
    """

    draw: Callable[[np.random.Generator], Any] = field(default=lambda rng: ({}, (rng.normal(size=(5, 4)),)))
    ask: str = "ask_layer"
    gradients: Sequence[str] = ("dx",)
    takes_dout: bool = True
    by_gradients: bool = True

    def arguments(self, rng: np.random.Generator, solution: ModuleType) -> Arguments:
        """Return the arguments of one case: what the layer is made with, its inputs, and a gradient from behind."""
        parameters, inputs = self.draw(rng)
        layer = getattr(solution, self.name)(
            *[np.copy(p) if isinstance(p, np.ndarray) else p for p in parameters.values()]
        )
        output = layer.forward(*map(np.copy, inputs))
        return {
            "name": self.name,
            "names": list(parameters),
            "parameters": list(parameters.values()),
            "inputs": list(inputs),
            "dout": rng.normal(size=np.shape(output)) if self.takes_dout else None,
            "returned": list(self.gradients),
            "held": [part for part in self.points if part not in ("forward", *self.gradients)],
        }


def Loss(name: str, points: Mapping[str, float], draw: Callable[[np.random.Generator], Any], **words: Any) -> Layer:
    """Return the question for a loss layer: ``forward(x, t)``, and ``backward()`` from dL/dL = 1."""
    return Layer(name, points, draw, takes_dout=False, **words)
