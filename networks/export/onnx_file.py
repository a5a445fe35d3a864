"""A network as an ONNX file."""

import os
from typing import Any

from networks.export.checks import check_exportable, common_dtype
from networks.export.extras import package
from networks.export.onnx_graph import OPSET, OnnxGraph
from networks.export.onnx_rules import ONNX_RULES
from networks.export.shapes import Shape, sample_shape
from networks.files.model_file import arrays_of
from networks.files.whole_file import whole_file

IR_VERSION = 8  # of the time of the opset
AXES_OF_IMAGES = "CHW"
INPUT, SCORES, PROBABILITIES = "x", "scores", "probabilities"


def write_onnx(
    network: Any, path: str | os.PathLike[str], probabilities: bool, input_shape: tuple[int, ...] | None
) -> None:
    """Write the network to an ONNX file; arguments as for ``Network.export``."""
    model = onnx_model(network, probabilities, input_shape)
    with whole_file(path) as file:
        file.write(model.SerializeToString())


def onnx_model(network: Any, probabilities: bool = False, input_shape: tuple[int, ...] | None = None) -> Any:
    """Return the network as an ``onnx.ModelProto``, which has passed ONNX's own full check.

    Its input ``x`` has the shape ``(N, ...)`` with any batch size N, its output is called ``scores`` or
    ``probabilities``. The nodes have the names of the layers, the arrays those of the parameters.

    Raises
    ------
    ValueError
        When a layer has no rule, the network has a ``predict`` of its own, nobody knows what it takes, or a rule makes
        a graph that does not pass the check.
    ImportError
        When the package onnx is not installed.
    """
    onnx = package("onnx", ".onnx")
    check_exportable(network, ONNX_RULES, "onnx_rule")
    shape = sample_shape(network, input_shape)
    output = PROBABILITIES if probabilities else SCORES
    graph = OnnxGraph(onnx, common_dtype(network), arrays_of(network), reserved=(INPUT, output))
    graph.axes[INPUT] = 1 + len(shape)
    y = graph.layers(network.layers, INPUT)
    if probabilities:
        y = graph.layer(type(network.loss_layer).__name__, network.loss_layer, y)
    graph.rename(graph.node("Identity", y) if y == INPUT else y, output)
    return checked(onnx, assembled(graph, type(network).__name__, shape, output), network)


def assembled(graph: OnnxGraph, name: str, shape: Shape, output: str) -> Any:
    """Return the model of a graph that is complete."""
    helper = graph.onnx.helper
    dtype = helper.np_dtype_to_tensor_dtype(graph.dtype)
    free = AXES_OF_IMAGES if len(shape) == len(AXES_OF_IMAGES) else [f"D{axis}" for axis in range(len(shape))]
    lengths = ["N", *(letter if length is None else length for length, letter in zip(shape, free, strict=True))]
    return helper.make_model(
        helper.make_graph(
            graph.nodes,
            name,
            [helper.make_tensor_value_info(INPUT, dtype, lengths)],
            [helper.make_tensor_value_info(output, dtype, None)],
            graph.initializers,
        ),
        producer_name="chainrule",
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
    )


def checked(onnx: Any, model: Any, network: Any) -> Any:
    """Return the model with the shapes of all values, which a viewer shows, after ONNX's full check."""
    try:
        model = onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True)
        onnx.checker.check_model(model, full_check=True)
    except (onnx.checker.ValidationError, onnx.shape_inference.InferenceError) as error:
        raise ValueError(
            f"{type(network).__name__}: what the rules of its layers make is no valid ONNX graph: {error}"
        ) from None
    return model
