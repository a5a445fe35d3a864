"""The float arrays that an object holds, at any depth, each with the way to it."""

import re
import types
from collections.abc import Iterator
from typing import Any

import numpy as np

DEEPEST = 6
MOST = 3000
PRIVATE = re.compile(r"^_[A-Za-z]\w*?__(?=\w)")  # of self.__W, which Python calls _Layer__W
Step = tuple[str, Any]  # ("attribute", name) or ("item", key)
Way = tuple[Step, ...]


class Hidden:
    """What something that we put around an operation keeps for itself: no parameters are looked for in it."""


NOT_ENTERED = (
    Hidden,
    types.ModuleType,
    types.FunctionType,
    types.MethodType,
    types.BuiltinFunctionType,
    type,
    str,
    bytes,
    int,
    float,
    complex,
    np.ndarray,
    np.generic,
    np.dtype,
    np.random.Generator,
    np.random.RandomState,
    type(None),
)


def arrays_in(thing: Any) -> dict[Way, np.ndarray]:
    """Return the float arrays that an object holds, each once, by the shortest way to it."""
    found: dict[Way, np.ndarray] = {}
    seen: set[int] = set()
    level: list[tuple[Way, Any]] = [((), thing)]
    for _ in range(DEEPEST + 1):
        below: list[tuple[Way, Any]] = []
        for way, value in level:
            if isinstance(value, np.ndarray) and value.dtype.kind == "f" and id(value) not in seen:
                seen.add(id(value))
                found[way] = value
            elif not isinstance(value, NOT_ENTERED) and id(value) not in seen and len(seen) < MOST:
                seen.add(id(value))
                below += [((*way, step), part) for step, part in parts_of(value)]
        level = below
    return found


def parts_of(value: Any) -> Iterator[tuple[Step, Any]]:
    """Yield what an object or container holds, with the step to it."""
    if isinstance(value, dict):
        yield from ((("item", key), part) for key, part in value.items())
    elif isinstance(value, (list, tuple)):
        yield from ((("item", place), part) for place, part in enumerate(value))
    else:
        yield from ((("attribute", name), part) for name, part in attributes_of(value).items())


def attributes_of(owner: Any) -> dict[str, Any]:
    """Return the attributes of an object by name, those in ``__slots__`` included."""
    names = [name for cls in type(owner).__mro__ for name in slot_names(cls)]
    found = {name: getattr(owner, name) for name in names if hasattr(owner, name)}
    return found | (vars(owner) if hasattr(owner, "__dict__") else {})


def slot_names(cls: type) -> tuple[str, ...]:
    """Return the names in a class's ``__slots__``."""
    names = vars(cls).get("__slots__", ())
    return (names,) if isinstance(names, str) else tuple(n for n in names if n not in ("__dict__", "__weakref__"))


def follow(thing: Any, way: Way) -> Any:
    """Return what stands at the end of a way, None where there is none."""
    for kind, step in way:
        try:
            thing = thing[step] if kind == "item" else getattr(thing, step)
        except Exception:
            return None
    return thing


def way_text(way: Way) -> str:
    """Return a way as it is written in Python.

    >>> way_text((("attribute", "layers"), ("item", 0), ("attribute", "W")))
    'layers[0].W'
    """
    if way[:1] == (("attribute", "arrays"),) and len(way) > 1:  # of a layer on tensors
        way = (("attribute", way[1][1]), *way[2:])
    if way[:1] == (("attribute", "wrapped_layer"),):  # by ourselves
        way = way[1:]
    return "".join(f"[{step!r}]" if kind == "item" else f".{as_written(step)}" for kind, step in way).lstrip(".")


def as_written(name: str) -> str:
    """Return an attribute's name as it stands in its class.

    >>> as_written("_Layer__W")
    '__W'
    """
    return PRIVATE.sub("__", name)
