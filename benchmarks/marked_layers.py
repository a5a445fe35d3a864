"""How often the line that a check of gradients names is one that has to change: for the wrong layers of the tests.

::

    python -m benchmarks.marked_layers [--missed]

``tests/gradient_check/mistakes`` holds layers as people write them, right ones and wrong ones of each person. What has
to change in a wrong one are the statements that stand in none of the right ones of the same person; where a statement
is missing, those around the gap, or the head of the function.
"""

import argparse
import ast
import inspect
import sys
import textwrap
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from gradient_check import check_layer, check_network
from gradients.locating.own_source import functions_in
from page.inside.checking.known.statements import compare, flat

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests" / "gradient_check"))


def functions(thing: Any) -> dict[str, types.FunctionType]:
    """Return the functions of the file that a layer consists of, and those that they call, by name."""
    found: dict[str, types.FunctionType] = {}
    parts = list(thing) if isinstance(thing, (tuple, list)) else [thing]
    todo = [function for part in parts for function in functions_in(part, "backward")]
    while todo:
        function = todo.pop(0)
        if function.__qualname__ in found or "mistakes" not in function.__code__.co_filename:
            continue
        found[function.__qualname__] = function
        called = (function.__globals__.get(name) for name in function.__code__.co_names)
        todo += [other for other in called if isinstance(other, types.FunctionType)]
    return found


def parsed(function: types.FunctionType) -> Any:
    """Return a function's syntax, with the line numbers of its file; None where it is a lambda."""
    try:
        lines, first = inspect.getsourcelines(function)
        tree = ast.parse(textwrap.dedent("".join(lines)))
    except (OSError, SyntaxError):
        return None
    ast.increment_lineno(tree, first - 1)
    node = tree.body[0]
    return node if isinstance(node, ast.FunctionDef) else None


def wrong_lines(thing: Any, right: list[dict[str, types.FunctionType]]) -> set[int]:
    """Return the lines that have to change in a wrong layer."""
    best: set[int] = set()
    for others in right:
        found: set[int] = set()
        own = functions(thing)
        shared = {function.__code__ for function in others.values()}
        by_name = {name.rpartition(".")[2]: function for name, function in others.items()}
        for name, function in own.items():
            if function.__code__ not in shared and (node := parsed(function)) is not None:
                found |= lines_of(node, by_name.get(name.rpartition(".")[2]))
        if found and (not best or len(found) < len(best)):
            best = found
    return best


def lines_of(node: Any, other: types.FunctionType | None) -> set[int]:
    """Return the lines of a function that differ from those of the right one."""
    for part in ast.walk(node):
        part.is_wrong = True  # type: ignore[attr-defined]
    right = parsed(other) if other is not None else None
    if right is not None:
        compare(node.body, right.body, node)
    found: set[int] = set()
    for statement in [node, *flat(node.body)]:
        if statement.is_wrong or getattr(statement, "lacks", False):
            body = getattr(statement, "body", None)
            found |= set(range(statement.lineno, (body[0].lineno if body else (statement.end_lineno or 0) + 1)))
    return found


def results() -> Iterator[tuple[str, Any, set[int]]]:
    """Yield each mistake that is found with a place: its name, the first finding, and the lines to be changed."""
    from mistakes import origins

    for name, module in origins().items():
        right = [functions(entry.make(np.random.default_rng(0))) for entry in module.RIGHT]
        for number, mistake in enumerate(module.MISTAKES):
            rng = np.random.default_rng(number)
            thing, inputs = mistake.make(rng), mistake.inputs(rng)
            report = (check_network if mistake.network else check_layer)(thing, *inputs, seed=number, strict=True)
            yield f"{name} {number} {mistake.code}", report.findings[0], wrong_lines(thing, right)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--missed", action="store_true", help="name those of which the line is another one")
    options = parser.parse_args()
    count = placed = right = 0
    for name, finding, lines in results():
        line = int(finding.place.rpartition(":")[2]) if finding.place else 0
        count, placed, right = count + 1, placed + bool(line), right + (line in lines)
        if options.missed and line not in lines:
            print(f"{name}: {finding.place or 'no place'} ({finding.line}), expected {sorted(lines)}")
    print(f"{right} of {count} wrong layers ({right / count:.1%}): the line has to change; {count - placed} have none")


if __name__ == "__main__":
    main()
