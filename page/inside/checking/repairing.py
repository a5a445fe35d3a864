"""What forward keeps for backward, tried with the solution's: where that makes a gradient right, it was kept wrong."""

import ast
from typing import Any

import numpy as np

from coursework.judging.expectation import Asked
from coursework.judging.verdict import problem_of
from coursework.judging.work import Said
from page.inside.checking.marking import Mark, Marker
from page.inside.checking.work import PageWork, copies

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def kept_wrong(work: PageWork, asked: Asked, solution: Any, parts: list[str]) -> dict[str, Mark]:
    """Return the marks of the lines that keep something wrong for backward, by the parts that it spoils.

    Parameters
    ----------
    work : PageWork
    asked : Asked
        A question for a layer whose forward is right.
    solution : module
    parts : list of str
        Gradients that are wrong.
    """
    case, expected = asked.cases[0], asked.expected[0]
    name = case["name"]
    right = getattr(solution, name)(*copies(case["parameters"]))
    right.forward(*copies(case["inputs"]))
    found: dict[str, Mark] = {}
    for attribute, value in vars(right).items():
        if not isinstance(value, np.ndarray):
            continue
        said = said_with(work, case, attribute, value)
        repaired = [
            part for part in parts if part not in found and not problem_of(asked.question, part, said, expected, case)
        ]
        mark = mark_of_attribute(work.text, name, attribute) if repaired else None
        found |= {part: mark for part in repaired if mark is not None}
    return found


def said_with(work: PageWork, case: dict[str, Any], attribute: str, value: np.ndarray) -> Said:
    """Return what a student's layer answers with another value of what forward keeps; nothing where it keeps none."""
    try:
        module = work.anew().live().work
        layer = getattr(module, case["name"])(*copies(case["parameters"]))
        layer.forward(*copies(case["inputs"]))
        kept = vars(layer).get(attribute)
        if not isinstance(kept, np.ndarray) or kept.shape != value.shape or np.array_equal(kept, value):
            return Said()
        setattr(layer, attribute, value.copy())
        gradients = layer.backward(*([] if case["dout"] is None else [np.copy(case["dout"])]))
        several = gradients if isinstance(gradients, tuple) else (gradients,)
        held = {part: np.copy(getattr(layer, part)) for part in case["held"] if hasattr(layer, part)}
        return Said(dict(zip(case["returned"], several, strict=False)) | held)
    except BaseException:  # a student's
        return Said()


def mark_of_attribute(text: str, name: str, attribute: str) -> Mark | None:
    """Return the mark of the last statement in forward that sets an attribute."""
    classes = [node for node in ast.parse(text).body if isinstance(node, ast.ClassDef) and node.name == name]
    methods = [n for cls in classes[-1:] for n in cls.body if isinstance(n, FUNCTIONS) and n.name == "forward"]
    lines = [
        node.lineno
        for method in methods
        for node in ast.walk(method)
        if isinstance(node, ast.Attribute) and node.attr == attribute and isinstance(node.ctx, ast.Store)
    ]
    return Marker.statement(text, max(lines)) if lines else None
