"""Where a mistake that has a name is, told by the wrong solution of that name: in which function, and what it sets.

A student writes the same function in other words. But its name, and the names of the arrays that it has to keep, are
those that the exercise asks for.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from coursework.course.exercise import Exercise, Wrong
from coursework.judging.verdict import Part
from page.inside.checking.known.statements import FUNCTIONS, heading
from page.inside.checking.known.writing import written

SELF_SET = (ast.Assign, ast.AugAssign, ast.AnnAssign)


@dataclass(frozen=True)
class Place:
    """A statement that is wrong in a known wrong solution.

    Attributes
    ----------
    scope : str
        The function that it stands in: ``Affine.backward``.
    text : str
        The statement.
    targets : tuple of str
        What it sets: ``self.db``.
    kind : str
        ``"return"``, ``"sets"``, ``"other"``, or ``"head"``: something is missing in the function.
    """

    scope: str
    text: str
    targets: tuple[str, ...]
    kind: str


def known_wrong(exercise: Exercise, part: Part) -> Wrong | None:
    """Return the known wrong solution by which a part's mistake was named, None where it was named otherwise."""
    for wrong in exercise.wrong:
        if part.code == wrong.name and part.message.endswith(wrong.message):
            return wrong
    return None


@cache
def places_of(exercise: Exercise, wrong: Wrong) -> tuple[Place, ...]:
    """Return the statements that are wrong in a known wrong solution."""
    file = written(exercise, wrong)
    found = []
    for scope, statement in scoped(ast.parse(file.text)):
        if statement.lineno in file.wrong - file.around:
            found.append(Place(scope, heading(statement), targets_of(statement), kind_of(statement)))
    return tuple(found)


def scoped(tree: ast.Module) -> Iterator[tuple[str, Any]]:
    """Yield the statements of a file, each with the function that it stands in; of a function, its own name."""

    def within(body: list[Any], prefix: str, scope: str) -> Iterator[tuple[str, Any]]:
        for statement in body:
            if isinstance(statement, (ast.ClassDef, *FUNCTIONS)):
                name = statement.name if scope else f"{prefix}{statement.name}"
                inner = scope or ("" if isinstance(statement, ast.ClassDef) else name)
                if not isinstance(statement, ast.ClassDef):
                    yield inner, statement
                yield from within(statement.body, f"{name}.", inner)
            else:
                yield scope, statement
                for part in ("body", "orelse", "finalbody"):
                    yield from within(getattr(statement, part, None) or [], prefix, scope)

    return within(tree.body, "", "")


def targets_of(statement: Any) -> tuple[str, ...]:
    """Return what a statement sets, as it is written."""
    if not isinstance(statement, SELF_SET):
        return ()
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    parts = [part for target in targets for part in (target.elts if isinstance(target, ast.Tuple) else [target])]
    return tuple(ast.unparse(part.value if isinstance(part, ast.Subscript) else part) for part in parts)


def kind_of(statement: Any) -> str:
    """Return what kind of statement it is."""
    if isinstance(statement, FUNCTIONS):
        return "head"
    if isinstance(statement, ast.Return):
        return "return"
    return "sets" if isinstance(statement, SELF_SET) else "other"


def alike(text: str, places: tuple[Place, ...]) -> list[int]:
    """Return the lines of a text at which one of the statements stands, the likeliest first.

    Parameters
    ----------
    text : str
        A student's file.
    places : tuple of Place
    """
    statements = list(scoped(ast.parse(text)))
    found: list[int] = []
    for place in places:
        own = [statement for scope, statement in statements if scope == place.scope]
        same = [s for s in own if heading(s) == place.text and not isinstance(s, FUNCTIONS)]
        found += [statement.lineno for statement in same]
    return found


def of_same_kind(text: str, places: tuple[Place, ...]) -> list[int]:
    """Return the lines of a text that do what the wrong statements do: set the same, or return; the likeliest first."""
    statements = list(scoped(ast.parse(text)))
    sets, returns, heads = [], [], []
    for place in places:
        own = [statement for scope, statement in statements if scope == place.scope]
        sets += [s.lineno for s in own if set(targets_of(s)) & set(place.targets)]
        if place.kind == "return":
            returns += [s.lineno for s in own if isinstance(s, ast.Return)]
        if place.kind == "head":
            heads += [s.lineno for s in own if isinstance(s, FUNCTIONS)]
    return [*reversed(sets), *reversed(returns), *heads]


def lines_of_scopes(text: str, places: tuple[Place, ...]) -> set[int]:
    """Return the lines of the functions in which the wrong statements stand."""
    scopes = {place.scope for place in places}
    return {
        line
        for scope, statement in scoped(ast.parse(text))
        if scope in scopes and isinstance(statement, FUNCTIONS)
        for line in range(statement.lineno, (statement.end_lineno or 0) + 1)
    }
