"""A network as the two files that PyTorch takes: weights, and the source of the module that loads them."""

import errno
import json
import os
from pathlib import Path
from typing import Any

from networks.export.checks import check_exportable, common_dtype
from networks.export.extras import package
from networks.export.pytorch_module import MARK, module_source
from networks.export.pytorch_names import entries, state_dict
from networks.export.pytorch_rules import PYTORCH_RULES
from networks.export.safetensors_file import write_safetensors
from networks.export.shapes import sample_shape
from networks.files.model_file import arrays_of, meta_of
from networks.files.whole_file import whole_file

ABOUT = "chainrule"  # the name of the text about a network among those in a safetensors file


def write_pytorch(
    network: Any, path: str | os.PathLike[str], probabilities: bool, input_shape: tuple[int, ...] | None
) -> None:
    """Write the weights to a safetensors file and the module beside it; arguments as for ``Network.export``."""
    path = Path(path)
    module = path.with_suffix(".py")
    package("safetensors.numpy", ".safetensors")
    if probabilities:
        raise ValueError(
            "probabilities=True is for .onnx, where a file computes one thing; the module that is written beside "
            f"{path.name} gives both: module(x) and module.probabilities(x)"
        )
    check_exportable(network, PYTORCH_RULES, "pytorch_rule")
    shape = sample_shape(network, input_shape)
    common_dtype(network)
    source = module_source(network, path.name, shape)
    check_replaceable(path, module)
    with whole_file(path) as weights_file, whole_file(module) as module_file:
        write_safetensors(weights_file, state_dict(network), {"format": "pt", ABOUT: about(network)})
        module_file.write(source.encode())


def about(network: Any) -> str:
    """Return all that a file must hold besides the weights so that the network can be made of it again, as JSON."""
    places = {entry.ours: [entry.theirs, entry.transposed] for entry in entries(network)}
    in_our_order = {name: places[name] for name in arrays_of(network)}
    return json.dumps({**meta_of(network), "tensors": in_our_order})


def check_replaceable(weights: Path, module: Path) -> None:
    """Raise OSError when one of the two files cannot be replaced, or the module is one that somebody else wrote."""
    for path in (weights, module):
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if module.is_file() and MARK not in module.read_text(encoding="utf-8", errors="replace"):
        raise FileExistsError(f"its module would replace {module}, which export did not write; choose another name")
