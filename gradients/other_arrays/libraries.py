"""Libraries that a student's file may have loaded."""

import sys
from types import ModuleType


def library(name: str) -> ModuleType | None:
    """Return a library that is loaded, None where it is not, or only stood for because it is not installed."""
    module = sys.modules.get(name)
    return module if getattr(module, "__file__", None) else None
