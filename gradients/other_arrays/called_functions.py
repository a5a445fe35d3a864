"""Functions that are called on variables, as those of DeZero: ``Square()(x)`` keeps its inputs for ``backward(gy)``."""

import copy
import inspect
from collections.abc import Iterator
from types import CodeType
from typing import Any

import numpy as np

from gradients.calling.calls import Calls
from gradients.other_arrays.own_tensors import (
    ATTRIBUTES,
    METHODS,
    UNSUITABLE,
    Maker,
    Tape,
    as_array,
    gradient_in,
    makers_of,
    numbers_of,
)
from language import _

INSIDE = {*METHODS, *ATTRIBUTES}  # where a variable has its array


class CalledFunction(Calls):
    """A function on variables in the shape of a layer on arrays.

    Parameters
    ----------
    function : object
        Called with variables, it gives forward their arrays; its backward takes and gives arrays, or variables.
    make : callable
        Makes a variable of an array.
    """

    def __init__(self, function: Any, make: Maker) -> None:
        super().__init__(type(function).__name__)
        self.make = make
        self.tape = Called()
        self.tape.unused = function
        self.signatures = inspect.signature(function.forward), inspect.signature(function.backward)

    def __deepcopy__(self, memo: dict[int, Any]) -> "CalledFunction":
        return CalledFunction(self.tape.unused, self.make)

    def call_forward(self, *arrays: Any) -> Any:
        """Return the arrays of the outputs."""
        tape = self.tape
        tape.function = copy.copy(tape.unused)
        tape.leaves = [self.make(np.asarray(x)) for x in arrays]
        tape.output = tape.function(*tape.leaves)
        outputs = tape.output if isinstance(tape.output, (tuple, list)) else (tape.output,)
        found = tuple(numbers_of(output) for output in outputs)
        if any(numbers is None for numbers in found):
            raise TypeError(
                _(
                    "{names}(...) was expected to give variables, got {kind}",
                    names=self.names,
                    kind=type(outputs[0]).__name__,
                )
            )
        return found[0] if len(found) == 1 else found

    def call_backward(self, *douts: Any) -> Any:
        """Return the gradients of the inputs, dout being what the framework itself hands over."""
        arrays = [np.asarray(dout, float) for dout in douts]
        kinds = [kind] if (kind := self.kind_of_dout()) else ["array", "variable"]
        problem: Exception | None = None
        for kind in kinds:
            try:
                given = self.tape.function.backward(*(a if kind == "array" else self.make(a) for a in arrays))
            except UNSUITABLE as error:
                problem = problem or error
                continue
            return self.gradients(given)
        assert problem is not None
        raise problem

    def gradients(self, given: Any) -> Any:
        """Return the gradients that backward gave, or left in the inputs, as arrays."""
        if given is None:
            given = [gradient_in(leaf) for leaf in self.tape.leaves]
        listed = given if isinstance(given, (tuple, list)) else (given,)
        found = tuple(array if (array := numbers_of(one)) is not None else as_array(one) for one in listed)
        return found[0] if len(found) == 1 else found

    def kind_of_dout(self) -> str:
        """Return whether the framework's own backward hands over an array or a variable; empty where it has none."""
        seen: list[Any] = []
        function = copy.copy(self.tape.unused)

        def backward(*douts: Any) -> None:
            seen.extend(douts)
            raise StopIteration

        try:
            function.backward = backward
            output = function(*self.tape.leaves)
            (output[0] if isinstance(output, (tuple, list)) else output).backward()
        except Exception:
            pass
        given = [dout for dout in seen if dout is not None]
        return "" if not given else "array" if numbers_of(given[0]) is None else "variable"


class Called(Tape):
    """What was called last, and an object that never was."""

    unused: Any = None
    function: Any = None


def is_called_on_variables(cls: type) -> bool:
    """Return whether a class is called on objects whose arrays it hands to its forward."""
    calls = (vars(base)["__call__"] for base in cls.__mro__ if "__call__" in vars(base))
    code = getattr(next(calls, None), "__code__", None)
    names = names_in(code) if code is not None else set()
    return "forward" in names and bool(names & INSIDE) and callable(getattr(cls, "forward", None))


def names_in(code: CodeType) -> set[str]:
    """Return the names that a function uses, those in its comprehensions included."""
    inner = (part for part in code.co_consts if isinstance(part, CodeType))
    return set(code.co_names).union(*map(names_in, inner))


def called_functions(thing: Any) -> Iterator[CalledFunction]:
    """Yield a function that is called on variables, for each kind of them that its framework has."""
    if is_called_on_variables(type(thing)):
        yield from (CalledFunction(thing, make) for make in makers_of(type(thing), with_backward=False))
