"""Operations on the tensors of a framework that somebody built: ``Multiply.apply(a, b)``, then ``out.backward()``."""

import inspect
import sys
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from gradients.calling.calls import Calls, without
from gradients.measuring.held_arrays import Hidden

TENSORS = ("Tensor", "Variable")
MAKERS = ("tensor", "make_tensor")
# Where a tensor has its numbers: methods, then attributes.
METHODS = ("numpy", "to_numpy", "toarray", "realize_cached_data", "asnumpy", "get_data")
ATTRIBUTES = ("data", "_data", "array", "value", "cached_data", "arr", "values")
SAMPLE = np.array([[0.5, -0.25, 1.5], [2.0, 0.75, -1.0]])  # exact in single precision too

# What a backward raises that was given a tensor for an array, or an array for a tensor.
UNSUITABLE = (TypeError, AttributeError, AssertionError, NotImplementedError)

Maker = Callable[[np.ndarray], Any]


class OwnTensorFunction(Calls):
    """An operation on somebody's tensors in the shape of a layer on arrays.

    Parameters
    ----------
    cls : type
        The operation.
    way : int
        Which of :data:`WAYS` calls it.
    make : callable
        Makes a tensor that is to get a gradient.
    """

    def __init__(self, cls: type, way: int, make: Maker) -> None:
        super().__init__(cls.__name__)
        self.cls, self.way, self.make = cls, way, make
        self.tape = Tape()
        self.signatures = arguments_of_forward(cls), arguments_of_forward(Gradient)

    def __deepcopy__(self, memo: dict[int, Any]) -> "OwnTensorFunction":
        return OwnTensorFunction(self.cls, self.way, self.make)

    def call_forward(self, *arrays: Any) -> Any:
        """Return the numbers of the output."""
        self.tape.arrays = arrays
        numbers = numbers_of(self.play())
        if numbers is None:
            raise TypeError(f"a tensor was expected, {self.cls.__name__} gave {type(self.tape.output).__name__}")
        return np.array(numbers, float)

    def play(self) -> Any:
        """Return the output of the operation on new tensors."""
        self.tape.leaves = [self.make(x) if isinstance(x, np.ndarray) else x for x in self.tape.arrays]
        self.tape.output = WAYS[self.way](self.cls, self.tape.leaves)
        return self.tape.output

    def call_backward(self, dout: Any) -> Any:
        """Return the gradients of the leaves."""
        dout = np.asarray(dout, float)
        try:
            self.tape.output.backward(self.make(dout))
        except UNSUITABLE:
            try:
                self.play().backward(dout)
            except UNSUITABLE:
                (self.play() * self.make(dout)).sum().backward()
        tensors = [leaf for leaf in self.tape.leaves if numbers_of(leaf) is not None]
        found = tuple(gradient_in(leaf) for leaf in tensors)
        return found[0] if len(found) == 1 else found


class Tape(Hidden):
    """The tensors of the last call."""

    def __init__(self) -> None:
        self.arrays: tuple[Any, ...] = ()
        self.leaves: list[Any] = []
        self.output: Any = None


class Gradient:
    """What a backward is given, by the name of its argument."""

    def forward(self, dout: Any) -> Any:
        """Return dout."""
        return dout


def arguments_of_forward(cls: Any) -> inspect.Signature:
    """Return the signature of an operation's forward, or of what it hands all to, without object and context."""
    for name in ("forward", "compute", "op", "call", "_forward"):
        signature = without(getattr(cls, name)) if callable(getattr(cls, name, None)) else None
        if signature is not None and all(p.kind is not p.VAR_POSITIONAL for p in signature.parameters.values()):
            break
    else:
        return inspect.signature(cls.forward)
    places = [i for i, n in enumerate(signature.parameters) if n in ("self", "ctx", "context")]
    return without(getattr(cls, name), *places)


WAYS: tuple[Callable[[Any, list[Any]], Any], ...] = (
    lambda cls, leaves: cls.apply(*leaves),
    lambda cls, leaves: cls()(*leaves),
    lambda cls, leaves: cls().apply(*leaves),
    lambda cls, leaves: cls().forward(*leaves),
    lambda cls, leaves: cls.forward(*leaves),
)


def numbers_of(tensor: Any) -> np.ndarray | None:
    """Return the numbers of a tensor as an array; None of what is no tensor."""
    if tensor is None or isinstance(tensor, (np.ndarray, int, float, str)):
        return None
    for name in METHODS:
        if callable(getattr(tensor, name, None)):
            return np.asarray(getattr(tensor, name)(), float)
    for name in ATTRIBUTES:
        value = getattr(tensor, name, None)
        value = value() if callable(value) else value
        if isinstance(value, (np.ndarray, float, list)):
            return np.asarray(value, float)
    return None


def gradient_in(tensor: Any) -> Any:
    """Return the gradient that a tensor holds, None where there is none."""
    gradient = getattr(tensor, "grad", None)
    gradient = getattr(tensor, "gradient", None) if gradient is None else gradient
    numbers = numbers_of(gradient)
    return gradient if numbers is None else numbers


def makers_of(cls: type) -> Iterator[Maker]:
    """Yield functions that make the tensors of the framework that an operation belongs to."""
    places = [sys.modules[base.__module__] for base in cls.__mro__[:-1] if base.__module__ in sys.modules]
    roots = {place.__name__.partition(".")[0] for place in places}
    modules = [*places, *(m for name, m in list(sys.modules.items()) if name.partition(".")[0] in roots and m)]
    tried: set[int] = set()
    for name in (*TENSORS, *MAKERS):
        for place in modules:
            thing = vars(place).get(name)
            if not callable(thing) or id(thing) in tried or is_of_a_library(thing):
                continue
            tried.add(id(thing))
            for make in ways_to_make(thing):
                if makes_tensors(make):
                    yield make
                    break


def is_of_a_library(thing: Any) -> bool:
    """Return whether a class or function belongs to PyTorch, TensorFlow or JAX."""
    return getattr(thing, "__module__", "").partition(".")[0] in ("torch", "tensorflow", "jax", "jaxlib")


def ways_to_make(thing: Callable[..., Any]) -> Iterator[Maker]:
    """Yield the ways in which a class or function may make a tensor that is to get a gradient."""
    yield lambda array: thing(np.array(array), requires_grad=True)
    yield lambda array: thing(array.tolist(), requires_grad=True)
    yield lambda array: thing(np.array(array))
    yield lambda array: thing(array.tolist())


def makes_tensors(make: Maker) -> bool:
    """Return whether something makes a tensor of the numbers that it is given, with a backward."""
    try:
        tensor = make(SAMPLE)
        numbers = numbers_of(tensor)
    except Exception:
        return False
    same = numbers is not None and numbers.shape == SAMPLE.shape and np.allclose(numbers, SAMPLE, 1e-6)
    return bool(same) and callable(getattr(tensor, "backward", None))


def own_tensor_functions(cls: type) -> Iterator[OwnTensorFunction]:
    """Yield an operation in the ways in which it may be called on the tensors of its framework."""
    if not callable(getattr(cls, "forward", None)):
        return
    for make in makers_of(cls):
        for way in range(len(WAYS)):
            yield OwnTensorFunction(cls, way, make)
