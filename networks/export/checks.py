"""What must be true of a network that is written for other programs."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from layers.common.sublayers import all_layers
from networks.export.registry import rule_of
from networks.export.shapes import MADE_OF_OTHERS
from networks.files.model_file import arrays_of
from networks.layer_names import name_layers
from networks.parts import TAKE_ANY_LAYERS

DTYPES = ("float16", "float32", "float64")


def check_exportable(network: Any, rules: dict[type, Any], decorator: str) -> None:
    """Raise unless the network's scores are those of its layers one behind the other, and every layer has a rule.

    Raises
    ------
    ValueError
        When it has a ``predict`` of its own, an object among its layers a ``forward``, or a layer no rule.
    """
    who = type(network).__name__
    if type(network).predict not in TAKE_ANY_LAYERS or "predict" in vars(network):
        raise ValueError(
            f"{who} has a predict of its own, and what is written are its layers, one behind the other; if that is "
            "the same, export Network(network.layers, network.loss_layer)"
        )
    for name, layer in network.layers.items():
        for each in all_layers([layer]):
            if "forward" in getattr(each, "__dict__", {}):
                raise ValueError(
                    f"{name}: this {type(each).__name__} has a forward of its own, not that of its class; what is "
                    "written is what the class does"
                )
    check_rules(network.layers, rules, decorator)


def check_rules(named: Mapping[str, Any], rules: dict[type, Any], decorator: str) -> None:
    """Raise ValueError when a layer has no rule, or one within a layer of ours."""
    for name, layer in named.items():
        if type(layer) in MADE_OF_OTHERS:
            check_rules(
                {f"{name}/{inner}": each for inner, each in name_layers(layer.sublayers).items()}, rules, decorator
            )
        else:
            rule_of(rules, layer, name, decorator)


def common_dtype(network: Any) -> np.dtype:
    """Return the dtype in which a network computes; float32 for one without parameters.

    Raises
    ------
    ValueError
        When its arrays have several dtypes, or one that the formats do not hold.
    """
    dtypes = {array.dtype.name for array in arrays_of(network).values()} or {"float32"}
    if len(dtypes) > 1 or not dtypes <= set(DTYPES):
        raise ValueError(
            f"{type(network).__name__}: its parameters are {' and '.join(sorted(dtypes))}; expected one dtype of "
            f"{', '.join(DTYPES)}, such as network.astype(numpy.float32) has"
        )
    return np.dtype(dtypes.pop())
