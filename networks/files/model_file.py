"""Model files: a network in a ``.npz``, without anything that could run code when it is read.

The file holds every parameter, and every array of the layers' state, under its name, and ``meta``, a JSON text::

    {"format": "chainrule model", "version": 1, "network": "TwoLayerNet", "arguments": {...}, "layers": {...}}

The arguments are those of the network's constructor. A network that does not keep them (``arguments`` is null) is put
together again from its layers, which are described under ``layers`` (:mod:`networks.files.description`).
"""

import inspect
import math
import os
from collections.abc import Mapping
from typing import Any

import numpy as np

from layers.common.devices import put, to_numpy
from networks.files.archive import read_archive, write_archive
from networks.files.description import build, describe_layers
from networks.files.whole_file import whole_file

Network = Any  # a networks.Network, which imports this module

FORMAT, VERSION = "chainrule model", 1
BUILDING_ERRORS = (
    ArithmeticError,
    AttributeError,
    KeyError,
    MemoryError,
    RecursionError,
    StopIteration,
    TypeError,
    ValueError,
)
PROJECT = __name__.removesuffix("files.model_file")  # what the names of our own networks' modules begin with
MOST_NAMED = 5


class ModelFileError(ValueError):
    """A model file is damaged, of another format or version, or does not fit the network."""


def save(network: Network, path: str | os.PathLike[str]) -> None:
    """Write the network to the file, whole or not at all."""
    with whole_file(path) as file:
        arrays = {name: to_numpy(array) for name, array in arrays_of(network).items()}
        write_archive(file, meta_of(network), arrays)


def meta_of(network: Network) -> dict[str, Any]:
    """Return what a file must hold besides the arrays, so that the network can be built again."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "network": type(network).__name__,
        "arguments": network.arguments,
        "layers": describe_layers(network),
    }


def arrays_of(network: Network) -> dict[str, np.ndarray]:
    """Return a network's parameters, and behind them its state."""
    return {**network.params, **network.state}


def load(path: str | os.PathLike[str], classes: dict[str, type]) -> Network:
    """Return the network in the file, built by the class among ``classes`` that its name says."""
    return rebuild(*read(path), classes, path, instead="load_params(path)")


def rebuild(
    meta: dict[str, Any],
    arrays: dict[str, np.ndarray],
    classes: dict[str, type],
    path: str | os.PathLike[str],
    instead: str,
) -> Network:
    """Return the network of a file's meta data and arrays; ``instead`` is the call that needs the arrays alone."""
    name, arguments = meta.get("network"), meta.get("arguments")
    if not isinstance(name, str) or name not in classes:
        raise ModelFileError(f"{path} holds a network {name!r}, expected one of {', '.join(classes)}")
    try:
        if arguments is None:
            network = network_of_layers(classes[name], meta.get("layers"), arrays)
        else:
            check_extent(classes[name], arguments, arrays)
            network = construct(classes[name], arguments)
    except BUILDING_ERRORS as error:
        raise ModelFileError(
            f"{path}: cannot build a {name} from the file: {error or type(error).__name__}; "
            f"build the network yourself and call its {instead}"
        ) from None
    return with_arrays(network, arrays, path)


def load_params(network: Network, path: str | os.PathLike[str]) -> None:
    """Copy the parameters and the state in the file into the network."""
    _, arrays = read(path)
    check_arrays(network, arrays, path)
    for name, array in arrays_of(network).items():
        put(array, arrays[name])


def read(path: str | os.PathLike[str]) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Return the meta data and the arrays of a model file."""
    try:
        with open(path, "rb") as file:
            meta, arrays = read_archive(file, os.fstat(file.fileno()).st_size)
    except (FileNotFoundError, IsADirectoryError, PermissionError):
        raise
    except Exception as error:  # a damaged archive raises whatever its first damaged part makes fail
        raise ModelFileError(f"{path} is not a whole model file: {error or type(error).__name__}") from None
    check_meta(meta, path)
    return meta, arrays


def check_meta(meta: Any, path: str | os.PathLike[str]) -> None:
    """Raise ModelFileError unless the meta data are those of a model file that this program reads."""
    if not isinstance(meta, dict) or meta.get("format") != FORMAT:
        raise ModelFileError(f"{path} is not a model file: its metadata lacks the format {FORMAT!r}")
    if meta.get("version") != VERSION:
        raise ModelFileError(f"{path} has format version {meta.get('version')!r}, this program reads {VERSION}")


def with_arrays(network: Network, arrays: dict[str, np.ndarray], path: str | os.PathLike[str]) -> Network:
    """Return the network with the arrays as its parameters and its state, in the arrays' dtype."""
    check_arrays(network, arrays, path)
    dtype = np.result_type(*arrays.values()) if arrays else np.dtype(np.float32)
    network = network.astype(dtype)
    for name, array in arrays_of(network).items():
        put(array, arrays[name])
    return network


def check_arrays(network: Network, arrays: dict[str, np.ndarray], path: str | os.PathLike[str]) -> None:
    """Raise ModelFileError unless the arrays have the names and shapes of the network's own."""
    expected = {name: array.shape for name, array in arrays_of(network).items()}
    came = {name: array.shape for name, array in arrays.items()}
    if came != expected:
        raise ModelFileError(f"{path} does not fit: {describe_differences(came, expected)}")
    for name, array in arrays.items():
        if array.dtype.kind != "f":
            raise ModelFileError(f"{path}: {name} must hold floats, it holds {array.dtype}")


def describe_differences(came: Mapping[str, tuple[int, ...]], expected: Mapping[str, tuple[int, ...]]) -> str:
    """Return in words how the arrays of a file differ from those of the network, the first few of them."""
    names = [name for name in {**expected, **came} if came.get(name) != expected.get(name)]
    said = [f"{n} is {came.get(n, 'not there')}, expected {expected.get(n, 'no array of that name')}" for n in names]
    if not said:
        return "its arrays are in a different order"
    return ", ".join(said[:MOST_NAMED]) + (f" and {len(said) - MOST_NAMED} more" if len(said) > MOST_NAMED else "")


def check_extent(cls: type, arguments: dict[str, Any], arrays: dict[str, np.ndarray]) -> None:
    """Raise ValueError when the arguments of a ready-made network ask for more than there is in the file.

    Otherwise a few wrong numbers in a small file would cost much time and memory before they are noticed.
    """
    if not cls.__module__.startswith(PROJECT):
        return
    sizes = {name: value for name, value in arguments.items() if name not in ("seed", "weight_init_std")}
    lists = [value for value in sizes.values() if isinstance(value, list)]
    repeated = sizes.get("blocks", 1)
    numbers = [v for value in sizes.values() for v in (value if isinstance(value, list) else [value])]
    largest = max((v for v in numbers if isinstance(v, (int, float))), default=0)
    elements = sum(math.prod(array.shape) for array in arrays.values())
    too_many = any(len(value) * (repeated if isinstance(repeated, int) else 1) > max(len(arrays), 3) for value in lists)
    if too_many or largest > max(elements, 100):
        raise ValueError("its arguments ask for more than its arrays hold")


def construct(cls: type, arguments: dict[str, Any]) -> Network:
    """Return a network from its constructor's arguments, its weights not yet filled in.

    Memory that nobody has written to costs nothing: sizes in a damaged or malicious file that are far from those
    of its arrays are noticed before they cost anything.
    """
    takes_weights = "weight_init_std" in inspect.signature(cls).parameters
    weights = {"weight_init_std": uninitialized} if takes_weights else {}
    network = cls(**arguments | weights)
    network.arguments = arguments
    return network


def uninitialized(shape: tuple[int, ...], _: np.random.Generator, dtype: type) -> np.ndarray:
    """Return weights of any values, as an initializer."""
    return np.empty(shape, dtype)


def network_of_layers(cls: Any, described: Any, arrays: dict[str, np.ndarray]) -> Network:
    """Return a network of project layers from their descriptions, with parameters taken in order.

    The class's own constructor, whose arguments nobody kept, is passed over.
    """
    values = iter(arrays.values())
    layers = {name: build(description, values) for name, description in described["layers"].items()}
    return cls.from_layers(layers, build(described["loss_layer"], values))
