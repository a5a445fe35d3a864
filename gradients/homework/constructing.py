"""Objects of a student's classes: what their constructors want is guessed by the names of the arguments, then tried."""

import contextlib
import inspect
import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from gradients.calling.problems import CannotCheck
from gradients.homework.argument_values import of_the_type, values_for
from gradients.homework.arguments import arguments_by_name
from gradients.homework.filling import adders, filled
from gradients.homework.pieces import Guess, Pieces
from gradients.homework.setting_up import Made, copied, own_set_up, prepared, sets_itself_up
from gradients.homework.signatures import asked_for, required, types_told, wanted_by
from gradients.homework.uses import uses_of
from gradients.measuring.held_arrays import arrays_in
from language import _

IMAGE_NAMES = set(
    """
    stride pad padding pool_h pool_w pool_size kernel_size filter_num filter_size channels in_channels out_channels
    num_filters n_filters kernelsize inchannels kernel_shape groups num_groups
    """.split()
)
MOST_CALLS = 60  # of a constructor
MOST_WORDS = 200  # of a vocabulary that is left as it is
MOST_OPTIONAL = 6  # arguments that are given although they are None by default, one at a time


def make_objects(cls: type, rng: np.random.Generator, images: bool, rarer: bool = False) -> Iterator[Made]:
    """Yield objects of the class, made with what its arguments' names and their uses suggest, then with other values.

    Parameters
    ----------
    images : bool
        Whether the layer is one of (N, C, H, W).
    rarer : bool
        Whether to give the constructor values where it has None too, and to call any method that sets what forward
        reads: for a class of which nothing else works. All of these objects are guesses.

    Raises
    ------
    CannotCheck
        When none can be made.
    """
    pieces = Pieces(cls, rng, lambda other: plain_objects(other, rng))
    known = arguments_by_name(rng, images)
    error: BaseException | None = None
    made = useful = 0
    for given in calls(cls, known, rng, pieces, rarer):
        try:
            thing = cls(**{name: copied(value) for name, value in given.items()})
        except (Exception, SystemExit) as raised:
            error = error or raised
            continue
        made += 1
        guessed = rarer or any(isinstance(value, Guess) for value in given.values())
        if adders(thing):  # empty, it says nothing
            for full in filled(thing, pieces, known, required):
                useful += 1
                yield Made(full, True)
            continue
        useful += 1
        ready = list(prepared(thing, known, images))
        if rarer:
            ready += prepared(thing, known, images, names=own_set_up(thing))
        first = Made(thing, guessed)
        ready = [Made(twin.thing, guessed or twin.is_guessed) for twin in ready]
        yield from [*ready, first] if not arrays_in(thing) and not sets_itself_up(cls) else [first, *ready]
    if not made:
        raise CannotCheck(cannot_make(cls, wanted_by(cls), known, error)) from error
    if not useful:
        raise CannotCheck(nothing_suits(cls))


def calls(
    cls: type, known: dict[str, Any], rng: np.random.Generator, pieces: Pieces, rarer: bool = False
) -> Iterator[dict[str, Any]]:
    """Yield what to give a constructor by name: what it demands; ``rarer`` more, all of it or one thing, in turns."""
    needed = [*wanted_by(cls), *vocabularies(cls)]
    optional = [name for name in wanted_by(cls, optional=True) if name not in needed]
    more = [optional, *([name] for name in optional[:MOST_OPTIONAL])] if rarer else [[]]
    ways = [by_name(cls, [*needed, *names], known, rng, pieces) for names in more]
    for turn in itertools.zip_longest(*ways):
        yield from (given for given in turn if given is not None)


def vocabularies(cls: type) -> list[str]:
    """Return the arguments of a constructor that say how many words there are, and by default thousands."""
    counts = {name: p.default for name, p in asked_for(cls).items() if "vocab" in name.lower()}
    return [name for name, count in counts.items() if isinstance(count, int) and count > MOST_WORDS]


def by_name(
    cls: type, names: list[str], known: dict[str, Any], rng: np.random.Generator, pieces: Pieces
) -> Iterator[dict[str, Any]]:
    """Yield values for these arguments of a constructor, the likeliest first."""
    for values in by_rank(choices_for(cls, names, known, rng, pieces), MOST_CALLS):
        yield dict(zip(names, values, strict=True))


def choices_for(
    cls: type, names: list[str], known: dict[str, Any], rng: np.random.Generator, pieces: Pieces
) -> list[list[Any]]:
    """Return what to try for arguments of a constructor; None first for one that is unknown and may be left out."""
    uses, told, parameters = uses_of(cls, names), types_told(cls), asked_for(cls)
    choices = []
    for name in names:
        values = of_the_type(told.get(name, ()), name, values_for(name, uses.get(name), known, rng, pieces))
        if name in parameters and parameters[name].default is None:
            is_known = name in known or told.get(name) or (name in uses and uses[name].tells)
            values = values if is_known else [None, *values[:1]]
        choices.append(values)
    return choices


def plain_objects(cls: type, rng: np.random.Generator) -> Iterator[Any]:
    """Yield objects of a class that are given no other objects, for those of another."""
    known = arguments_by_name(rng, images=False)
    pieces = Pieces(cls, rng, lambda other: iter(()))
    for given in calls(cls, known, rng, pieces):
        with contextlib.suppress(Exception, SystemExit):
            yield cls(**{name: copied(value) for name, value in given.items()})


def by_rank(choices: Sequence[Sequence[Any]], most: int) -> Iterator[tuple[Any, ...]]:
    """Yield the combinations of values, those first in which all are likely."""
    ranks = itertools.islice(itertools.product(*(range(len(c)) for c in choices)), 20_000)
    for rank in sorted(ranks, key=sum)[:most]:
        yield tuple(c[r] for c, r in zip(choices, rank, strict=True))


def nothing_suits(cls: type, raised: BaseException | None = None) -> str:
    """Return in words that a class needs others, of which those are not known that it is meant for, and what to do."""
    if raised is None:
        return _(
            "{name}: none of the layers, functions and optimizers that were tried are what it takes. Write a function "
            'that returns one as you make it, and name it: --make "my_network()"',
            name=cls.__name__,
        )
    return _(
        "{name}: none of the layers, functions and optimizers that were tried are what it takes; with the likeliest "
        "of them it raised {error}. Write a function that returns one as you make it, and name it: --make "
        '"my_network()"',
        name=cls.__name__,
        error=f"{type(raised).__name__}: {raised}",
    )


def cannot_make(cls: type, names: list[str], known: dict[str, Any], error: BaseException | None) -> str:
    """Return in words that no object of a class could be made, and what to do."""
    unknown = [name for name in names if name not in known]
    if unknown:
        return _(
            '{name}: it is not known what to give for {arguments}; make it yourself: --make "{name}(...)"',
            name=cls.__name__,
            arguments=", ".join(unknown),
        )
    return _(
        '{name}({arguments}) raised {error}; make it yourself: --make "{name}(...)"',
        name=cls.__name__,
        arguments=", ".join(names),
        error=f"{type(error).__name__}: {error}",
    )


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
