"""Toy data: points in the plane that no straight line separates, and a curve to fit.

The points of each class stand at equal steps along its line, so that without noise the data are the formula
alone. Noise is normal, with the standard deviation ``noise``, and moves points, never labels. The classes
differ in size by one at most, and the order is shuffled.

Parameters that all five functions take, besides ``classes`` of the spiral:

samples : int
    N, the number of samples of all classes together, at least 1.
noise : float
    The standard deviation of the noise, at least 0.
seed : int or numpy.random.Generator
    The same integer gives the same bits. A generator goes on from where it is.

Each raises ValueError for a number out of its range, TypeError for a seed that is neither.
"""

import math

import numpy as np

from datasets.arrange import Pair
from datasets.minibatches import require_whole

Seed = int | np.random.Generator


def spiral(samples: int = 300, noise: float = 0.02, seed: Seed = 0, classes: int = 3) -> Pair:
    """Return arms that wind around the origin, one a class.

    ::

        angle = 2 pi k / classes + 4 r    for class k, the radius r in (0, 1)
        x     = (r cos(angle), r sin(angle))

    Returns
    -------
    x, t : (N, 2) float32 and (N,) int64

    Examples
    --------
    >>> x, t = spiral(7)
    >>> x.shape, np.bincount(t)
    ((7, 2), array([3, 2, 2]))
    """
    rng = generator("spiral", samples, noise, seed)
    require_whole("spiral: classes", classes, at_least=2)
    k, r = places(samples, classes)
    return shuffled(moved(polar(r, 2 * np.pi * k / classes + 4 * r), noise, rng), k, rng)


def moons(samples: int = 200, noise: float = 0.1, seed: Seed = 0) -> Pair:
    """Return two half circles, each with its end inside the other.

    ::

        class 0:  x = (cos(angle), sin(angle))              angle in (0, pi)
        class 1:  x = (1 - cos(angle), 1/2 - sin(angle))

    Returns
    -------
    x, t : (N, 2) float32 and (N,) int64

    Examples
    --------
    >>> x, t = moons(5)
    >>> x.shape, np.bincount(t)
    ((5, 2), array([3, 2]))
    """
    rng = generator("moons", samples, noise, seed)
    k, place = places(samples, classes=2)
    upper = polar(1, np.pi * place)
    x = np.where(k[:, np.newaxis] == 0, upper, np.array([1, 0.5]) - upper)
    return shuffled(moved(x, noise, rng), k, rng)


def circles(samples: int = 200, noise: float = 0.05, seed: Seed = 0) -> Pair:
    """Return a circle of radius 1, class 0, and one of radius 1/2 within it, class 1.

    ::

        x = (r cos(angle), r sin(angle))    r = 1 or 1/2, the angle in (0, 2 pi)

    Returns
    -------
    x, t : (N, 2) float32 and (N,) int64

    Examples
    --------
    >>> x, t = circles(4, noise=0)
    >>> radius = np.hypot(*x.T)
    >>> print(radius[t == 0], radius[t == 1])
    [1. 1.] [0.5 0.5]
    """
    rng = generator("circles", samples, noise, seed)
    k, place = places(samples, classes=2)
    return shuffled(moved(polar(np.where(k == 0, 1, 0.5), 2 * np.pi * place), noise, rng), k, rng)


def xor(samples: int = 200, noise: float = 0.1, seed: Seed = 0) -> Pair:
    """Return points of the square from -1 to 1, in class 1 where exactly one of the coordinates is positive.

    ::

        t = (x_1 > 0) xor (x_2 > 0)    before the noise

    What a network without a hidden layer cannot learn. The four quadrants hold equally many points, but for one.

    Source: M. Minsky, S. Papert, "Perceptrons", 1969.

    Returns
    -------
    x, t : (N, 2) float32 and (N,) int64

    Examples
    --------
    >>> x, t = xor(100, noise=0)
    >>> print(np.all(t == (x[:, 0] > 0) ^ (x[:, 1] > 0)))
    True
    """
    rng = generator("xor", samples, noise, seed)
    quadrant, _ = places(samples, classes=4)
    signs = np.array([[1, 1], [1, -1], [-1, -1], [-1, 1]])
    x = signs[quadrant] * (1 - rng.random((samples, 2)))  # random() is 0 at times and never 1
    return shuffled(moved(x, noise, rng), quadrant % 2, rng)


def curve(samples: int = 100, noise: float = 0.1, seed: Seed = 0) -> Pair:
    """Return one wave of the sine, for regression.

    ::

        t = sin(2 pi x) + noise    x in (0, 1)

    Source: C. Bishop, "Pattern Recognition and Machine Learning", 2006, section 1.1.

    Returns
    -------
    x, t : (N, 1) and (N, 1), float32

    Examples
    --------
    >>> x, t = curve(4, noise=0)
    >>> order = x[:, 0].argsort()
    >>> print(x[order, 0], t[order, 0].round(3))
    [0.125 0.375 0.625 0.875] [ 0.707  0.707 -0.707 -0.707]
    """
    rng = generator("curve", samples, noise, seed)
    x = places(samples, classes=1)[1][:, np.newaxis]
    return shuffled(x, moved(np.sin(2 * np.pi * x), noise, rng).astype(np.float32), rng)


def places(samples: int, classes: int) -> tuple[np.ndarray, np.ndarray]:
    """Return each sample's class, and its place along the class's line: (j + 1/2) / n for sample j of n.

    >>> places(5, classes=2)
    (array([0, 1, 0, 1, 0]), array([0.16666667, 0.25      , 0.5       , 0.75      , 0.83333333]))
    """
    number = np.arange(samples, dtype=np.int64)
    k = number % classes
    return k, (number // classes + 0.5) / np.bincount(k)[k]


def polar(radius: float | np.ndarray, angle: np.ndarray) -> np.ndarray:
    """Return the points (N, 2) of these polar coordinates."""
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


def moved(x: np.ndarray, noise: float, rng: np.random.Generator) -> np.ndarray:
    """Return x with normal noise of that standard deviation added."""
    return x + noise * rng.standard_normal(x.shape)


def shuffled(x: np.ndarray, t: np.ndarray, rng: np.random.Generator) -> Pair:
    """Return the samples in random order, x in float32."""
    order = rng.permutation(len(x))
    return x[order].astype(np.float32), t[order]


def generator(name: str, samples: int, noise: float, seed: Seed) -> np.random.Generator:
    """Return the source of the randomness, after a check of what all five functions take."""
    require_whole(f"{name}: samples", samples, at_least=1)
    if not isinstance(noise, (int, float, np.integer, np.floating)) or not (math.isfinite(noise) and noise >= 0):
        raise ValueError(f"{name}: noise must be a number of at least 0, got {noise!r}")
    if isinstance(seed, np.random.Generator):
        return seed
    if isinstance(seed, bool) or not isinstance(seed, (int, np.integer)):
        raise TypeError(f"{name}: seed must be an integer or a numpy.random.Generator, got {seed!r}")
    require_whole(f"{name}: seed", seed, at_least=0)
    return np.random.default_rng(seed)


TOYS = {"spiral": spiral, "moons": moons, "circles": circles, "xor": xor, "curve": curve}
