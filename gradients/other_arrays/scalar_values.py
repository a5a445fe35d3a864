"""Values that remember how they were made, and differentiate themselves: ``(a * b).backward()``."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import numpy as np

from gradients.calling.calls import Calls, of_names
from language import _

BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "__add__": lambda a, b: a + b,
    "__mul__": lambda a, b: a * b,
    "__sub__": lambda a, b: a - b,
    "__truediv__": lambda a, b: a / b,
}
SIGNS = {"__add__": "a + b", "__mul__": "a * b", "__sub__": "a - b", "__truediv__": "a / b"}
UNARY = ("tanh", "exp", "relu", "sigmoid", "log", "sin", "cos", "sqrt", "square", "softplus", "abs", "reciprocal")
SWITCHES = ("requires_grad", "autograd", "req_grad", "track_gradient")  # that make a value get a gradient
GRADS = ("grad", "gradient")
TWICE = "c * a + c with c = a * b"


class ValueExpression(Calls):
    """An expression of values in the shape of a layer."""

    def __init__(self, cls: type, text: str, expression: Callable[..., Any], *names: str) -> None:
        super().__init__(f"{cls.__name__}, {text}")
        self.cls, self.expression = cls, expression
        self.leaves: list[Any] = []
        self.result: Any = None
        self.signatures = of_names(*names), of_names("dout")

    def __deepcopy__(self, memo: dict[int, Any]) -> "ValueExpression":
        twin = object.__new__(type(self))
        vars(twin).update(vars(self))
        return twin

    def call_forward(self, *numbers: Any) -> float:
        """Return the expression's value."""
        self.leaves = [leaf(self.cls, float(number)) for number in numbers]
        self.result = self.expression(*self.leaves)
        return float(np.asarray(number_in(self.result)))

    def call_backward(self, dout: float) -> Any:
        """Return the gradients of the leaves."""
        self.result.backward()
        found = tuple(dout * np.asarray(gradient_of(leaf), float) for leaf in self.leaves)
        return found[0] if len(found) == 1 else found


def leaf(cls: type, number: float) -> Any:
    """Return a value that is to get a gradient."""
    for switch in SWITCHES:
        with suppress(TypeError):
            return cls(number, **{switch: True})
    return cls(number)


def number_in(value: Any) -> Any:
    """Return the number that a value holds."""
    return next(getattr(value, name) for name in ("data", "value", "val", "v") if hasattr(value, name))


def gradient_of(value: Any) -> Any:
    """Return the gradient that a value holds."""
    gradient = next(getattr(value, name) for name in GRADS if hasattr(value, name))
    if gradient is None:
        raise TypeError(_("no gradient was left"))
    return number_in(gradient) if isinstance(gradient, type(value)) else gradient


def is_value(cls: type) -> bool:
    """Return whether objects of a class are such values: of a number or array, with a gradient, added or multiplied."""
    if not callable(getattr(cls, "backward", None)) or not ({"__add__", "__mul__"} & vars(cls).keys()):
        return False
    for number in (0.5, np.array(0.5)):
        with suppress(Exception):
            value = cls(number)
            return number_in(value) is not None and any(hasattr(value, name) for name in GRADS)
    return False


def goes_with_numbers(cls: type) -> bool:
    """Return whether numbers can be added or multiplied as objects of a class, and get gradients."""
    name = next((name for name in ("__mul__", "__add__") if name in vars(cls)), "__add__")
    expression = ValueExpression(cls, SIGNS[name], BINARY[name], "a", "b")
    try:
        expression.call_forward(0.5, 0.25)
        return all(np.ndim(gradient) == 0 for gradient in expression.call_backward(1.0))
    except Exception:
        return False


def expressions_of(cls: type) -> Iterator[ValueExpression]:
    """Yield an expression for each operation that a class of values has, and one that uses a value several times."""
    own = vars(cls)
    for name, function in BINARY.items():
        if name in own:
            yield ValueExpression(cls, SIGNS[name], function, "a", "b")
    if "__pow__" in own:
        yield ValueExpression(cls, "a ** 3", lambda a: a**3, "a")
    if "__neg__" in own:
        yield ValueExpression(cls, "-a", lambda a: -a, "a")
    for name in UNARY:
        if callable(own.get(name)):
            yield ValueExpression(cls, f"a.{name}()", lambda a, name=name: getattr(a, name)(), "a")
    if {"__add__", "__mul__"} <= own.keys():
        yield ValueExpression(cls, TWICE, used_twice, "a", "b")


def used_twice(a: Any, b: Any) -> Any:
    """Return an expression in which values are used several times, along ways of different lengths."""
    c = a * b
    return c * a + c
