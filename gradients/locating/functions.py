"""The lines of a subject's backward in its source, with the comments above it."""

import ast
from typing import Any

from gradients.homework.source import Source

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def text_of_backward(source: Source, subject: Any) -> str:
    """Return the text of a subject's backward; empty where it is not found.

    The name of a subject begins with that of its class, or of its two functions.
    """
    named = subject.name.partition(" on ")[0]
    try:
        tree = ast.parse(source.text)
    except (SyntaxError, ValueError):
        return ""
    forward, _, backward = named.partition(" and ")
    if backward:
        nodes = [node for node in ast.walk(tree) if isinstance(node, FUNCTIONS) and node.name == backward]
    else:
        classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and node.name == forward]
        methods = [node for cls in classes for node in cls.body if isinstance(node, FUNCTIONS)]
        nodes = [node for node in methods if node.name == subject.manner.backward]
    return "\n".join(lines_with_comments(source.text.splitlines(), node) for node in nodes)


def lines_with_comments(lines: list[str], node: Any) -> str:
    """Return the lines of a function, with the comments right above it, and none of their indentation."""
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)]) - 1
    while first > 0 and lines[first - 1].strip().startswith("#"):
        first -= 1
    indent = node.col_offset
    return "\n".join(line[indent:] if not line[:indent].strip() else line for line in lines[first : node.end_lineno])
