"""What the project's layers share, and how the parameters of anybody's layer are found."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, NamedTuple

import numpy as np

from layers.common.checks import checked_backward, checked_forward, checked_loss, checked_loss_backward
from layers.common.devices import beside, is_array
from layers.common.inputs import KINDS, InputKind, kind_of_input
from layers.common.options import Option
from layers.common.parameters import as_parameter, check_parameters, check_state

PARAM_NAMES = ("W", "b", "gamma", "beta")
STATE_NAMES = ("running_mean", "running_var")
PROJECT = __name__.removesuffix("common.base")  # what the names of the modules of our own layers begin with


class Declared(NamedTuple):
    """What a class says of its constructor's arguments."""

    shapes: dict[str, str]
    options: dict[str, Option]
    state_names: tuple[str, ...]


class Layer:
    """A layer that names its parameters.

    A subclass lists its parameters in ``param_names``. Each is an attribute, and ``backward`` stores
    the gradient of ``W`` as ``dW``, of ``b`` as ``db``, and so on.

    Attributes
    ----------
    param_names : tuple of str
        The names of the parameters, in order; the constructor takes them first.
    option_names : tuple of str
        The names of the constructor's other arguments that are attributes: plain numbers, such as a stride.
    state_names : tuple of str
        The names of arrays that forward changes while the network learns, and that it uses when it predicts.
    forward, backward : callable
        What a subclass defines, with inputs of its own.
    training : bool
        True while the network learns, False while it predicts.
    shapes : dict of str to str
        The axes of parameters and input in letters, which are checked (:mod:`layers.common.inputs`).
    options : dict of str to function
        Which numbers the options may be (:mod:`layers.common.options`); their names are ``option_names``.

    Notes
    -----
    What forward keeps may be the very array that it was given: change nothing in x before backward has been called. A
    layer belongs to one thread at a time.

    The project's own layers have checks around ``forward`` and ``backward`` (:mod:`layers.common.checks`). So does a
    copy of one in another file, because it declares ``shapes`` or ``options``. Any other class that inherits from this
    one, or from one of ours, is called as it is written.
    """

    param_names: tuple[str, ...] = ()
    option_names: tuple[str, ...] = ()
    state_names: tuple[str, ...] = ()
    training: bool = True
    shapes: ClassVar[dict[str, str]] = {}
    options: ClassVar[dict[str, Option]] = {}
    declared: ClassVar[Declared] = Declared({}, {}, ())  # by the class that has the checks
    input_kind: InputKind | None = None  # what x must look like; None: anything
    forward: Callable[..., Any]
    backward: Callable[..., Any]
    checks: ClassVar[dict[str, Callable[..., Any]]] = {"forward": checked_forward, "backward": checked_backward}

    # By their usual names, in the layers that have them:
    W: np.ndarray
    b: np.ndarray
    gamma: np.ndarray
    beta: np.ndarray
    running_mean: np.ndarray
    running_var: np.ndarray
    eps: float

    def __init_subclass__(cls, **named: Any) -> None:
        """Put the checks around what a class of the project defines."""
        super().__init_subclass__(**named)
        own = vars(cls)
        if not (cls.__module__.startswith(PROJECT) or declares(own)):
            return
        cls.declared = Declared(cls.shapes, cls.options, cls.state_names)
        cls.option_names = tuple(cls.options)
        if "forward" in own:
            cls.input_kind = kind_of_input(cls.shapes)
        for name, checked in cls.checks.items():
            if name in own:
                setattr(cls, name, checked(own[name]))

    def store(self, **given: Any) -> None:
        """Keep the constructor's arguments as attributes: parameters, state and options, if they are what they must be.

        Raises
        ------
        ValueError
            For arrays whose shapes or dtypes do not fit, and for options that are not among the allowed numbers.
        TypeError
            For arrays of anything but real numbers.
        """
        who, (shapes, options, state_names) = type(self).__name__, self.declared
        arrays = {name: as_parameter(value) for name, value in given.items() if name not in options}
        if arrays:
            check_parameters(who, shapes, arrays)
            check_state(who, state_names, arrays)
        checked = {name: options[name](who, name, given[name]) for name in options if name in given}
        for name, value in {**arrays, **checked}.items():
            setattr(self, name, value)

    @property
    def params(self) -> dict[str, np.ndarray]:
        """The parameters by name."""
        return {name: getattr(self, name) for name in self.param_names}

    @property
    def grads(self) -> dict[str, np.ndarray | None]:
        """The parameters' gradients by the parameter's name, None before the first ``backward``."""
        return {name: getattr(self, "d" + name, None) for name in self.param_names}


class Loss(Layer):
    """A layer at the end of a network, ``forward(x, t)``: outputs and labels or targets in, one number out."""

    checks: ClassVar[dict[str, Any]] = {"forward": checked_loss, "backward": checked_loss_backward}

    def targets_as(self, x: np.ndarray, t: Any) -> tuple[np.ndarray, np.ndarray]:
        """Return x and t as the formula wants them, or raise an error that says what does not fit.

        A loss layer names its kind of targets here (:mod:`layers.common.targets`).
        """
        return x, beside(t, x)


def declares(own: Mapping[str, Any]) -> bool:
    """Return whether a class says itself what it takes, as the project's layers do."""
    shapes, options = own.get("shapes"), own.get("options")
    has_shapes = isinstance(shapes, dict) and shapes.get("x") in KINDS
    has_options = isinstance(options, dict) and bool(options) and all(map(callable, options.values()))
    return has_shapes or has_options or "targets_as" in own


def params_of(layer: Any) -> dict[str, np.ndarray]:
    """Return the parameters of any object that keeps to the layer contract.

    They are its ``params`` dictionary where it has one, else its arrays named ``W``, ``b``, ``gamma``
    and ``beta``.

    Raises
    ------
    TypeError
        When all it has is a list ``params``: without names, its gradients cannot be found.

    >>> class Scale:
    ...     def __init__(self):
    ...         self.W = np.ones(3)
    >>> params_of(Scale())
    {'W': array([1., 1., 1.])}
    """
    params = getattr(layer, "params", None)
    if isinstance(params, dict):
        return params
    values: dict[str, Any] = {name: getattr(layer, name, None) for name in PARAM_NAMES}
    found = {name: value for name, value in values.items() if is_array(value)}
    if not found and isinstance(params, (list, tuple)) and len(params) > 0:
        raise TypeError(
            f"{type(layer).__name__}: params must be a dictionary of arrays by name, got a {type(params).__name__}"
        )
    return found


def grads_of(layer: Any) -> dict[str, np.ndarray | None]:
    """Return the gradients of any object that keeps to the layer contract, None where there is none yet.

    They are its ``grads`` dictionary where it has one, else the attribute ``dW`` of each parameter ``W``.
    """
    grads = getattr(layer, "grads", None)
    if isinstance(grads, dict):
        return grads
    return {name: getattr(layer, "d" + name, None) for name in params_of(layer)}


def state_of(layer: Any) -> dict[str, np.ndarray]:
    """Return the arrays that anybody's layer changes while it learns and uses when it predicts.

    They are those that its ``state_names`` list, or its arrays named ``running_mean`` and ``running_var``.
    """
    names = getattr(layer, "state_names", ()) or STATE_NAMES
    found: dict[str, Any] = {name: getattr(layer, name, None) for name in names}
    return {name: value for name, value in found.items() if is_array(value)}
