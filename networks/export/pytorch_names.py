"""The names and the orientation that parameters have in PyTorch, and weights that come from there."""

import keyword
import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from layers import Residual, state_of
from layers.common.devices import put, to_numpy
from layers.common.parameter_names import numbered_parameters
from networks.export.pytorch_rules import PYTORCH_RULES
from networks.export.registry import rule_of
from networks.export.safetensors_file import read_safetensors
from networks.export.shapes import MADE_OF_OTHERS
from networks.files.model_file import ModelFileError, arrays_of, describe_differences
from networks.layer_names import name_layers

COUNTS = ".num_batches_tracked"  # which PyTorch's batch normalisation keeps, and ours does not need
# What a module, or the one that is written for a network, has by other means: no layer can have such a name.
RESERVED = frozenset(
    """self add_module append apply bfloat16 branch buffers call_super_init children compile cpu cuda double
    dump_patches eval extend extra_repr float forward get_buffer get_extra_state get_parameter get_submodule half insert
    ipu load_state_dict loss modules mtia named_buffers named_children named_modules named_parameters parameters
    pop probabilities projection register_backward_hook register_buffer register_forward_hook register_forward_pre_hook
    register_full_backward_hook register_full_backward_pre_hook register_load_state_dict_post_hook
    register_load_state_dict_pre_hook register_module register_parameter register_state_dict_post_hook
    register_state_dict_pre_hook requires_grad_ set_extra_state set_submodule share_memory state_dict to to_empty train
    training type xpu zero_grad""".split()
)


class Entry(NamedTuple):
    """An array of a network: its name in PyTorch, its name here, and whether PyTorch has it the other way round."""

    theirs: str
    ours: str
    transposed: bool


def entries(network: Any) -> Iterator[Entry]:
    """Yield the parameters and the state of a network in PyTorch's order: layer by layer."""
    numbers = {id(layer): number for layer, _, number in numbered_parameters(network.layers.values())}
    for place, layer in leaves(network.layers):
        for part, params, number_within in numbered_parameters([layer]):
            rule = rule_of(PYTORCH_RULES, layer, place, "pytorch_rule")
            for key in (*params, *state_of(part)):
                within = key if part is layer else f"{key}{number_within}"  # of a layer of one's own made of others
                theirs = f"{place}.{rule.names.get(within, within)}"
                yield Entry(theirs, f"{key}{numbers[id(part)]}", within in rule.transposed)


def leaves(named: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the layers that are not made of others, with the names under which a PyTorch module has them.

    >>> from layers import ReLU, Sequence
    >>> [name for name, _ in leaves({"first": ReLU(), "others": Sequence(ReLU(), Residual(ReLU()))})]
    ['first', 'others.ReLU1', 'others.Residual1.branch.ReLU1']
    """
    for name, layer in module_names(named).items():
        yield from leaves_of(f"{prefix}{name}", layer)


def leaves_of(place: str, layer: Any) -> Iterator[tuple[str, Any]]:
    """Yield the layers that a layer of that name is made of, or itself."""
    if type(layer) not in MADE_OF_OTHERS:
        yield place, layer
        return
    yield from leaves(name_layers(layer.layers), f"{place}.branch." if type(layer) is Residual else f"{place}.")
    if getattr(layer, "projection", None) is not None:
        yield from leaves_of(f"{place}.projection", layer.projection)


def module_names(named: Mapping[str, Any]) -> dict[str, Any]:
    """Return layers by names that a PyTorch module can have: their own, wherever Python and PyTorch allow it.

    >>> list(module_names({"conv 1": 0, "conv.1": 0, "2": 0, "forward": 0, "relu": 0}))
    ['conv_1', 'conv_1_2', 'layer_2', 'forward_', 'relu']
    """
    found: dict[str, Any] = {}
    for name, layer in named.items():
        module_name = wanted = identifier(str(name))
        count = 1
        while module_name in found:
            count += 1
            module_name = f"{wanted}_{count}"
        found[module_name] = layer
    return found


def identifier(name: str) -> str:
    """Return a name as Python and PyTorch allow it."""
    name = re.sub(r"\W", "_", unicodedata.normalize("NFKC", name))  # in which Python reads names
    if not name.isidentifier() or name.startswith("_"):
        name = f"layer_{name}".rstrip("_")
    return f"{name}_" if keyword.iskeyword(name) or name in RESERVED else name


def state_dict(network: Any) -> dict[str, np.ndarray]:
    """Return copies of a network's arrays as PyTorch has them."""
    arrays = {name: to_numpy(array) for name, array in arrays_of(network).items()}
    return {
        theirs: np.array(arrays[ours].T if transposed else arrays[ours], order="C")
        for theirs, ours, transposed in entries(network)
    }


def load_state_dict(network: Any, state: str | os.PathLike[str] | Mapping[str, Any]) -> None:
    """Copy the weights of a PyTorch module, or of a file, into a network."""
    if isinstance(state, Mapping):
        source, tensors = "the state", {name: as_array(name, tensor) for name, tensor in state.items()}
    else:
        source, tensors = str(state), read_safetensors(state)[0]
    arrays, found = arrays_of(network), list(entries(network))
    expected = {theirs: arrays[ours].shape[:: -1 if turned else 1] for theirs, ours, turned in found}
    for name, array in by_our_names(tensors, found, expected, source).items():
        put(arrays[name], array)


def by_our_names(
    tensors: Mapping[str, np.ndarray], found: list[Entry], expected: Mapping[str, tuple[int, ...]], source: str
) -> dict[str, np.ndarray]:
    """Return tensors by our names and in our orientation.

    Raises
    ------
    ModelFileError
        When names or shapes are not those that are expected, or a tensor does not hold floats.
    """
    came = {name: tensor.shape for name, tensor in tensors.items() if not name.endswith(COUNTS)}
    if came != expected:
        raise ModelFileError(f"{source} does not fit: {describe_differences(came, expected)}")
    for name in expected:
        if tensors[name].dtype.kind != "f":
            raise ModelFileError(f"{source}: {name} must hold floats, it holds {tensors[name].dtype}")
    return {ours: tensors[theirs].T if transposed else tensors[theirs] for theirs, ours, transposed in found}


def as_array(name: str, tensor: Any) -> np.ndarray:
    """Return an array, or a tensor of PyTorch as an array."""
    try:
        return np.asarray(tensor.detach().cpu() if hasattr(tensor, "detach") else tensor)
    except TypeError as error:  # bfloat16, which NumPy lacks
        raise ModelFileError(f"{name} cannot be read as an array: {error}") from None
