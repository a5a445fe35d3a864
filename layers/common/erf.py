"""The error function, which NumPy lacks."""

import numpy as np

from layers.common.devices import as_array
from layers.common.dtypes import as_float

NEAR_0 = 0.46875  # up to where Cody's first approximation holds; his second holds up to 4
SATURATED = 6.0  # from where erf is 1 in float64

# Coefficients from the highest power down.
SMALL_P = (
    1.85777706184603153e-1,
    3.16112374387056560e0,
    1.13864154151050156e2,
    3.77485237685302021e2,
    3.20937758913846947e3,
)
SMALL_Q = (1.0, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3)
LARGE_P = (
    2.15311535474403846e-8,
    5.64188496988670089e-1,
    8.88314979438837594e0,
    6.61191906371416295e1,
    2.98635138197400131e2,
    8.81952221241769090e2,
    1.71204761263407058e3,
    2.05107837782607147e3,
    1.23033935479799725e3,
)
LARGE_Q = (
    1.0,
    1.57449261107098347e1,
    1.17693950891312499e2,
    5.37181101862009858e2,
    1.62138957456669019e3,
    3.29079923573345963e3,
    4.36261909014324716e3,
    3.43936767414372164e3,
    1.23033935480374942e3,
)


def erf(x: np.ndarray) -> np.ndarray:
    """Return ``erf(x) = 2 / sqrt(pi)`` times the integral of ``exp(-z^2)`` from 0 to x, element by element.

    With z = abs(x), and quotients of polynomials p / q that were fitted once and for all::

        erf(z) = z p(z^2) / q(z^2)           for z <= 0.46875
        erf(z) = 1 - exp(-z^2) p(z) / q(z)   above, with another p and q

    The second was fitted up to 4. Beyond, where 1 - erf is less than 2e-8, it is more than good enough for erf. The
    relative error is below 1e-15 in float64; float32 is computed in float32, and so is float16.

    Source: W. J. Cody, "Rational Chebyshev Approximations for the Error Function", Mathematics of Computation 23,
    1969, pages 631-637: the coefficients, with n = 4 for the first and n = 8 for the second.

    >>> erf(np.array([-1e30, 0.0, 0.5, 1e30])).round(8)
    array([-1.        ,  0.        ,  0.52049988,  1.        ])
    """
    x = as_float(x)
    z = np.minimum(np.abs(x), SATURATED).astype(np.result_type(x.dtype, np.float32), copy=False)
    square = z * z
    small = z * (polynomial(SMALL_P, square) / polynomial(SMALL_Q, square))
    large = 1 - np.exp(-square) * (polynomial(LARGE_P, z) / polynomial(LARGE_Q, z))
    near = (z <= NEAR_0).astype(z.dtype)
    return np.copysign(near * small + (1 - near) * large, x).astype(x.dtype, copy=False)


def polynomial(coefficients: tuple[float, ...], x: np.ndarray) -> np.ndarray:
    """Return the polynomial's values by Horner's rule, in one array that is changed in place.

    >>> polynomial((1.0, 2.0, 3.0), np.array([10.0]))
    array([123.])
    """
    highest, second, *others = coefficients
    y = as_array(highest * x + second)
    for coefficient in others:
        y *= x
        y += coefficient
    return y
