"""The global name that a unit misses, and where in its file it would come from."""

import ast
from typing import Any

from gradients.calling.preparing import Prepared
from gradients.calling.problems import CannotCheck
from gradients.homework.loading import Loaded
from gradients.homework.python2 import as_python3, is_python2


def is_imported(name: str, work: Loaded) -> bool:
    """Return whether a file imports a name, somewhere."""
    imports = (node for node in ast.walk(tree_of(work)) if isinstance(node, (ast.Import, ast.ImportFrom)))
    return any(name == (alias.asname or alias.name) for node in imports for alias in node.names)


def is_set_by_a_function(name: str, work: Loaded) -> bool:
    """Return whether a global name is set by a function of the file."""
    return any(isinstance(node, ast.Global) and name in node.names for node in ast.walk(tree_of(work)))


def tree_of(work: Loaded) -> ast.Module:
    """Return the syntax tree of a file."""
    text = work.source.text
    return ast.parse(as_python3(text) if is_python2(text) else text)


def name_missed(prepared: Prepared | None, problem: CannotCheck | None) -> str | None:
    """Return the global name whose absence stopped a unit, None where it was not that."""
    error: Any = problem.__cause__ if problem is not None else None
    if prepared is not None and prepared.raised is not None:
        error = prepared.raised.error.error
    return error.name if isinstance(error, NameError) else None
