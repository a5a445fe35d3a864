"""Gradients by numerical differentiation, and how they compare with those of ``backward``."""

from gradients.comparison import Comparison, compare, relative_error, rounding_noise
from gradients.numerical import numerical_gradient

__all__ = ["Comparison", "compare", "numerical_gradient", "relative_error", "rounding_noise"]
