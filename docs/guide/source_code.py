"""The directive ``source-code``: the very lines of a file of the project, so that a page cannot drift from them.

::

    ```{source-code} layers/affine.py
    Affine.forward
    Affine.backward
    ```

shows these methods as they stand in the file, without their docstrings; a class stands for all of it.
"""

import ast
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import Directive

ROOT = Path(__file__).resolve().parents[2]


class SourceCode(Directive):
    """Show functions, methods or classes of a file."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the block of code."""
        try:
            code = code_of(self.arguments[0], list(self.content))
        except (OSError, KeyError) as error:
            raise self.error(f"source-code: {error}") from None
        self.state.document.settings.env.note_dependency(str(ROOT / self.arguments[0]))
        return [nodes.literal_block(code, code, language="python")]


def code_of(path: str, names: list[str]) -> str:
    """Return the lines of some definitions in a file, without docstrings, and without what stands before all of them.

    Raises
    ------
    KeyError
        When the file has no such definition.
    OSError
        When it cannot be read.
    """
    source = (ROOT / path).read_text(encoding="utf-8")
    lines, tree = source.splitlines(), ast.parse(source)
    blocks = [block_of(lines, found(tree, name, path)) for name in names if name.strip()]
    separator = "\n\n\n" if any("." not in name for name in names) and len(blocks) > 1 else "\n\n"
    return separator.join(blocks)


def found(tree: ast.AST, name: str, path: str) -> ast.AST:
    """Return a definition by its name, that of a method with its class's: ``Affine.forward``."""
    for part in name.strip().split("."):
        inside = [node for node in ast.iter_child_nodes(tree) if getattr(node, "name", None) == part]
        if not inside:
            raise KeyError(f"{path} defines no {name}")
        tree = inside[-1]
    return tree


def block_of(lines: list[str], definition: ast.AST) -> str:
    """Return the lines of a definition without docstrings and without the spaces before all of them."""
    left_out = set()
    for node in ast.walk(definition):
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(node) is not None:
            first, last = node.body[0].lineno, node.body[0].end_lineno
            blank = last < len(lines) and not lines[last].strip()
            left_out |= set(range(first, last + 1 + blank))
    begin = min([definition.lineno, *(node.lineno for node in definition.decorator_list)])
    kept = [lines[number - 1] for number in range(begin, definition.end_lineno + 1) if number not in left_out]
    margin = len(kept[0]) - len(kept[0].lstrip())
    return "\n".join(line[margin:] for line in kept)
