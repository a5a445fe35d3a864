"""What the values of a graph are called: as the text calls them, else by a letter that is free."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from graph.variable import Variable as Recorded
from page.inside.seeing.mathematics import number_text
from page.inside.seeing.tracing import current

INTERMEDIATE, GIVEN, CONSTANT = "u", "v", "c"


def take_names(names: dict[str, Any], order: Sequence[Recorded]) -> None:
    """Give what has no name that of the text's names which stands for it, if nothing else bears it.

    A plain array of the text is a constant of the graph, which holds that very array.
    """
    found = {name: current(value) for name, value in names.items() if isinstance(value, Recorded)}
    taken = {value.name for value in found.values() if value.name}
    for name, value in found.items():
        if value.name is None and name not in taken:
            value.name = name
            taken.add(name)
    arrays = {id(value): name for name, value in names.items() if isinstance(value, np.ndarray)}
    for variable in order:
        its_own = arrays.get(id(variable.data))
        if its_own is not None and its_own not in taken and variable.name is None and not variable.takes_gradient:
            variable.name = its_own
            taken.add(its_own)


def names_of(order: Sequence[Recorded], is_layer: bool) -> dict[int, str]:
    """Return the name of every Variable of a graph by its id; a constant number is called by its value.

    Parameters
    ----------
    order : sequence of Variable
        In topological order; the last is the output.
    is_layer : bool
        Whether the output is that of a layer, y, and not a loss, L.
    """
    taken = {variable.name for variable in order if variable.name}
    output = order[-1]
    names = {id(variable): str(variable.name) for variable in order if variable.name}
    if output.name is None:
        wished = ("y", "z") if is_layer else ("L", "z")
        names[id(output)] = next((name for name in wished if name not in taken), "out")
        taken.add(names[id(output)])
    nameless: dict[str, list[Recorded]] = {INTERMEDIATE: [], GIVEN: [], CONSTANT: []}
    for variable in order:
        if id(variable) in names:
            continue
        if variable.creator is not None:
            nameless[INTERMEDIATE].append(variable)
        elif variable.takes_gradient:
            nameless[GIVEN].append(variable)
        elif np.ndim(variable.data) == 0:
            names[id(variable)] = number_text(variable.data)
        else:
            nameless[CONSTANT].append(variable)
    for letter, variables in nameless.items():
        for variable, name in zip(variables, free_names(letter, len(variables), taken), strict=False):
            names[id(variable)] = name
    return names


def free_names(letter: str, count: int, taken: set[str]) -> Iterator[str]:
    """Yield names that are free: the letter alone where only one is wanted, else with numbers.

    >>> list(free_names("u", 2, {"u1"}))
    ['u2', 'u3']
    """
    if count == 1 and letter not in taken:
        yield letter
        return
    number = 0
    for _ in range(count):
        number += 1
        while f"{letter}{number}" in taken:
            number += 1
        yield f"{letter}{number}"
