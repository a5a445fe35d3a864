"""Objects of a student's classes: what their constructors want is guessed by the names of the arguments, then tried."""

import copy
import inspect
import itertools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from gradients.calling.problems import CannotCheck
from gradients.calling.roles import is_required
from gradients.calling.scenes import FN, C, D, H, M, N
from gradients.homework.arguments import arguments_by_name
from gradients.measuring.held_arrays import arrays_in

IMAGE_NAMES = set(
    """
    stride pad padding pool_h pool_w pool_size kernel_size filter_num filter_size channels in_channels out_channels
    num_filters n_filters kernelsize inchannels kernel_shape groups num_groups
    """.split()
)
# Other orientations of arrays that a constructor is given.
WEIGHTS: tuple[tuple[int, ...], ...] = ((M, D), (FN, C, 3, 3), (C, FN, 3, 3), (D, D), (M, D, D), (D,))
BIASES: tuple[tuple[int, ...], ...] = ((M, 1), (1, M), (D,), (FN, 1))
MOST_CALLS = 60  # of a constructor
# Arguments of constructors that are functions, and those that are derivatives of functions.
FUNCTIONS = {"f", "func", "fn", "function", "activation", "activation_function", "g", "phi", "sigma", "nonlinearity"}
SLOPES = set(
    """
    fprime df derivative deriv activationprime activationderivative dactivation fderivative funcprime functionprime
    dfunc activationgrad activationgradient dact gprime fgrad derivativefunction dg dphi derivada ableitung prime
    """.split()
)
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


def make_objects(cls: type, rng: np.random.Generator, images: bool) -> Iterator[Any]:
    """Yield objects of the class, made with what the names of the arguments suggest, then with other values.

    ``images`` is for layers of (N, C, H, W).

    Raises
    ------
    CannotCheck
        When none can be made.
    """
    names = required(cls.__init__) if cls.__init__ is not object.__init__ else []
    known = arguments_by_name(rng, images)
    choices = [values_of(name, known, rng) for name in names]
    error: BaseException | None = None
    made = 0
    ranks = sorted(itertools.islice(itertools.product(*(range(len(c)) for c in choices)), 20_000), key=sum)
    for rank in ranks[:MOST_CALLS]:
        values = {name: copy.copy(c[r]) for name, c, r in zip(names, choices, rank, strict=True)}
        try:
            thing = cls(**values)
        except (Exception, SystemExit) as raised:
            error = error or raised
            continue
        made += 1
        ready = list(prepared(thing, known))
        yield from [*ready, thing] if not arrays_in(thing) and not sets_itself_up(cls) else [thing, *ready]
    if not made:
        raise CannotCheck(cannot_make(cls, names, known, error)) from error


def sets_itself_up(cls: type) -> bool:
    """Return whether a class calls one of its methods that prepare an object by itself."""
    try:
        source = "".join(inspect.getsource(base) for base in cls.__mro__[:-1])
    except (OSError, TypeError, SyntaxError):
        return False
    return any(f"self.{name}(" in source for name in SET_UP)


def cannot_make(cls: type, names: list[str], known: dict[str, Any], error: BaseException | None) -> str:
    """Return in words that no object of a class could be made, and what to do."""
    remedy = f'make it yourself: --make "{cls.__name__}(...)"'
    unknown = [name for name in names if name not in known]
    if unknown:
        return f"{cls.__name__}: it is not known what to give for {', '.join(unknown)}; {remedy}"
    return f"{cls.__name__}({', '.join(names)}) raised {type(error).__name__}: {error}; {remedy}"


def values_of(name: str, known: dict[str, Any], rng: np.random.Generator) -> list[Any]:
    """Return what to try for an argument of a constructor, the likeliest first."""
    low = name.lower()
    if any(word in low for word in ("layer", "module", "block", "inner")) and "size" not in low and "num" not in low:
        layers = [Tripled(), Tripled()]
        return [[D, H, M], layers, 2] if low.endswith("s") else [Tripled(), 2]
    if low in FUNCTIONS and "act" not in low:
        return [np.tanh, "tanh", FN]
    if low.replace("_", "") in SLOPES:
        return [slope_of_tanh]
    for key in (name, low, name.strip("_"), name.replace("_", "").lower()):
        if key in known:
            return [known[key], *others(key, known[key], rng)]
    if "shape" in low:
        return [(D,), (C, 6, 6), (N, D), (D, M)]
    if low.endswith("s") and low.startswith("hidden"):
        return [[H, M], D]
    if "size" in low or "dim" in low or "num" in low or low.startswith("n_") or low.endswith("_n"):
        return [M if "out" in low else D, M, (D, M)]
    if low.endswith("s") and ("layer" in low or "size" in low or "unit" in low or "dim" in low):
        return [[D, H, M]]
    return [
        D,
        0.1,
        [0.5, -0.3, 0.8],
        0.5 * rng.standard_normal((D, M)),
        rng.standard_normal(M),
        "relu",
        None,
        [D, H, M],
    ]


class Tripled:
    """A layer for constructors that are given layers."""

    def forward(self, x: Any) -> Any:
        """Return 3 x."""
        return 3 * x

    def backward(self, dout: Any) -> Any:
        """Return dL/dx."""
        return 3 * dout

    __call__ = forward


def slope_of_tanh(x: Any) -> Any:
    """Return the derivative of tanh, for constructors that are given a function and its derivative."""
    return 1 - np.tanh(x) ** 2


def others(key: str, value: Any, rng: np.random.Generator) -> list[Any]:
    """Return what else to try for an argument whose usual value is known: other sizes, other orientations."""
    if isinstance(value, bool) or not isinstance(value, (int, np.ndarray)):
        return [np.tanh] if key == "activation" else []
    if isinstance(value, int):
        return [size for size in (D, M, 1) if size != value]
    shapes = WEIGHTS if value.ndim > 1 else BIASES
    if key in ("filters", "kernels"):
        return [FN]
    return [0.5 * rng.standard_normal(shape) for shape in shapes]


def prepared(thing: Any, known: dict[str, Any]) -> Iterator[Any]:
    """Yield a copy of an object for each of its methods that prepare it for its first forward."""
    for name in SET_UP:
        method = getattr(type(thing), name, None)
        if not callable(method):
            continue
        wanted = required(method)
        for shape in ((D,), D, (N, D), (D, M), (C, 6, 6)):
            values = {n: shape if "shape" in n or n not in known else known[n] for n in wanted}
            try:
                twin = copy.deepcopy(thing)
                getattr(twin, name)(**values)
            except (Exception, SystemExit):
                continue
            yield twin
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
