"""Functions that a file makes with a function: ``power(3)`` returns one that computes x ** 3, with its gradient."""

import itertools
from contextlib import suppress
from types import ModuleType
from typing import Any

import numpy as np

from gradients.calling.truth_values import fixed_value
from gradients.homework.argument_values import values_of
from gradients.homework.arguments import arguments_by_name
from gradients.homework.signatures import required
from gradients.other_arrays.tensorflow_units import has_custom_gradient, makes_functions

MOST_CALLS = 16


def made_functions(module: ModuleType) -> dict[str, Any]:
    """Return a function with a custom gradient for each that makes such in a file, by the maker's name."""
    makers = {name: value for name, value in vars(module).items() if makes_functions(value, module.__name__)}
    made = {name: made_by(maker) for name, maker in makers.items()}
    return {name: function for name, function in made.items() if function is not None}


def made_by(maker: Any) -> Any:
    """Return what a function makes with arguments that their names suggest, None where it makes nothing."""
    rng = np.random.default_rng(0)
    known = arguments_by_name(rng, images=False)
    choices = [fixed_value(name.lower(), 1) or values_of(name, known, rng) for name in required(maker)]
    for values in itertools.islice(itertools.product(*choices), MOST_CALLS):
        with suppress(Exception):
            function = maker(*values)
            if has_custom_gradient(function):
                return function
    return None
