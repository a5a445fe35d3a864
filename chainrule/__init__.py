"""A layer-based neural-network toolkit for learning and teaching backpropagation, in NumPy.

::

    from chainrule.layers import Affine, ReLU
    from chainrule.networks import TwoLayerNet
    from chainrule.gradient_check import check_layer

In a clone the same modules have shorter names as well: ``from layers import Affine``.
"""

import os
from importlib import import_module
from typing import Any

__version__ = "0.1.0"
ROOMS = ("layers", "networks", "gradients", "graph", "datasets", "training", "figures", "coursework")
PROGRAMS = ("train", "gradient_check")
MODULES = (*PROGRAMS, "language")  # beside the rooms

if os.path.exists(os.path.join(__path__[0], "clone.py")):  # noqa: PTH110, PTH118 - pathlib takes longer to import
    from chainrule import clone  # beside this file: not in an installed copy, which has all modules in this package

    clone.give_both_names(__name__, (*ROOMS, *MODULES))


def __getattr__(name: str) -> Any:
    if name in ROOMS or name in MODULES:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__} has no attribute {name}")
