"""What constructors ask for: by their own signatures, and by those to which they hand on what they are given."""

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from gradients.calling.roles import is_required

Parameter = inspect.Parameter
# What a type in a signature stands for, by how it is written there.
TYPES: dict[str, tuple[type, ...]] = {
    "int": (int,),
    "float": (float,),
    "str": (str,),
    "list": (list,),
    "List": (list,),
    "tuple": (tuple,),
    "Tuple": (tuple,),
    "bool": (bool,),
    "ndarray": (np.ndarray,),
    "array": (np.ndarray,),
    "NDArray": (np.ndarray,),
}


def required(function: Callable[..., Any]) -> list[str]:
    """Return the names of the arguments that must be given."""
    names = [p.name for p in named_parameters(function) if is_required(p)]
    return names[1:] if names[:1] == ["self"] else names


def named_parameters(function: Callable[..., Any]) -> list[Parameter]:
    """Return the parameters of a function that have a name by which they may be given, ``self`` included."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return []
    return [p for p in parameters if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]


def asked_for(cls: type) -> dict[str, Parameter]:
    """Return the parameters of a constructor, and of those of the bases where it takes ``**kwargs`` for them."""
    found: dict[str, Parameter] = {}
    for constructor in constructors(cls):
        own = named_parameters(constructor)[1:]
        found = {**{parameter.name: parameter for parameter in own}, **found}
        kinds = {p.kind for p in inspect.signature(constructor).parameters.values()}
        if Parameter.VAR_KEYWORD not in kinds:
            break
    return found


def constructors(cls: type) -> Iterator[Callable[..., Any]]:
    """Yield the constructors that are written in a class and its bases, its own first."""
    for base in cls.__mro__[:-1]:
        constructor = vars(base).get("__init__")
        if inspect.isfunction(constructor):
            yield constructor


def wanted_by(cls: type, optional: bool = False) -> list[str]:
    """Return the names of what a constructor must be given; ``optional`` also of what is None by default."""
    parameters = asked_for(cls) or {p.name: p for p in named_parameters(cls.__init__)[1:]}
    if cls.__init__ is object.__init__:
        return []
    return [n for n, p in parameters.items() if is_required(p) or (optional and p.default is None)]


def types_told(cls: type) -> dict[str, tuple[type, ...]]:
    """Return the types of the arguments of a constructor whose signature says them, as in ``dims: int``."""
    told = {name: type_of(parameter.annotation) for name, parameter in asked_for(cls).items()}
    return {name: types for name, types in told.items() if types}


def type_of(annotation: Any) -> tuple[type, ...]:
    """Return what a type in a signature stands for; nothing where that is more than one type, or another.

    >>> type_of("int | None"), type_of(np.ndarray), type_of("Layer")
    ((<class 'int'>,), (<class 'numpy.ndarray'>,), ())
    """
    if annotation is Parameter.empty:
        return ()
    text = annotation.__name__ if isinstance(annotation, type) else str(annotation).replace("typing.", "")
    if text.startswith("Optional["):
        text = text[len("Optional[") : -1]
    kinds = {part.strip(" '").partition("[")[0].rpartition(".")[2] for part in text.split("|")} - {"None"}
    return TYPES.get(kinds.pop(), ()) if len(kinds) == 1 else ()
