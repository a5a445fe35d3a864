"""The syntax trees of functions."""

import ast
import inspect
import textwrap
from typing import Any


def tree_of(function: Any) -> ast.Module | None:
    """Return a function's syntax tree, None where its source cannot be read."""
    try:
        return ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError, ValueError):
        return None
