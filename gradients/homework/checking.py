"""The reports on the classes in a student's file, as the options of the command ask for them."""

import argparse
import inspect
from collections.abc import Iterator
from typing import Any

import numpy as np

from gradients.checking import check_layer
from gradients.homework.constructing import SIZES, is_for_images, make_object
from gradients.homework.inputs import choose_inputs, network_inputs
from gradients.homework.loading import CannotCheck, kind, layer_classes
from gradients.network_checking import check_network
from gradients.report import Report


def check_module(module: Any, name: str | None, options: argparse.Namespace, problems: list[str]) -> Iterator[Report]:
    """Yield the reports on a file's classes; what cannot be checked goes into ``problems``."""
    if options.make is not None:
        thing = evaluate_expression(options.make, module, options.seed)
        yield from check_object(thing, options, problems)
        return
    classes = layer_classes(module, name)
    if not classes:
        raise CannotCheck(f"{module.__file__} has no class with forward and backward")
    for cls in classes:
        images = is_for_images(cls) or any(len(shape) == 4 for shape in options.input)
        try:
            thing = make_object(cls, np.random.default_rng(options.seed), images)
        except CannotCheck as problem:
            problems.append(str(problem))
            continue
        yield from check_object(thing, options, problems, images)


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
    if kind(type(thing)) is None:
        raise CannotCheck(f"--make {expression!r} gave {type(thing).__name__}, which has no forward and backward")
    return thing


def check_object(
    thing: Any, options: argparse.Namespace, problems: list[str], images: bool = False
) -> Iterator[Report]:
    """Yield the reports on one layer or network."""
    rng = np.random.default_rng(options.seed)
    try:
        if kind(type(thing)) == "network":
            x, t = given_inputs(options, rng) or network_inputs(thing, rng)
            yield check_network(thing, x, t, seed=options.seed, full=options.full)
            return
        given = given_inputs(options, rng)
        require_count(thing, given)
        for inputs in [given] if given else choose_inputs(thing, rng, images):
            yield check_layer(thing, *inputs, seed=options.seed, full=options.full)
    except (CannotCheck, TypeError, ValueError) as problem:
        problems.append(f"{type(thing).__name__}: {problem}" if not isinstance(problem, CannotCheck) else str(problem))


def require_count(layer: Any, given: tuple[Any, ...]) -> None:
    """Raise CannotCheck when forward does not take as many inputs as were given."""
    if not given:
        return
    try:
        inspect.signature(layer.forward).bind(*given)
    except TypeError:
        takes = ", ".join(inspect.signature(layer.forward).parameters)
        raise CannotCheck(
            f"{type(layer).__name__}.forward({takes}) does not take {len(given)} inputs; give --input once for each, "
            "and --labels for the labels after them"
        ) from None


def given_inputs(options: argparse.Namespace, rng: np.random.Generator) -> tuple[Any, ...]:
    """Return random inputs of the shapes that were asked for, and labels."""
    inputs: list[np.ndarray] = [rng.standard_normal(shape) for shape in options.input]
    if options.labels is not None:
        count = options.input[0][0] if options.input else SIZES["N"]
        if not inputs:
            inputs.append(rng.standard_normal((count, options.labels)))
        inputs.append(rng.integers(0, options.labels, count))
    return tuple(inputs)
