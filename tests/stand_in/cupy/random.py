"""CuPy's generators, with other numbers."""

import numpy as np

from .array import asarray


class Philox4x3210:
    """A bit generator, made from a seed that is a whole number; it does not tell its state."""

    def __init__(self, seed=None):
        self.drawn_by = np.random.Generator(np.random.Philox(seed))


class Generator:
    """Draws arrays of its own kind."""

    def __init__(self, bit_generator):
        self.bit_generator = bit_generator

    def random(self, size=None, dtype=np.float64, out=None):
        """Return numbers in [0, 1)."""
        return asarray(np.asarray(self.bit_generator.drawn_by.random(size, dtype)))


def default_rng(seed=None):
    """Return a generator."""
    return Generator(seed if isinstance(seed, Philox4x3210) else Philox4x3210(seed))
