"""Operations on the tensors of a framework that somebody built: ``Multiply.apply(a, b)``, then ``out.backward()``."""

import inspect
import sys
from collections.abc import Callable, Iterator
from functools import partial
from types import SimpleNamespace
from typing import Any

import numpy as np

from gradients.calling.calls import Calls, of_names, without
from gradients.calling.scenes import D, N
from gradients.measuring.held_arrays import Hidden
from gradients.other_arrays.scalar_values import SWITCHES
from language import _

TENSORS = ("Tensor", "Variable")
MAKERS = ("tensor", "make_tensor")
# Where a tensor has its numbers: methods, then attributes.
METHODS = ("numpy", "to_numpy", "toarray", "realize_cached_data", "asnumpy", "get_data")
ATTRIBUTES = ("data", "_data", "array", "value", "cached_data", "arr", "values")
SHAPES = ("shape", "new_shape", "target_shape", "dims", "axes", "order")
SAMPLE = np.array([[0.5, -0.25, 1.5], [2.0, 0.75, -1.0]])  # exact in single precision too

# What a backward raises that was given a tensor for an array, or an array for a tensor.
UNSUITABLE = (TypeError, AttributeError, AssertionError, NotImplementedError)

Maker = Callable[[np.ndarray], Any]
Operation = Callable[[list[Any]], Any]


class OwnTensorFunction(Calls):
    """An operation on somebody's tensors in the shape of a layer on arrays.

    Parameters
    ----------
    name : str
    operation : callable
        Gives the output for a list of tensors.
    make : callable
        Makes a tensor that is to get a gradient.
    signature : Signature
        The operation's arguments.
    """

    may_want_other_tensors = True  # such as a list of them: where no gradient arrives at all, nothing is said

    def __init__(self, name: str, operation: Operation, make: Maker, signature: inspect.Signature) -> None:
        super().__init__(name)
        self.operation, self.make = operation, make
        self.tape = Tape()
        self.signatures = signature, of_names("dout")

    def __deepcopy__(self, memo: dict[int, Any]) -> "OwnTensorFunction":
        return OwnTensorFunction(self.names, self.operation, self.make, self.signatures[0])

    def call_forward(self, *arrays: Any) -> Any:
        """Return the numbers of the output."""
        self.tape.arrays = arrays
        numbers = numbers_of(self.play())
        if numbers is None:
            raise TypeError(
                _("a tensor was expected, {names} gave {kind}", names=self.names, kind=type(self.tape.output).__name__)
            )
        return np.array(numbers, float)

    def play(self) -> Any:
        """Return the output of the operation on new tensors."""
        names = [*self.signatures[0].parameters, *[""] * len(self.tape.arrays)]
        self.tape.leaves = [self.leaf(name, x) for name, x in zip(names, self.tape.arrays, strict=False)]
        self.tape.leaves += self.numbers_behind
        self.tape.output = self.operation(self.tape.leaves)
        return self.tape.output

    def leaf(self, name: str, x: Any) -> Any:
        """Return what stands for an argument: a tensor for an array, the numbers themselves for a shape."""
        if name in SHAPES and np.asarray(x).dtype.kind == "i":
            return tuple(np.asarray(x).tolist())
        return self.make(x) if isinstance(x, np.ndarray) else x

    @property
    def numbers_behind(self) -> list[int]:
        """The numbers of a shape or of axes that are given one after the other, ``forward(a, *dims)``."""
        rest = [p.name for p in self.signatures[0].parameters.values() if p.kind is p.VAR_POSITIONAL]
        return [] if not rest or rest[0] not in SHAPES else [D, N] if "shape" in rest[0] else [0, 1]

    def call_backward(self, dout: Any) -> Any:
        """Return the gradients of the leaves, dout being handed over as a tensor, else as an array, else in a sum.

        Where backward takes none, and nothing can be summed, it is the gradient that the output already has.
        """
        dout = np.asarray(dout, float)
        given = (lambda: self.tape.output.backward(self.make(dout)), lambda: self.play().backward(dout))
        for send in (
            *(given if takes_gradient(self.tape.output.backward) else ()),
            lambda: (self.play() * self.make(dout)).sum().backward(),
            lambda: self.go_on_from(dout),
            lambda: self.go_on_from(self.make(dout)),
        ):
            try:
                send()
                return self.gradients()
            except UNSUITABLE as error:
                problem = error
        raise problem

    def go_on_from(self, gradient: Any) -> None:
        """Give the output its gradient before backward; raise TypeError where backward puts another in its place."""
        output = self.play()
        output.grad = gradient
        output.backward()
        kept = gradient_in(output)
        if kept is not None and not np.array_equal(kept, gradient_in(SimpleNamespace(grad=gradient))):
            raise TypeError(_("backward begins with a gradient of its own"))

    def gradients(self) -> Any:
        """Return the gradients that the leaves hold as arrays."""
        found = tuple(as_array(gradient_in(leaf)) for leaf in self.tape.leaves if numbers_of(leaf) is not None)
        return found[0] if len(found) == 1 else found


class Tape(Hidden):
    """The tensors of the last call."""

    def __init__(self) -> None:
        self.arrays: tuple[Any, ...] = ()
        self.leaves: list[Any] = []
        self.output: Any = None


def arguments_of_forward(cls: Any) -> inspect.Signature:
    """Return the signature of an operation's forward, or of what it hands all to, without object and context."""
    for name in ("forward", "compute", "op", "call", "_forward"):
        signature = without(getattr(cls, name)) if callable(getattr(cls, name, None)) else None
        if signature is not None and not takes_any(signature):
            break
    else:
        return inspect.signature(cls.forward)
    places = [i for i, n in enumerate(signature.parameters) if n in ("self", "ctx", "context")]
    return without(getattr(cls, name), *places)


def takes_any(signature: inspect.Signature) -> bool:
    """Return whether an operation takes any number of tensors, ``*args``; ``*dims`` are numbers behind one."""
    starred = [p.name for p in signature.parameters.values() if p.kind is p.VAR_POSITIONAL]
    return bool(starred) and starred[0] not in SHAPES


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


def takes_gradient(backward: Callable[..., Any]) -> bool:
    """Return whether a tensor's backward takes a gradient: not only switches, as in ``backward(retain_grad=False)``."""
    try:
        first = next(iter(inspect.signature(backward).parameters.values()), None)
    except ValueError:
        return True
    return first is not None and not isinstance(first.default, bool)


def as_array(gradient: Any) -> np.ndarray | None:
    """Return a gradient as an array, None where there is none; raise TypeError where it is made of something else."""
    return None if gradient is None else np.asarray(gradient, float)


def gradient_in(tensor: Any) -> Any:
    """Return the gradient that a tensor holds, None where there is none."""
    gradient = getattr(tensor, "grad", None)
    gradient = getattr(tensor, "gradient", None) if gradient is None else gradient
    numbers = numbers_of(gradient)
    return gradient if numbers is None else numbers


def makers_of(cls: type, with_backward: bool = True) -> Iterator[Maker]:
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
                if makes_tensors(make, with_backward):
                    yield make
                    break


def is_of_a_library(thing: Any) -> bool:
    """Return whether a class or function belongs to PyTorch, TensorFlow or JAX."""
    return getattr(thing, "__module__", "").partition(".")[0] in ("torch", "tensorflow", "jax", "jaxlib")


def ways_to_make(thing: Callable[..., Any]) -> Iterator[Maker]:
    """Yield the ways in which a class or function may make a tensor that is to get a gradient."""
    for switch in SWITCHES:
        yield lambda array, switch=switch: thing(np.array(array), **{switch: True})
        yield lambda array, switch=switch: thing(array.tolist(), **{switch: True})
    yield lambda array: thing(np.array(array))
    yield lambda array: thing(array.tolist())


def makes_tensors(make: Maker, with_backward: bool = True) -> bool:
    """Return whether something makes a tensor of the numbers that it is given, with a backward or at least a grad."""
    try:
        tensor = make(SAMPLE)
        numbers = numbers_of(tensor)
    except Exception:
        return False
    same = numbers is not None and numbers.shape == SAMPLE.shape and np.allclose(numbers, SAMPLE, 1e-6)
    has_gradient = callable(getattr(tensor, "backward", None)) if with_backward else hasattr(tensor, "grad")
    return bool(same) and has_gradient


def own_tensor_functions(cls: type) -> Iterator[OwnTensorFunction]:
    """Yield an operation in the ways in which it may be called on the tensors of its framework."""
    if not callable(getattr(cls, "forward", None)):
        return
    for make in makers_of(cls):
        for way in WAYS:
            yield OwnTensorFunction(cls.__name__, partial(way, cls), make, arguments_of_forward(cls))
