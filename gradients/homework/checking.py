"""The reports on what is in a student's file, as the options of the command ask for them."""

import argparse
import inspect
from collections.abc import Iterator
from typing import Any

import numpy as np

from gradients.calling.checking import check_thing
from gradients.calling.functions import Functions
from gradients.calling.problems import CannotCheck
from gradients.calling.values import K, N, given_inputs
from gradients.calling.verbs import verb_pairs
from gradients.homework.constructing import is_for_images, make_objects
from gradients.homework.inputs import network_inputs
from gradients.homework.loading import Loaded
from gradients.homework.units import Unit, find_units
from gradients.network_checking import check_network
from gradients.report import Report

MOST_THINGS = 12  # objects of a class that are tried


def check_file(work: Loaded, name: str | None, options: argparse.Namespace, problems: list[str]) -> Iterator[Report]:
    """Yield the reports on what is in a file; what cannot be checked goes into ``problems``."""
    if options.make is not None:
        thing = evaluate_expression(options.make, work.module, options.seed)
        yield from check_object(thing, options, problems)
        return
    units, left_out = find_units(work.module, name)
    if not units and not left_out:
        raise CannotCheck(f"{work.source.path} has no class with forward and backward, and no such functions")
    for unit in units:
        try:
            yield from check_unit(unit, options)
        except CannotCheck as problem:
            problems.append(str(problem))


def check_unit(unit: Unit, options: argparse.Namespace) -> Iterator[Report]:
    """Yield the reports on one unit."""
    rng = np.random.default_rng(options.seed)
    if unit.functions is not None:
        given = [given_by_user(options, rng)] if options.input or options.labels else None
        pairs = [("forward", "backward", unit.gives_slope)]
        yield check_thing(unit.functions, pairs, given or given_inputs(unit.functions.forward, rng), options.seed)
        return
    assert unit.cls is not None
    images = is_for_images(unit.cls) or any(len(shape) == 4 for shape in options.input)
    said: CannotCheck | None = None
    for number, thing in enumerate(make_objects(unit.cls, rng, images)):
        try:
            found: list[str] = []
            reports = list(check_object(thing, options, found, images, unit))
            if reports:
                yield from reports
                return
            said = said or (CannotCheck(found[0]) if found else None)
        except CannotCheck as problem:
            said = said or problem
        if number == MOST_THINGS:
            break
    raise said or CannotCheck(f"{unit.name} could not be checked")


def evaluate_expression(expression: str, module: Any, seed: int) -> Any:
    """Return what the expression makes, with the file's names, NumPy and ``randn``, ``rand``, ``ones``, ``zeros``."""
    rng = np.random.default_rng(seed)
    helpers = {
        "np": np,
        "rng": rng,
        "randn": lambda *shape: rng.standard_normal(shape),
        "rand": lambda *shape: rng.random(shape),
        "ones": lambda *shape: np.ones(shape),
        "zeros": lambda *shape: np.zeros(shape),
    }
    try:
        thing = eval(expression, helpers | vars(module))  # the user's own words about the user's own file
    except (Exception, SystemExit) as error:
        raise CannotCheck(f"--make {expression!r} raised {type(error).__name__}: {error}") from error
    if not verb_pairs(type(thing)):
        raise CannotCheck(f"--make {expression!r} gave {type(thing).__name__}, which has no forward and backward")
    return thing


def check_object(
    thing: Any, options: argparse.Namespace, problems: list[str], images: bool = False, unit: Unit | None = None
) -> Iterator[Report]:
    """Yield the reports on one layer or network."""
    rng = np.random.default_rng(options.seed)
    pairs = unit.pairs if unit else verb_pairs(type(thing))
    is_network = pairs[0][:2] == ("loss", "gradient") and isinstance(getattr(thing, "params", None), dict)
    try:
        if is_network:
            x, t = given_by_user(options, rng) or network_inputs(thing, rng)
            yield check_network(thing, x, t, seed=options.seed, full=options.full)
            return
        given = given_by_user(options, rng)
        require_count(thing, pairs[0][0], given)
        inputs = iter([given]) if given else given_inputs(getattr(thing, pairs[0][0]), rng, images)
        yield check_thing(thing, pairs, inputs, options.seed, options.full, fixed=bool(given))
    except (CannotCheck, TypeError, ValueError) as problem:
        problems.append(f"{type(thing).__name__}: {problem}" if not isinstance(problem, CannotCheck) else str(problem))


def require_count(thing: Any, forward: str, given: tuple[Any, ...]) -> None:
    """Raise CannotCheck when forward does not take as many inputs as were given."""
    if not given or isinstance(thing, Functions):
        return
    try:
        inspect.signature(getattr(thing, forward)).bind(*given)
    except TypeError:
        takes = ", ".join(inspect.signature(getattr(thing, forward)).parameters)
        raise CannotCheck(
            f"{type(thing).__name__}.{forward}({takes}) does not take {len(given)} inputs; give --input once for each, "
            "and --labels for the labels after them"
        ) from None


def given_by_user(options: argparse.Namespace, rng: np.random.Generator) -> tuple[Any, ...]:
    """Return random inputs of the shapes that were asked for, and labels."""
    inputs: list[np.ndarray] = [rng.standard_normal(shape) for shape in options.input]
    if options.labels is not None:
        count = options.input[0][0] if options.input else N
        if not inputs:
            inputs.append(rng.standard_normal((count, options.labels or K)))
        inputs.append(rng.integers(0, options.labels, count))
    return tuple(inputs)
