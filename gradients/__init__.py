"""Gradients by numerical differentiation, how they compare with those of ``backward``, and what is wrong with these."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gradients.checking import check_functions, check_layer
    from gradients.comparison import Comparison, compare, relative_error, rounding_noise
    from gradients.network_checking import check_network
    from gradients.numerical import numerical_gradient
    from gradients.report import ArrayResult, Finding, Report

__all__ = [
    "ArrayResult",
    "Comparison",
    "Finding",
    "Report",
    "check_functions",
    "check_layer",
    "check_network",
    "compare",
    "numerical_gradient",
    "relative_error",
    "rounding_noise",
]

# Imported when they are asked for: a network imports this package too, and does not check anything; a file's process
# is started before anything else is imported.
LATER = {
    "check_functions": "checking",
    "check_layer": "checking",
    "check_network": "network_checking",
    "Comparison": "comparison",
    "compare": "comparison",
    "relative_error": "comparison",
    "rounding_noise": "comparison",
    "numerical_gradient": "numerical",
    "ArrayResult": "report",
    "Finding": "report",
    "Report": "report",
}


def __getattr__(name: str) -> Any:
    if name not in LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{LATER[name]}"), name)
