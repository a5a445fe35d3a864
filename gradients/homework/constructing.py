"""Objects of a student's classes: what their constructors want is guessed by the names of the arguments."""

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

from gradients.homework.loading import CannotCheck

SIZES = {"N": 5, "D": 4, "M": 3, "H": 6, "C": 2, "FN": 3, "K": 4}
IMAGE_NAMES = {"stride", "pad", "padding", "pool_h", "pool_w", "pool_size", "kernel_size", "filter_num", "filter_size"}


def required(function: Callable[..., Any]) -> list[str]:
    """Return the names of the arguments that must be given."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return []
    positional = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    names = [p.name for p in parameters if p.kind in positional and p.default is p.empty]
    return names[1:] if names[:1] == ["self"] else names


def make_object(cls: type, rng: np.random.Generator, images: bool) -> Any:
    """Return an object of the class, its arguments chosen by their names; ``images`` for layers of (N, C, H, W)."""
    values = arguments_by_name(rng, images)
    names = required(cls.__init__) if cls.__init__ is not object.__init__ else []
    unknown = [name for name in names if name not in values]
    if unknown:
        raise CannotCheck(
            f"{cls.__name__}: no value is known for {', '.join(unknown)}; make it yourself: "
            f'--make "{cls.__name__}(...)"'
        )
    try:
        return cls(**{name: values[name] for name in names})
    except (Exception, SystemExit) as error:
        raise CannotCheck(
            f"{cls.__name__}({', '.join(names)}) raised {type(error).__name__}: {error}; make it yourself: "
            f'--make "{cls.__name__}(...)"'
        ) from error


def arguments_by_name(rng: np.random.Generator, images: bool) -> dict[str, Any]:
    """Return a value for each name that a constructor's argument usually bears."""
    d, m, c, fn = SIZES["D"], SIZES["M"], SIZES["C"], SIZES["FN"]
    features = c if images else d
    weight = rng.standard_normal((fn, c, 3, 3) if images else (d, m)) * 0.5
    bias = rng.standard_normal(fn if images else m)
    values: dict[str, Any] = {}
    for names, value in (
        (("W", "w", "weight", "weights", "kernel", "kernels", "filters"), weight),
        (("b", "bias", "biases"), bias),
        (("gamma", "scale"), rng.uniform(0.5, 1.5, features)),
        (("beta", "shift", "offset"), rng.standard_normal(features)),
        (("stride",), 1),
        (("pad", "padding"), 1),
        (("pool_h", "pool_w", "pool_size", "size"), 2),
        (("kernel_size", "filter_size"), 3),
        (("momentum", "decay"), 0.9),
        (("dropout_ratio", "ratio", "p", "drop_prob", "rate", "keep_prob"), 0.4),
        (("alpha", "slope", "negative_slope", "leak", "a"), 0.1),
        (("eps", "epsilon"), 1e-5),
        (("in_features", "input_size", "n_in", "in_dim", "input_dim", "D", "d_in", "fan_in", "num_features"), features),
        (("dim", "size_in", "features", "n_features", "inputs"), features),
        (("out_features", "output_size", "n_out", "out_dim", "output_dim", "M", "d_out", "fan_out", "outputs"), m),
        (("in_channels", "channels", "C"), c),
        (("out_channels", "filter_num", "FN"), fn),
        (("hidden_size", "hidden", "hidden_dim", "n_hidden", "H", "width"), SIZES["H"]),
        (("rng", "generator"), rng),
        (("seed",), 0),
        (("axis",), 1),
        (("weight_init_std", "std"), 0.5),
        (("weight_decay_lambda", "weight_decay", "reg"), 0.1),
        (("activation",), "relu"),
        (("training", "train_flg", "train"), True),
        (("dtype",), np.float64),
    ):
        values |= dict.fromkeys(names, value)
    return values


def is_for_images(cls: type) -> bool:
    """Return whether the names of the constructor's arguments speak of images."""
    try:
        names = set(inspect.signature(cls.__init__).parameters)
    except (TypeError, ValueError):
        return False
    return bool(names & IMAGE_NAMES)
