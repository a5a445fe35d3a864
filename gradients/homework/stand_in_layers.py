"""Layers and optimizers of our own, for constructors and containers that are given such."""

from collections.abc import Callable
from typing import Any

import numpy as np

from gradients.calling.scenes import D, M
from gradients.calling.words import direction
from language import _


class StandInPiece:
    """A layer that a container is given: whatever its methods are called, they are a forward and a backward.

    Both may be given more, by place or by name; what comes first counts.
    """

    def forward(self, *given: Any, **named: Any) -> Any:
        """Return the output."""
        return self.there(*given[:1] or list(named.values())[:1])

    def backward(self, *given: Any, **named: Any) -> Any:
        """Return dL/dx; of several arrays, the one that is not x is dout."""
        arrays = [*given, *named.values()]
        x = getattr(self, "x", None)
        others = [a for a in arrays if isinstance(a, np.ndarray) and x is not None and not np.array_equal(a, x)]
        return self.back(*others[:1] or arrays[:1])

    def there(self, x: Any) -> Any:
        """Return the output for x."""
        raise NotImplementedError

    def back(self, dout: Any) -> Any:
        """Return dL/dx."""
        raise NotImplementedError

    __call__ = forward

    def __getattr__(self, name: str) -> Callable[..., Any]:
        kind = "" if name.startswith("__") else direction(name)[0]
        if kind not in ("forth", "back"):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return self.forward if kind == "forth" else self.backward


class Tripled(StandInPiece):
    """y = 3 x, for constructors that are given layers."""

    def there(self, x: Any) -> Any:
        """Return 3 x."""
        return 3 * x

    def back(self, dout: Any) -> Any:
        """Return 3 dout."""
        return 3 * dout


class Linear(StandInPiece):
    """y = x W + b, for containers of layers."""

    def __init__(self, rng: np.random.Generator, inputs: int = D, outputs: int = M) -> None:
        self.W, self.b = 0.5 * rng.standard_normal((inputs, outputs)), rng.standard_normal(outputs)
        self.dW, self.db = np.zeros_like(self.W), np.zeros_like(self.b)
        self.x: Any = None
        self.output: Any = None

    def there(self, x: Any) -> Any:
        """Return x W + b."""
        self.x = x
        self.output = x @ self.W + self.b
        return self.output

    def back(self, dout: Any) -> Any:
        """Return dL/dx, and keep dW and db."""
        require_shape(dout, self.output)
        self.dW, self.db = self.x.T @ dout, np.sum(dout, axis=0)
        return dout @ self.W.T


class Tanh(StandInPiece):
    """y = tanh(x), for containers of layers."""

    def __init__(self) -> None:
        self.x: Any = None
        self.output: Any = None

    def there(self, x: Any) -> Any:
        """Return tanh(x)."""
        self.x = x
        self.output = np.tanh(x)
        return self.output

    def back(self, dout: Any) -> Any:
        """Return dL/dx."""
        require_shape(dout, self.output)
        return dout * (1 - self.output**2)


def require_shape(dout: Any, output: Any) -> None:
    """Raise TypeError where what a backward is given has not the shape of the output, and so is something else."""
    if np.shape(dout) != np.shape(output):
        raise TypeError(
            _(
                "a gradient of shape {expected} was expected, not {given}",
                expected=np.shape(output),
                given=np.shape(dout),
            )
        )


def holds_stand_ins(thing: Any) -> bool:
    """Return whether an object holds one of these layers, by itself or in a list."""
    held = list(getattr(thing, "__dict__", {}).values())
    held += [part for value in held if isinstance(value, (list, tuple)) for part in value]
    return any(isinstance(value, StandInPiece) for value in held)


class Descent:
    """Gradient descent with the learning rate 1, whatever its methods are called.

    Given a parameter and its gradient, they return what the parameter becomes; given a gradient alone, what is to be
    subtracted. What else they are given they leave as it is, so that the gradients stay where backward leaves them.
    """

    def step(self, *given: Any, **named: Any) -> Any:
        """Return the parameter after a step, or the step where no parameter is given."""
        arrays = [value for value in (*given, *named.values()) if isinstance(value, np.ndarray)]
        if len(arrays) == 2 and arrays[0].shape == arrays[1].shape:
            return arrays[0] - arrays[1]
        return arrays[0] if len(arrays) == 1 else None

    __call__ = step

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_") or not any(word in name.lower() for word in ("update", "minimi", "apply", "optimi")):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return self.step


class Normal:
    """Draws weights, whatever its methods are called: they take a shape, or its lengths one by one.

    Parameters
    ----------
    rng : Generator
    in_row : bool
        Whether a vector is drawn as a row, of shape (1, M).
    """

    def __init__(self, rng: np.random.Generator, in_row: bool = False) -> None:
        self.rng, self.in_row = rng, in_row

    def __call__(self, *shape: Any, **named: Any) -> Any:
        """Return normal numbers of a shape."""
        given = [*shape, *named.values()]
        lengths = given[0] if given and isinstance(given[0], (tuple, list)) else given
        lengths = [length for length in lengths if isinstance(length, (int, np.integer))]
        return 0.5 * self.rng.standard_normal([1, *lengths] if self.in_row and len(lengths) == 1 else lengths)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return self.__call__


def slope_of_tanh(x: Any) -> Any:
    """Return the derivative of tanh, for constructors that are given a function and its derivative."""
    return 1 - np.tanh(x) ** 2
