"""Variables that record NumPy's functions too, so that a student's forward can be run on them as it is written."""

from collections.abc import Callable
from typing import Any

import numpy as np

from graph.variable import Variable as Recorded
from language import _
from page.inside.seeing.numpy_functions import FUNCTIONS, UFUNCS, value_of


class NotRecorded(TypeError):
    """Something was done to a Variable that a graph cannot record; the message says what."""


class Variable(Recorded):
    """A :class:`graph.Variable` that NumPy's functions, comparisons and assignments to some elements know, too.

    A comparison gives a plain array: what it decides is constant. An assignment to elements changes no recorded value:
    from then on the name stands for a new one.

    Examples
    --------
    >>> x = Variable([[-1.0, 2.0]])
    >>> y = np.maximum(0, x)
    >>> y.backward([[1.0, 1.0]])
    >>> x.grad
    array([[0., 1.]])
    """

    stands_for: "Variable | None" = None  # after elements of it were assigned to

    def __array_ufunc__(  # type: ignore[override]  # there it refuses them all
        self, ufunc: Any, method: str, *inputs: Any, **named: Any
    ) -> Any:
        """Record one of NumPy's functions element by element."""
        rule = UFUNCS.get(ufunc.__name__) if method == "__call__" else None
        if rule is None or any(value is not None for value in named.values()):
            raise NotRecorded(no_way(f"np.{ufunc.__name__}" + ("" if method == "__call__" else f".{method}")))
        return rule(*inputs)

    def __array_function__(self, function: Callable[..., Any], types: Any, args: Any, named: Any) -> Any:
        """Record one of NumPy's other functions."""
        rule = FUNCTIONS.get(function.__name__)
        if rule is None:
            raise NotRecorded(no_way(f"np.{function.__name__}"))
        return rule(*args, **{name: value for name, value in named.items() if name not in ("dtype", "out")})

    def __array__(self, *args: Any, **named: Any) -> np.ndarray:
        """Refuse to become a plain array, which would forget the graph."""
        raise NotRecorded(_("a Variable cannot be put into a plain array: the graph would end there"))

    def __float__(self) -> float:
        """Refuse to become a plain number."""
        raise NotRecorded(_("a Variable cannot become a plain number: the graph would end there"))

    @staticmethod
    def record(operation: Any, *operands: Any) -> "Variable":
        """Return an operation's output; an operand to whose elements was assigned is what it stands for."""
        recorded = Recorded.record(operation, *(current(operand) for operand in operands))
        output = Variable(recorded.data)
        output.creator = recorded.creator
        return output

    def __setitem__(self, index: Any, value: Any) -> None:
        """Let elements be a constant, or another Variable's elements, from now on."""
        taken = np.zeros(self.shape)
        taken[index] = 1.0
        kept = current(self) * (1 - taken)
        is_zero = not isinstance(value, Recorded) and not np.any(value)
        self.stands_for = kept if is_zero else kept + value * taken

    def copy(self) -> "Variable":
        """Return a name of its own for the same value."""
        twin = Variable(self.data)
        twin.stands_for = current(self)
        return twin

    def astype(self, *args: Any, **named: Any) -> "Variable":
        """Return the same: the graph keeps its dtype."""
        return self.copy()

    def flatten(self) -> "Variable":
        """Return all elements in a row."""
        return self.reshape(-1)

    ravel = flatten

    def dot(self, other: Any) -> "Variable":
        """Return the matrix product."""
        return FUNCTIONS["dot"](self, other)

    def sum(self, axis: Any = None, keepdims: bool = False, **named: Any) -> "Variable":
        """Return the sum; NumPy's dtype is passed over."""
        return super().sum(axis, keepdims)

    def mean(self, axis: Any = None, keepdims: bool = False, **named: Any) -> "Variable":
        """Return the mean."""
        return super().mean(axis, keepdims)

    def max(self, axis: Any = None, keepdims: bool = False, **named: Any) -> "Variable":
        """Return the maximum."""
        return super().max(axis, keepdims)

    def var(self, axis: Any = None, keepdims: bool = False, **named: Any) -> "Variable":
        """Return the variance."""
        return FUNCTIONS["var"](self, axis, keepdims=keepdims)

    def std(self, axis: Any = None, keepdims: bool = False, **named: Any) -> "Variable":
        """Return the standard deviation."""
        return FUNCTIONS["std"](self, axis, keepdims=keepdims)

    @property
    def now(self) -> Any:
        """The value, after assignments to its elements."""
        return current(self).data

    ndim = property(lambda self: np.ndim(self.data))
    size = property(lambda self: np.size(self.data))
    dtype = property(lambda self: np.asarray(self.data).dtype)

    def __len__(self) -> int:
        return len(np.asarray(self.data))

    def __bool__(self) -> bool:
        return bool(self.now)

    def __lt__(self, other: Any) -> Any:
        return self.now < value_of(other)

    def __le__(self, other: Any) -> Any:
        return self.now <= value_of(other)

    def __gt__(self, other: Any) -> Any:
        return self.now > value_of(other)

    def __ge__(self, other: Any) -> Any:
        return self.now >= value_of(other)


def current(value: Any) -> Any:
    """Return what a Variable stands for after assignments to its elements; anything else as it is."""
    while isinstance(value, Variable) and value.stands_for is not None:
        value = value.stands_for
    return value


def no_way(name: str) -> str:
    """Return in words that a function of NumPy is not recorded."""
    return _("{name} has no node in these graphs", name=name)
