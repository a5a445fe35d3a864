"""The loss that a container is given where it wants one: half the squared error, whatever its methods are called."""

from collections.abc import Callable
from typing import Any

import numpy as np


class HalfSquares:
    """1/2 sum (y - t)^2, and its gradient y - t.

    Parameters
    ----------
    is_turned : bool
        Whether its methods are given t before y.
    """

    def __init__(self, is_turned: bool = False) -> None:
        self.is_turned = is_turned

    def value(self, y: Any, t: Any, *more: Any) -> float:
        """Return the loss."""
        return float(0.5 * np.sum((y - t) ** 2))

    def slope(self, y: Any, t: Any, *more: Any) -> Any:
        """Return its gradient with respect to y."""
        return t - y if self.is_turned else y - t

    __call__ = value

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        low = name.lower()
        return self.slope if any(word in low for word in ("back", "grad", "deriv", "prime", "delta")) else self.value
