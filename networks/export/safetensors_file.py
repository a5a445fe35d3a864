"""Files in the safetensors format: arrays by name, and texts by name about them. Nothing in them is ever executed."""

import os
from typing import Any, BinaryIO

import numpy as np

from networks.export.extras import package
from networks.files.model_file import ModelFileError


def write_safetensors(file: BinaryIO, arrays: dict[str, np.ndarray], about: dict[str, str]) -> None:
    """Write arrays, and texts about them, to an open file."""
    file.write(package("safetensors.numpy", ".safetensors").save(arrays, about))


def read_safetensors(path: str | os.PathLike[str]) -> tuple[dict[str, np.ndarray], dict[str, str]]:
    """Return the arrays in a file, and the texts about them.

    Raises
    ------
    ModelFileError
        When the file is damaged, or holds numbers that NumPy lacks.
    OSError
        When it cannot be opened.
    ImportError
        When the package safetensors is not installed.
    """
    safetensors = package("safetensors", ".safetensors")
    with open(path, "rb"):
        pass  # whoever cannot open it hears Python's error about it
    try:
        with safetensors.safe_open(path, framework="numpy") as file:
            return {name: tensor(file, name) for name in file.keys()}, file.metadata() or {}  # noqa: SIM118
    except ModelFileError as error:
        raise ModelFileError(f"{path}: {error}") from None
    except Exception as error:  # whatever the first damaged part makes fail
        raise ModelFileError(f"{path} is not a whole safetensors file: {error or type(error).__name__}") from None


def tensor(file: Any, name: str) -> np.ndarray:
    """Return one array of an open file."""
    dtype = file.get_slice(name).get_dtype()
    if dtype.startswith(("BF", "F8", "F4", "F6")):
        raise ModelFileError(
            f"{name} holds {dtype}, which NumPy lacks; save it as float32: module.float().state_dict()"
        )
    return file.get_tensor(name)
