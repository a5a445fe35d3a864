"""A network of ours, made of a safetensors file."""

import json
import os
from typing import Any

import numpy as np

from networks.export.pytorch_files import ABOUT
from networks.export.pytorch_names import COUNTS
from networks.export.safetensors_file import read_safetensors
from networks.files.model_file import ModelFileError, check_meta, rebuild
from networks.network import Network

INSTEAD = "load_state_dict(path)"


def from_safetensors(path: str | os.PathLike[str]) -> Network:
    """Return the network in a safetensors file that ``Network.export`` has written, or the module beside it.

    Parameters
    ----------
    path : path

    Raises
    ------
    ModelFileError
        When the file is damaged, or does not say what network its weights are those of.
    OSError
        When it cannot be opened.
    ImportError
        When the package safetensors is not installed.
    """
    tensors, texts = read_safetensors(path)
    if ABOUT not in texts:
        raise ModelFileError(
            f"{path} does not say what network its weights are those of; build the network yourself and call its "
            f"{INSTEAD}"
        )
    try:
        meta = json.loads(texts[ABOUT])
    except (ValueError, RecursionError) as error:
        raise ModelFileError(f"{path} is not a whole model file: {error or type(error).__name__}") from None
    check_meta(meta, path)
    return rebuild(meta, arrays_in(tensors, meta.get("tensors"), path), Network.known, path, INSTEAD)


def arrays_in(tensors: dict[str, np.ndarray], places: Any, path: str | os.PathLike[str]) -> dict[str, np.ndarray]:
    """Return tensors by our names and in our orientation, from ``places``, ``{"W1": ["Affine1.weight", true]}``."""
    arrays, left = {}, {name for name in tensors if not name.endswith(COUNTS)}
    try:
        for ours, (theirs, transposed) in places.items():
            arrays[ours] = tensors[theirs].T if transposed else tensors[theirs]
            left.discard(theirs)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ModelFileError(f"{path} does not say which of its tensors are those of the network: {error}") from None
    if left:
        raise ModelFileError(f"{path} does not fit: the network has no array of the name {', '.join(sorted(left))}")
    return arrays
