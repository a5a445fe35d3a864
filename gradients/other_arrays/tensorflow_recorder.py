"""A function of TensorFlow called on arrays, with the tape from which ``tf.GradientTape`` gives its gradients."""

import copy
import inspect
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from gradients.measuring.surroundings import seed_global_generators
from gradients.other_arrays.tensorflow_precision import PRECISIONS


class Recorder:
    """A function of tensors, and the tape of its last call.

    Parameters
    ----------
    function : callable
    layer : object, or None
        Where the function is a layer.
    training : bool
        Whether it is told that it is training.

    Attributes
    ----------
    variables : dict of str to Variable
        Those that the function uses; a layer makes them at its first call.
    others : list of (Variable, ndarray)
        The layer's other variables, such as running averages, with the values from which each call begins.
    precision : dict of str to int
        The first of :data:`PRECISIONS` in which forward runs, and that in which backward does; all twins share it.
    """

    def __init__(self, function: Callable[..., Any], layer: Any = None, training: bool = False) -> None:
        self.function, self.layer = function, layer
        self.told = {"training": True} if training else {}
        self.variables: dict[str, Any] = {}
        self.others: list[tuple[Any, np.ndarray]] = []
        self.precision = {"forward": 0, "backward": 0}
        self.called: tuple[Any, ...] = ()
        self.inputs: list[Any] = []
        self.output: Any = None
        self.tape: Any = None

    def twin(self) -> "Recorder":
        """Return a recorder with a tape of its own, and with a new layer where it has no variables yet."""
        other = copy.copy(self)
        if self.layer is not None and not self.variables:
            other.function = other.layer = made_anew(self.layer)
        return other

    def record(self, arrays: dict[str, np.ndarray], arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
        """Return the output, with the variables as ``arrays`` has them; the first call writes them into it."""
        self.assign(arrays)
        self.called = arguments, named
        if self.layer is not None and not self.variables:
            seed_global_generators()  # so that each new layer draws the same weights
        self.in_some_precision("forward", self.call)
        if not self.variables:
            self.variables = named_variables(self.tape.watched_variables(), self.layer or self.function)
            used = list(self.variables.values())
            held = [value_of(variable) for variable in getattr(self.layer, "variables", ())]
            self.others = [(v, np.array(v)) for v in held if all(v is not variable for variable in used)]
        if not arrays:
            arrays |= {name: np.array(variable, float) for name, variable in self.variables.items()}
        return as_arrays(self.output)

    def call(self, precision: int) -> None:
        """Call the function, and record it."""
        tf = sys.modules["tensorflow"]
        arguments, named = self.called
        self.inputs = [as_tensor(x, PRECISIONS[precision].dtype) for x in arguments]
        with tf.GradientTape(persistent=True) as self.tape:
            self.tape.watch([x for x in self.inputs if is_float(x)])
            self.output = self.function(*self.inputs, **self.told | named)

    def differentiate(self, arrays: dict[str, np.ndarray], douts: tuple[Any, ...]) -> tuple[list[Any], dict[str, Any]]:
        """Return the gradients of the inputs that are floats, and those of the variables by name."""
        self.assign(arrays)
        inputs, variables = self.in_some_precision("backward", lambda precision: self.gradient(precision, douts))
        return as_arrays(inputs), as_arrays(variables)

    def gradient(self, precision: int, douts: tuple[Any, ...]) -> Any:
        """Return the gradients, in the precision of the call or a lower one."""
        if precision > self.precision["forward"]:
            self.call(precision)
        outputs = list(self.output) if isinstance(self.output, (tuple, list)) else [self.output]
        given = [as_tensor(np.reshape(d, y.shape), y.dtype) for d, y in zip(douts, outputs, strict=True)]
        sources = [x for x in self.inputs if is_float(x)], self.variables
        return self.tape.gradient(outputs, sources, output_gradients=given)

    def in_some_precision(self, verb: str, call: Callable[[int], Any]) -> Any:
        """Return what a call gives in the first precision in which it runs; without one, raise the first error."""
        errors = []
        for precision in range(max(self.precision["forward"], self.precision[verb]), len(PRECISIONS)):
            try:
                with PRECISIONS[precision].around():
                    result = call(precision)
            except Exception as error:
                errors.append(error)
                continue
            self.precision[verb] = precision
            return result
        raise errors[0]

    def assign(self, arrays: dict[str, np.ndarray]) -> None:
        """Give the variables the values of arrays, and the other ones those from which they began."""
        for name, variable in self.variables.items():
            variable.assign(np.asarray(arrays[name], variable.dtype.as_numpy_dtype))
        for variable, array in self.others:
            variable.assign(array)


def made_anew(layer: Any) -> Any:
    """Return a new layer like one that was not called yet; itself, where it does not tell how it was made."""
    try:
        return type(layer).from_config(layer.get_config())
    except Exception:
        return layer


def named_variables(variables: Any, holder: Any) -> dict[str, Any]:
    """Return variables by the names that an object, or the file of a function, has for them."""
    known = vars(holder) if hasattr(holder, "__dict__") else {}
    known = {**getattr(inspect.unwrap(holder), "__globals__", {}), **known}
    names = {id(value_of(value)): name for name, value in reversed(known.items())}
    found: dict[str, Any] = {}
    for variable in variables:
        name = names.get(id(variable), variable.name.partition(":")[0].replace("/", "."))
        found[f"{name}_{len(found)}" if name in found else name] = variable
    return found


def value_of(variable: Any) -> Any:
    """Return the variable of TensorFlow that is in one of Keras; anything else as it is."""
    tf, inner = sys.modules["tensorflow"], getattr(variable, "value", None)
    return inner if isinstance(inner, tf.Variable) else variable


def as_tensor(value: Any, dtype: Any) -> Any:
    """Return an array as a tensor, one of floats in a precision; other things as they are."""
    if not isinstance(value, np.ndarray):
        return value
    return sys.modules["tensorflow"].constant(value, dtype if value.dtype.kind == "f" else None)


def is_float(value: Any) -> bool:
    """Return whether a value is a tensor of floats."""
    return hasattr(value, "dtype") and value.dtype.is_floating


def as_arrays(value: Any) -> Any:
    """Return tensors as arrays, within tuples, lists and dictionaries too."""
    tf = sys.modules["tensorflow"]
    if isinstance(value, (tuple, list)):
        return tuple(as_arrays(part) for part in value)
    if isinstance(value, dict):
        return {key: as_arrays(part) for key, part in value.items()}
    return np.array(tf.convert_to_tensor(value)) if isinstance(value, (tf.Tensor, tf.IndexedSlices)) else value
