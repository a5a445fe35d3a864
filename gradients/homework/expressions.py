"""What the user's own words make, as in ``--make "Dense(4, 3)"``, made ready to be examined."""

from typing import Any

import numpy as np

from gradients.calling.prepared import Prepared
from gradients.calling.problems import CannotCheck
from gradients.calling.verbs import verb_pairs
from gradients.homework.constructing import is_for_images
from gradients.homework.loading import Loaded
from gradients.homework.options import Options
from gradients.homework.preparing import prepare_object
from gradients.measuring.surroundings import seed_global_generators
from gradients.other_arrays.jax_functions import compute_in_double
from gradients.other_arrays.tensorflow_precision import run_in_double
from gradients.other_arrays.tensorflow_units import on_tensors, tensorflow_methods
from language import _


def prepare_expression(options: Options, work: Loaded) -> Prepared:
    """Return what the user's expression makes, ready."""
    seed_global_generators()
    compute_in_double()
    run_in_double()
    thing = evaluate_expression(str(options.make), work.module, options.seed)
    pairs = verb_pairs(type(thing))
    if tensorflow_methods(type(thing)):
        thing, pairs = on_tensors(thing, tensorflow_methods(type(thing))[0]), [("forward", "backward", False)]
    try:
        return prepare_object(thing, pairs, options, is_for_images(type(thing)), small=False)
    except CannotCheck:
        return prepare_object(thing, pairs, options, is_for_images(type(thing)), small=True)


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
        raise CannotCheck(
            _(
                "--make {expression!r} raised {kind}: {error}",
                expression=expression,
                kind=type(error).__name__,
                error=error,
            )
        ) from error
    if not verb_pairs(type(thing)) and not tensorflow_methods(type(thing)):
        raise CannotCheck(
            _(
                "--make {expression!r} gave {kind}, which has no forward and backward",
                expression=expression,
                kind=type(thing).__name__,
            )
        )
    return thing
