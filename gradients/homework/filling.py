"""Containers that are filled after they are made: ``network.add(layer)``, then ``network.compile(loss, optimizer)``."""

import copy
import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

from gradients.calling.words import words
from gradients.homework.argument_values import values_of
from gradients.homework.pieces import Pieces, stand_in_for
from gradients.homework.uses_in_lines import Use

ADDING = {"add", "append", "push", "agregar", "adicionar", "ajouter", "insert", "stack"}
# Methods that give a container its loss and optimizer, and those that close it, in the order in which they are called.
GIVING = ("set", "compile", "setup", "configure", "use", "set_loss", "use_loss", "set_optimizer", "set_cost")
CLOSING = ("finalize", "finalise", "build", "prepare", "link", "connect")
MOST_FILLED = 6


def filled(thing: Any, pieces: Pieces, known: dict[str, Any], required: Callable[[Any], list[str]]) -> Iterator[Any]:
    """Yield copies of an empty container that hold layers; nothing where the object is no such container."""
    count = 0
    for name in adders(thing):
        for rows in additions(name, required(getattr(type(thing), name)), pieces, known):
            try:
                twin = copy.deepcopy(thing)
                for values in rows:
                    getattr(twin, name)(*copy.deepcopy(values))
                twin = closed(twin, pieces)
            except (Exception, SystemExit):
                continue
            yield twin
            count += 1
            if count == MOST_FILLED:
                return


def adders(thing: Any) -> list[str]:
    """Return the names of the methods that add a layer to an object that holds none yet; those of libraries do not."""
    held = getattr(thing, "__dict__", {}).items()
    empty = "|".join(re.escape(name) for name, value in held if isinstance(value, (list, dict)) and not value)
    library = ("torch", "tensorflow", "keras")
    own = [base for base in type(thing).__mro__[:-1] if base.__module__.partition(".")[0] not in library]
    names = [name for base in own for name in vars(base) if words(name)[:1] and words(name)[0] in ADDING]
    return [name for name in names if empty and fills(getattr(type(thing), name), empty)]


def fills(method: Any, holders: str) -> bool:
    """Return whether a method puts something into one of the attributes of the names."""
    try:
        source = inspect.getsource(method)
    except (OSError, TypeError):
        return False
    return bool(re.search(rf"self\.({holders})(\.(append|insert|extend|update|add)\(|\[.*\]\s*=|\s*\+=)", source))


def additions(name: str, wanted: list[str], pieces: Pieces, known: dict[str, Any]) -> Iterator[list[tuple[Any, ...]]]:
    """Yield what to call such a method with, several times: with layers, or with what their sizes are."""
    if len(wanted) == 1 and wanted[0] not in known:
        for row in pieces.chains():
            yield [(layer,) for layer in row]
        return
    values = tuple(values_of(argument, known, pieces.rng)[0] for argument in wanted)
    yield [values, values]


def closed(thing: Any, pieces: Pieces) -> Any:
    """Return a filled container with its loss and optimizer, and closed, where it has methods for that."""
    for name in GIVING:
        method = getattr(thing, name, None)
        if callable(method):
            method(**given_to(method, pieces))
    for name in CLOSING:
        method = getattr(thing, name, None)
        if callable(method) and not given_to(method, pieces, optional=False):
            method()
    return thing


def given_to(method: Any, pieces: Pieces, optional: bool = True) -> dict[str, Any]:
    """Return what to give for the arguments of a method: objects of the file's classes that are named like them."""
    given = {}
    for argument in inspect.signature(method).parameters.values():
        if argument.kind in (argument.VAR_POSITIONAL, argument.VAR_KEYWORD):
            continue
        if argument.default is argument.empty or (optional and argument.default is None):
            use = Use()
            use.is_called = True
            found = [*pieces.objects(argument.name, use), *stand_in_for(argument.name)]
            objects = [guess for guess in found if not isinstance(guess.value, type)]
            given[argument.name] = copy.deepcopy(objects[0].value) if objects else None
    return given
