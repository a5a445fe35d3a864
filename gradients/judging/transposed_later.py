"""A gradient that is kept transposed, and transposed back where the parameter is moved: right together."""

import ast
import re
from typing import Any

from gradients.locating.functions import FUNCTIONS
from gradients.locating.with_places import own_source
from gradients.measuring.gradient_places import parameter_of
from gradients.measuring.parameters import gradient_names


def is_transposed_later(name: str, subject: Any) -> bool:
    """Return whether the class moves a parameter by the transpose of its gradient, as in W -= rate * dW.T."""
    if name in subject.input_names:
        return False
    names = "|".join(map(re.escape, gradient_names(parameter_of(name).rpartition(".")[2])))
    moved = re.compile(rf"-.*\b(({names})\s*\.\s*(T\b|transpose\()|transpose\([\w.]*\b({names})\b)")
    return any(map(moved.search, lines_beside_backward(subject)))


def lines_beside_backward(subject: Any) -> list[str]:
    """Return the lines of the other methods of a subject's class; none where they are not found."""
    source, named = own_source(subject), subject.name.partition(" on ")[0]
    try:
        tree = ast.parse(source.text if source is not None else "")
    except (SyntaxError, ValueError):
        return []
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and node.name == named]
    methods = [node for cls in classes for node in cls.body if isinstance(node, FUNCTIONS)]
    others = [node for node in methods if node.name != subject.manner.backward]
    return [line for node in others for line in source.text.splitlines()[node.lineno : node.end_lineno]]
