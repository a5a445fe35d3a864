"""A known wrong solution as a student would have written it: in the class itself, not in one derived of it.

An exercise has its wrong solutions as short overrides, ``class Affine(Affine)``, which call the right method by
``super()``. Here its statements are put in the place of that call. What of the file has to change is what did not come
from the solution; where something of the solution is missing, the lines around the gap, or the head of the function.
"""

import ast
from dataclasses import dataclass, field
from typing import Any

from coursework.course.exercise import Exercise, Wrong
from page.inside.checking.known.inlining import inlined
from page.inside.checking.known.statements import FUNCTIONS, compare, flat


@dataclass
class Written:
    """A wrong file.

    Attributes
    ----------
    text : str
    wrong : set of int
        The lines that have to change.
    around : set of int
        Those of them that are right, and stand beside a gap.
    """

    text: str
    wrong: set[int] = field(default_factory=set)
    around: set[int] = field(default_factory=set)


def written(exercise: Exercise, wrong: Wrong, in_place: bool = True) -> Written:
    """Return a wrong solution, written into the right one; with calls of helpers where it is not ``in_place``."""
    tree = ast.parse(exercise.code(solved=True))
    for node in ast.walk(tree):
        node.is_wrong = False  # type: ignore[attr-defined]
    override = ast.parse(wrong.text)
    for node in ast.walk(override):
        node.is_wrong = True  # type: ignore[attr-defined]
    aliases: dict[str, str] = {}
    for statement in override.body:
        put(tree, statement, aliases, in_place)
    ast.fix_missing_locations(tree)
    text = ast.unparse(tree) + "\n"
    lines, around = lines_of(tree, text, "is_wrong"), lines_of(tree, text, "lacks")
    return Written(text, lines | around, around - lines)


def put(tree: ast.Module, statement: ast.stmt, aliases: dict[str, str], in_place: bool) -> None:
    """Put a statement of an override into the solution."""
    own: dict[str, Any] = {n.name: n for n in tree.body if isinstance(n, (ast.ClassDef, *FUNCTIONS))}
    if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Name) and statement.value.id in own:
        aliases |= {target.id: statement.value.id for target in statement.targets if isinstance(target, ast.Name)}
    elif isinstance(statement, ast.ClassDef) and statement.name in own and bases(statement) == [statement.name]:
        put_methods(own[statement.name], statement, in_place)
    elif isinstance(statement, FUNCTIONS) and statement.name in own:
        olds = {alias: own[name] for alias, name in aliases.items()}
        new, helper = inlined(statement, own[statement.name], olds, in_place)
        place = tree.body.index(own[statement.name])
        tree.body[place : place + 1] = [*helper, new]
    elif isinstance(statement, ast.ClassDef) and statement.name in own:
        compare(statement.body, own[statement.name].body, statement)
        tree.body[tree.body.index(own[statement.name])] = statement
    else:
        tree.body.append(statement)


def bases(node: ast.ClassDef) -> list[str]:
    """Return the names of a class's bases."""
    return [base.id for base in node.bases if isinstance(base, ast.Name)]


def put_methods(cls: ast.ClassDef, override: ast.ClassDef, in_place: bool) -> None:
    """Put the methods of an override into the class."""
    own: dict[str, Any] = {n.name: n for n in cls.body if isinstance(n, FUNCTIONS)}
    for statement in override.body:
        if isinstance(statement, FUNCTIONS) and statement.name in own:
            new, helper = inlined(statement, own[statement.name], {}, in_place)
            place = cls.body.index(own[statement.name])
            cls.body[place : place + 1] = [*helper, new]
        else:
            cls.body.append(statement)


def lines_of(tree: ast.Module, text: str, mark: str) -> set[int]:
    """Return the lines of a text whose statements, of those that it was made of, bear a mark."""
    found: set[int] = set()
    made, read = list(flat(tree.body)), list(flat(ast.parse(text).body))
    for ours, theirs in zip(made, read, strict=True):
        if getattr(ours, mark, False):
            body = getattr(theirs, "body", None)
            end = body[0].lineno - 1 if body else theirs.end_lineno or theirs.lineno
            found |= set(range(theirs.lineno, max(end, theirs.lineno) + 1))
    return found
