"""What is in a student's file, made ready to be examined: objects, their inputs, and the manner of calling them."""

import contextlib
import itertools
import time
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from gradients.calling.functions import Functions
from gradients.calling.kept_gradients import with_kept_gradients
from gradients.calling.parameter_dictionaries import with_parameters
from gradients.calling.prepared import Prepared
from gradients.calling.preparing import prepare
from gradients.calling.problems import CannotCheck
from gradients.calling.settling import look
from gradients.calling.values import given_inputs
from gradients.homework.choosing import Choice, with_a_list
from gradients.homework.constructing import is_for_images, make_objects, nothing_suits
from gradients.homework.inputs import given_by_user, network_inputs, sizes_in
from gradients.homework.loading import Loaded
from gradients.homework.missing_names import (
    error_of,
    is_missing_something,
    name_missed,
    why_missed,
)
from gradients.homework.one_sample import is_told_of_columns, slope_of_one
from gradients.homework.options import Options
from gradients.homework.remedies import with_remedy
from gradients.homework.requirements import require_arrays, require_count
from gradients.homework.units import Unit
from gradients.measuring.network_subject import NetworkSubject
from gradients.measuring.subject import Subject
from gradients.measuring.surroundings import seed_global_generators
from gradients.other_arrays.called_functions import CalledFunction, called_functions
from gradients.other_arrays.context_functions import ContextFunction
from gradients.other_arrays.jax_functions import compute_in_double, with_numpy_arrays
from gradients.other_arrays.operations import Operation, is_operation, tensors_of
from gradients.other_arrays.own_tensors import OwnTensorFunction, own_tensor_functions
from gradients.other_arrays.tensor_functions import tensor_functions
from gradients.other_arrays.tensor_layers import TensorLayer, module_uses_tensors
from gradients.other_arrays.tensorflow_functions import Taped
from gradients.other_arrays.tensorflow_precision import float32_meaning_float64, run_in_double
from gradients.other_arrays.tensorflow_units import on_tensors, tensorflow_methods
from gradients.other_arrays.torch_precision import on_this_machine
from language import _

MOST_OBJECTS = 12  # of a class that are tried
PATIENCE = 8.0  # seconds of the processor for those that are given objects of which it is not known if they are meant
ENOUGH_RIGHT = 0.5  # of the gradients, for an object that was given more than it demands to be the one that is meant
MOST_SUPPLIED = 8  # names of the script that are run because a unit misses them


def prepare_unit(unit: Unit, options: Options, work: Loaded) -> Prepared:
    """Return a unit, ready; what it misses of the file's script is run first.

    Raises
    ------
    CannotCheck
        When no object can be made, or no inputs or no way to call it are found.
    """
    compute_in_double()
    run_in_double()
    for _time in range(MOST_SUPPLIED):
        prepared, problem = None, None
        try:
            prepared = prepare_once(unit, options)
        except CannotCheck as raised:
            problem = raised
        missed = name_missed(prepared, problem)
        if missed is None or not supplied(missed, unit, work):
            break
    error = error_of(prepared, problem)
    if isinstance(error, ImportError):
        raise CannotCheck(f"{unit.name}: {error}") from error
    why = "" if missed is None else why_missed(missed, error, work)
    if why:
        raise CannotCheck(_(why, name=unit.name, missed=missed))
    if prepared is None:
        raise problem or CannotCheck(_("{name} could not be checked", name=unit.name))
    return prepared


def supplied(name: str, unit: Unit, work: Loaded) -> bool:
    """Run what gives a global name its value; return whether there is any such statement."""
    try:
        with float32_meaning_float64():
            return work.supply(name)
    except (Exception, SystemExit) as error:
        said = f"{type(error).__name__}: {error}"
        raise CannotCheck(
            _("{unit} needs {name}, and what gives it its value raised {said}", unit=unit.name, name=name, said=said)
        ) from error


def prepare_once(unit: Unit, options: Options) -> Prepared:
    """Return a unit, ready: with batches of samples where it can, else with single ones."""
    seed_global_generators()  # so that the same weights are drawn each time
    rng = np.random.default_rng(options.seed)
    if unit.functions is not None:
        pairs = [("forward", "backward", unit.gives_slope)]
        written = [unit.functions, *tensor_functions(unit.functions)]
        things: Iterable[Any] = [thing for both in written for thing in (*with_parameters(both, rng), both)]
        if isinstance(unit.functions, ContextFunction):
            things = itertools.chain(things, own_tensor_functions(unit.functions.cls))
        return prepare_likeliest(unit.name, list(things), pairs, options, images=False)
    assert unit.cls is not None
    images = is_for_images(unit.cls) or any(len(shape) == 4 for shape in options.inputs)
    try:
        return prepare_class(unit, options, images, rng)
    except CannotCheck as said:
        rarer = None if is_missing_something(said) else prepare_rarer(unit, options, images)
        if rarer is None:
            raise with_remedy(unit.cls, unit.pairs, said) from said.__cause__
        return rarer


def prepare_rarer(unit: Unit, options: Options, images: bool) -> Prepared | None:
    """Return a class, ready, where it has to be given or told more than it says that it must; None where it is not."""
    assert unit.cls is not None
    rng = np.random.default_rng(options.seed)
    try:
        with on_this_machine():
            made = list(itertools.islice(make_objects(unit.cls, rng, images, rarer=True), 2 * MOST_OBJECTS))
    except CannotCheck:
        return None
    things = [with_numpy_arrays(one.thing) for one in made]
    likely = prepare_guessed(things, unit.pairs[:1], options, images, [])
    return None if likely is not None and 0.0 < likely.share < ENOUGH_RIGHT else likely


def prepare_class(unit: Unit, options: Options, images: bool, rng: np.random.Generator) -> Prepared:
    """Return a class, ready: the object of it that comes out right, else the likeliest that runs."""
    assert unit.cls is not None
    with on_this_machine():
        made = list(itertools.islice(make_objects(unit.cls, rng, images), MOST_OBJECTS))
    guessed = [with_numpy_arrays(one.thing) for one in made if one.is_guessed]
    raised: list[BaseException] = []
    likely = prepare_guessed(guessed, unit.pairs, options, images, raised)
    if likely is not None and likely.share == 1.0:
        return likely
    things = as_the_file_means(unit.cls, unit.pairs, [one.thing for one in made if not one.is_guessed])
    try:
        prepared = prepare_likeliest(unit.name, list(things), unit.pairs, options, images)
    except CannotCheck as problem:
        if guessed and likely is None:
            raise CannotCheck(nothing_suits(unit.cls, raised[0] if raised else None)) from problem
        if likely is None:
            raise
        return likely
    return likely if likely is not None and prepared.subject is None else prepared


def prepare_likeliest(name: str, things: list[Any], pairs: list[Any], options: Options, images: bool) -> Prepared:
    """Return the first of some objects or functions that runs as it is meant, else the likeliest of the others."""
    choice = Choice(name, len(things) > 1 and not isinstance(things[0], Functions))
    for small in (False, True):
        for thing in things:
            try:
                prepared = prepare_object(thing, pairs, options, images, small)
            except CannotCheck as problem:
                choice.say(problem)
                continue
            if prepared.subject is not None and not prepared.is_network and not small and not options.inputs:
                one = slope_of_one(prepared, thing, pairs, options.seed)
                if one is not prepared:
                    return one
            if choice.takes(prepared, thing, small):
                return prepared
        if choice.misfit is not None and not is_told_of_columns(things[0], pairs[0][0]):
            break
    return choice.best()


def prepare_guessed(
    things: list[Any], pairs: list[Any], options: Options, images: bool, raised: list[BaseException]
) -> Prepared | None:
    """Return the first of some objects that comes out right at a first look, else the first that runs.

    What the others raised is added to ``raised``.
    """
    first: Prepared | None = None
    started = time.process_time()
    for thing in things:
        if time.process_time() - started > PATIENCE:
            break
        try:
            prepared = prepare_object(thing, pairs, options, images, small=False)
            if not isinstance(prepared.subject, Subject):
                raised += [prepared.raised.error.error] if prepared.raised is not None else []
                continue
            prepared.is_guessed, prepared.share = True, look(prepared.subject, options.seed)
        except CannotCheck as problem:
            raised += [problem.__cause__] if problem.__cause__ is not None else []
            continue
        except Exception as error:  # a library does not bear what was guessed
            raised.append(error)
            continue
        if prepared.share == 1.0:
            return prepared
        first = first or prepared
    return first


def as_the_file_means(cls: type, pairs: list[Any], made: list[Any]) -> Iterator[Any]:
    """Yield objects for arrays of NumPy, also where they are written for others."""
    if is_operation(cls):
        yield from (Operation(thing, tensor) for tensor in tensors_of(cls) for thing in made)
        return
    if pairs and pairs[0][0] in tensorflow_methods(cls):
        yield from (on_tensors(thing, pairs[0][0]) for thing in made)
        return
    yield from [both for thing in made for both in called_functions(thing)] or map(with_numpy_arrays, made)
    yield from own_tensor_functions(cls)
    if module_uses_tensors(cls.__module__) and pairs:
        for thing in made:
            with contextlib.suppress(Exception):
                yield TensorLayer(thing, *pairs[0][:2])


def prepare_object(thing: Any, pairs: list[Any], options: Options, images: bool, small: bool) -> Prepared:
    """Return a layer or network, ready; with single samples and numbers for inputs where ``small``."""
    rng = np.random.default_rng(options.seed)
    given = given_by_user(options, rng)
    try:
        if pairs[0][:2] == ("loss", "gradient") and isinstance(getattr(thing, "params", None), dict):
            x, t = given or network_inputs(thing, rng)
            return Prepared(type(thing).__name__, NetworkSubject(thing, x, t), is_network=True)
        if isinstance(thing, (TensorLayer, Operation, OwnTensorFunction, CalledFunction, Taped)):
            pairs = [("forward", "backward" if pairs[0][1] or isinstance(thing, Taped) else "", False)]
        thing, pairs = with_kept_gradients(thing, pairs)
        require_count(thing, pairs[0][0], given)
        require_arrays(thing, pairs[0][0])
        candidates = (
            [given] if given else given_inputs(getattr(thing, pairs[0][0]), rng, images, sizes_in(thing), small)
        )
        if options.deep:
            candidates = [inputs for inputs in candidates if inputs and np.ndim(inputs[0]) > 2]
        prepared = prepare(thing, pairs, candidates, options.seed, bool(given))
        return prepared if given else with_a_list(thing, prepared, options.seed)
    except (TypeError, ValueError) as problem:
        name = getattr(thing, "names", "") or type(thing).__name__
        raise CannotCheck(f"{name}: {problem}") from problem
