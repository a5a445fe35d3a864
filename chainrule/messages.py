"""Which texts of the code are messages: Babel asks it, and the test that finds those without a translation.

They are what ``_``, ``N_`` and ``ngettext`` are called with, and of a ``Finding`` its code and the names of what was
seen. CONTRIBUTING.md has the commands. This file is not installed.
"""

import ast
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

EXERCISES = "coursework/exercises/"  # of which the prose is to be translated, too
ONE_TEXT = ("_", "N_")
CODE, EVIDENCE = 0, 3  # places among the arguments of a Finding
Message = tuple[int, str, Any, list[str]]  # line, function, the text (two for ngettext), comments


def messages(source: IO[bytes], keywords: Any, tags: Collection[str], options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield the messages of a file, as a method of Babel does."""
    code = source.read()
    if EXERCISES in Path(source.name).as_posix():
        from coursework.course.prose import messages

        yield from ((line, "_", message, []) for line, message in messages(code.decode("utf-8")))
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        name, texts = node.func.id, list(map(constant, node.args))
        if name in ONE_TEXT and texts[0]:
            yield node.lineno, "_", texts[0], []
        elif name == "ngettext":
            yield node.lineno, name, tuple(texts[:2]), []
        elif name == "Finding":
            for text in [*texts[CODE : CODE + 1], *evidence_names(node)]:
                if text:
                    yield node.lineno, "_", text, []


def constant(node: ast.AST | None) -> str:
    """Return a text that stands in the code, empty for all else."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def evidence_names(finding: ast.Call) -> list[str]:
    """Return the names of what was seen, in the call that makes a finding."""
    shown = [*finding.args[EVIDENCE:], *(word.value for word in finding.keywords if word.arg == "evidence")]
    dicts = [node for value in shown for node in ast.walk(value) if isinstance(node, ast.Dict)]
    return [constant(key) for node in dicts for key in node.keys]
