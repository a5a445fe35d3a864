"""Two gradients side by side: the one of ``backward`` and the one of numerical differentiation."""

from dataclasses import dataclass

import numpy as np

from gradients.columns import left, right
from language import _

TOLERANCE = 1e-5
NOISE = 1e-10


@dataclass(frozen=True)
class Comparison:
    """How far two gradients of one array are apart.

    Attributes
    ----------
    name : str
        The array whose gradient it is, such as "W1".
    shape : tuple of int
    mean_absolute_difference : float
        The mean of abs(analytic - numerical), as *Deep Learning from Scratch* prints it.
    max_relative_error : float
        The largest :func:`relative_error`, in which differences within the noise stay below the tolerance.
    worst_index : tuple of int
        Where that is.
    ok : bool
        True when it is within the tolerance.
    """

    name: str
    shape: tuple[int, ...]
    mean_absolute_difference: float
    max_relative_error: float
    worst_index: tuple[int, ...]
    ok: bool


def compare(
    name: str, analytic: np.ndarray, numerical: np.ndarray, tolerance: float = TOLERANCE, noise: float = NOISE
) -> Comparison:
    """Compare two gradients of the array ``name``.

    Parameters
    ----------
    name : str
    analytic, numerical : ndarray, the same shape
        The gradient of ``backward`` and that of numerical differentiation.
    tolerance : float
        The largest relative error that still counts as equal. A right gradient reaches 1e-7 in float64; a
        mistake is seldom smaller than 1e-2.
    noise : float
        The largest difference that rounding alone explains, and that so counts as equal in any element; see
        :func:`rounding_noise`.

    Raises
    ------
    ValueError
        When the shapes differ, or there is nothing to compare.

    Examples
    --------
    >>> comparison = compare("W", np.array([1.0, 2.0]), np.array([1.0, 2.5]))
    >>> print(comparison.ok, comparison.max_relative_error, comparison.worst_index)
    False 0.2 (1,)
    """
    if analytic is None:
        raise ValueError(
            _(
                "{name}: backward left no gradient (None), expected an array of shape {shape}",
                name=name,
                shape=numerical.shape,
            )
        )
    analytic = np.asarray(analytic)
    if analytic.shape != numerical.shape:
        raise ValueError(
            _(
                "{name}: backward gave a gradient of shape {given}, expected {expected}",
                name=name,
                given=analytic.shape,
                expected=numerical.shape,
            )
        )
    if analytic.size == 0:
        raise ValueError(
            _("{name}: there is nothing to compare in an array of shape {shape}", name=name, shape=analytic.shape)
        )
    errors = relative_error(analytic, numerical, smallest=noise / tolerance)
    worst = np.unravel_index(errors.argmax(), errors.shape)
    return Comparison(
        name=name,
        shape=analytic.shape,
        mean_absolute_difference=float(np.abs(analytic - numerical).mean()),
        max_relative_error=float(errors[worst]),
        worst_index=tuple(int(i) for i in worst),
        ok=bool(errors[worst] <= tolerance),
    )


def comparison_table(comparisons: list[Comparison]) -> str:
    """Return a row for each array: how far its two gradients are apart, and the verdict."""
    numbers = right(_("mean abs. difference"), 22) + right(_("largest rel. error"), 20)
    head = f"{left(_('parameter'), 11)}{left(_('shape'), 12)}{numbers}  {_('verdict')}"
    rows = [
        f"{c.name:<11}{c.shape!s:<12}{c.mean_absolute_difference:>22.2e}{c.max_relative_error:>20.2e}  {verdict(c)}"
        for c in comparisons
    ]
    return "\n".join([head, *rows])


def verdict(comparison: Comparison) -> str:
    """Return the verdict in words."""
    return _("agree") if comparison.ok else _("DIFFER, most at {place}", place=list(comparison.worst_index))


def rounding_noise(value: float, h: float = 1e-5) -> float:
    """Return how far central differences of f are off by rounding alone, in float64, where f has that value.

    f is known to some units in its last place, and what is left of that is divided by the step::

        4 eps max(1, abs(f)) / h

    >>> f"{rounding_noise(2.3):.0e}"
    '2e-10'
    """
    return 4 * np.finfo(float).eps * max(1.0, abs(value)) / h


def relative_error(analytic: np.ndarray, numerical: np.ndarray, smallest: float = 0.0) -> np.ndarray:
    """Return the relative error of each element, where a value that is not finite counts as infinitely wrong.

    ::

        abs(a - n) / max(abs(a), abs(n), smallest)

    Two zeros are equal. Numerical differentiation is off by about the same amount in every element, however small
    that is, so an element below ``smallest`` is measured against ``smallest`` instead of against itself.

    >>> relative_error(np.array([0.0, 1.0]), np.array([0.0, 1.1])).round(3)
    array([0.   , 0.091])
    """
    magnitude = np.maximum(np.abs(analytic), np.abs(numerical))
    scale = np.maximum(magnitude, smallest)
    with np.errstate(invalid="ignore"):
        errors = np.abs(analytic - numerical) / np.where(scale == 0, 1, scale)
    return np.where(np.isfinite(magnitude), errors, np.inf)
