"""Objects of a student's classes: what their constructors want is guessed by the names of the arguments, then tried."""

import contextlib
import copy
import inspect
import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from gradients.calling.problems import CannotCheck
from gradients.calling.roles import is_required
from gradients.calling.scenes import C, D, M, N
from gradients.homework.argument_values import values_for
from gradients.homework.arguments import arguments_by_name
from gradients.homework.filling import adders, filled
from gradients.homework.pieces import Guess, Pieces, stand_in_for
from gradients.homework.uses import uses_of
from gradients.measuring.held_arrays import arrays_in

IMAGE_NAMES = set(
    """
    stride pad padding pool_h pool_w pool_size kernel_size filter_num filter_size channels in_channels out_channels
    num_filters n_filters kernelsize inchannels kernel_shape groups num_groups
    """.split()
)
MOST_CALLS = 60  # of a constructor
# What a method that prepares an object may be told of its input.
SHAPES: tuple[Any, ...] = ((D,), D, (N, D), (D, M), (C, 6, 6))
OF_IMAGES: tuple[Any, ...] = ((C, 6, 6), (6, 6, C), (N, C, 6, 6), (D,), C)
# Methods that prepare an object before its first forward, the likeliest first.
SET_UP = tuple(
    """
    initialize initialise init build compile setup set_input_shape init_weights initialize_weights init_params
    initialize_parameters initialize_params reset_parameters set_input_size create_weights _initialize
    _init_weights _build _setup _init_params _initialize_weights initialize_layer init_parameters set_up connect
    set_input_dim _init weight_init initWeights initializeWeights
    """.split()
)


def required(function: Callable[..., Any]) -> list[str]:
    """Return the names of the arguments that must be given."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return []
    positional = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    names = [p.name for p in parameters if (p.kind in positional or p.kind is p.KEYWORD_ONLY) and is_required(p)]
    return names[1:] if names[:1] == ["self"] else names


class Made(NamedTuple):
    """An object, and whether it was given others of which it is not known whether they are what is meant."""

    thing: Any
    is_guessed: bool = False


def make_objects(cls: type, rng: np.random.Generator, images: bool) -> Iterator[Made]:
    """Yield objects of the class, made with what its arguments' names and their uses suggest, then with other values.

    ``images`` is for layers of (N, C, H, W).

    Raises
    ------
    CannotCheck
        When none can be made.
    """
    pieces = Pieces(cls, rng, lambda other: plain_objects(other, rng))
    names = required(cls.__init__) if cls.__init__ is not object.__init__ else []
    known = arguments_by_name(rng, images)
    uses = uses_of(cls, names)
    choices = [values_for(name, uses.get(name), known, rng, pieces) for name in names]
    error: BaseException | None = None
    made = useful = 0
    for values in by_rank(choices, MOST_CALLS):
        try:
            thing = cls(**{name: copied(value) for name, value in zip(names, values, strict=True)})
        except (Exception, SystemExit) as raised:
            error = error or raised
            continue
        made += 1
        guessed = any(isinstance(value, Guess) for value in values)
        if adders(thing):  # empty, it says nothing
            for full in filled(thing, pieces, known, required):
                useful += 1
                yield Made(full, True)
            continue
        useful += 1
        ready = list(prepared(thing, known, images))
        first = Made(thing, guessed)
        ready = [Made(twin.thing, guessed or twin.is_guessed) for twin in ready]
        yield from [*ready, first] if not arrays_in(thing) and not sets_itself_up(cls) else [first, *ready]
    if not made:
        raise CannotCheck(cannot_make(cls, names, known, error)) from error
    if not useful:
        raise CannotCheck(nothing_suits(cls))


def plain_objects(cls: type, rng: np.random.Generator) -> Iterator[Any]:
    """Yield objects of a class that are given no other objects, for those of another."""
    names = required(cls.__init__) if cls.__init__ is not object.__init__ else []
    known = arguments_by_name(rng, images=False)
    uses = uses_of(cls, names)
    pieces = Pieces(cls, rng, lambda other: iter(()))
    for values in by_rank([values_for(name, uses.get(name), known, rng, pieces) for name in names], MOST_CALLS):
        with contextlib.suppress(Exception, SystemExit):
            yield cls(**{name: copied(value) for name, value in zip(names, values, strict=True)})


def by_rank(choices: Sequence[Sequence[Any]], most: int) -> Iterator[tuple[Any, ...]]:
    """Yield the combinations of values, those first in which all are likely."""
    ranks = itertools.islice(itertools.product(*(range(len(c)) for c in choices)), 20_000)
    for rank in sorted(ranks, key=sum)[:most]:
        yield tuple(c[r] for c, r in zip(choices, rank, strict=True))


def copied(value: Any) -> Any:
    """Return a copy of a value for a constructor, so that no two objects share it."""
    return copy.deepcopy(value.value) if isinstance(value, Guess) else copy.copy(value)


def sets_itself_up(cls: type) -> bool:
    """Return whether a class calls one of its methods that prepare an object by itself."""
    try:
        source = "".join(inspect.getsource(base) for base in cls.__mro__[:-1])
    except (OSError, TypeError, SyntaxError):
        return False
    return any(f"self.{name}(" in source for name in SET_UP)


def nothing_suits(cls: type) -> str:
    """Return in words that a class needs others, of which those are not known that it is meant for, and what to do."""
    return (
        f"{cls.__name__}: none of the layers, functions and optimizers that were tried are what it takes. Write a "
        'function that returns one as you make it, and name it: --make "my_network()"'
    )


def cannot_make(cls: type, names: list[str], known: dict[str, Any], error: BaseException | None) -> str:
    """Return in words that no object of a class could be made, and what to do."""
    remedy = f'make it yourself: --make "{cls.__name__}(...)"'
    unknown = [name for name in names if name not in known]
    if unknown:
        return f"{cls.__name__}: it is not known what to give for {', '.join(unknown)}; {remedy}"
    return f"{cls.__name__}({', '.join(names)}) raised {type(error).__name__}: {error}; {remedy}"


def prepared(thing: Any, known: dict[str, Any], images: bool, but: str = "") -> Iterator[Made]:
    """Yield a copy of an object for each of its methods that prepare it for its first forward.

    One that only takes a shape may be followed by another, as ``set_input_shape`` by ``initialize``.
    """
    for name in SET_UP:
        method = getattr(type(thing), name, None)
        if not callable(method) or name == but:
            continue
        wanted = required(method)
        for shape in OF_IMAGES if images else SHAPES:
            values = [(stand_in_for(n) or [shape if "shape" in n or n not in known else known[n]])[0] for n in wanted]
            try:
                twin = copy.deepcopy(thing)
                getattr(twin, name)(**{n: copied(value) for n, value in zip(wanted, values, strict=True)})
            except (Exception, SystemExit):
                continue
            if "shape" in name or "size" in name:
                yield from prepared(twin, known, images, but=name)
            yield Made(twin, any(isinstance(value, Guess) for value in values))
            if not wanted:
                break


def is_for_images(cls: type) -> bool:
    """Return whether the names of the constructor's arguments speak of images."""
    try:
        names = set(inspect.signature(cls.__init__).parameters)
    except (TypeError, ValueError):
        return False
    return (
        bool({name.lower() for name in names} & IMAGE_NAMES)
        or "conv" in cls.__name__.lower()
        or "pool" in cls.__name__.lower()
    )
