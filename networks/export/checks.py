"""What must be true of a network that is written for other programs."""

from typing import Any

import numpy as np

from networks.export.shapes import Shape
from networks.files.model_file import arrays_of
from networks.parts import TAKE_ANY_LAYERS
from networks.summary import output_shapes

DTYPES = ("float16", "float32", "float64")


def check_exportable(network: Any, shape: Shape) -> None:
    """Raise unless the network's scores are those of its layers one behind the other, for samples of that shape.

    Raises
    ------
    ValueError
        When it has a ``predict`` of its own; and whatever a layer raises that cannot take such samples.
    """
    who = type(network).__name__
    if type(network).predict not in TAKE_ANY_LAYERS or "predict" in vars(network):
        raise ValueError(
            f"{who} has a predict of its own, and what is written are its layers, one behind the other; if that is "
            "the same, export Network(network.layers, network.loss_layer)"
        )
    if None not in shape:
        list(output_shapes(network, shape))


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
