"""What a network can do for other programs, and what it takes from them."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from networks.moving import on_cpu

ENDINGS = {".onnx": "ONNX", ".safetensors": "PyTorch's weights, with the module that loads them"}


class Portable:
    """A network that is written for other programs, and that takes weights trained in PyTorch."""

    def export(
        self, path: str | os.PathLike[str], probabilities: bool = False, input_shape: tuple[int, ...] | None = None
    ) -> None:
        """Write the network for other programs, in the form that the path's ending says; whole or not at all.

        ``.onnx`` is read by ONNX Runtime, by viewers, and by many other programs. ``.safetensors`` holds the weights
        under PyTorch's names, and beside it is written ``.py``, the same network as a ``torch.nn.Module`` that loads
        them. In both the layers have their own names (docs/hand-over.md).

        Parameters
        ----------
        path : path
        probabilities : bool
            Whether the ONNX file gives probabilities, the loss layer's, instead of scores.
        input_shape : tuple of int, optional
            The shape of one sample; without it, what the layers and the constructor's arguments tell.

        Raises
        ------
        ValueError
            For another ending, a layer without a rule, a network with a ``predict`` of its own, and an input shape that
            does not fit or is not known.
        ImportError
            When the extra ``export`` is not installed.
        OSError
            When the file cannot be written.
        """
        ending = Path(path).suffix.lower()
        if ending not in ENDINGS:
            known = " or ".join(f"{known} ({what})" for known, what in ENDINGS.items())
            came = f"the ending {ending}" if ending else "no ending"
            raise ValueError(f"{str(path)!r} has {came}, expected {known}")
        try:
            if ending == ".onnx":
                from networks.export.onnx_file import write_onnx

                write_onnx(on_cpu(self), path, probabilities, input_shape)
            else:
                from networks.export.pytorch_files import write_pytorch

                write_pytorch(on_cpu(self), path, probabilities, input_shape)
        except OSError as error:
            raise OSError(f"cannot write {path}: {error.strerror or error}") from None

    def state_dict(self) -> dict[str, np.ndarray]:
        """Return copies of the parameters and the state as PyTorch has them: by its names, and in its orientation.

        >>> from networks import TwoLayerNet
        >>> {name: array.shape for name, array in TwoLayerNet(4, 3, 2).state_dict().items()}
        {'Affine1.weight': (3, 4), 'Affine1.bias': (3,), 'Affine2.weight': (2, 3), 'Affine2.bias': (2,)}
        """
        from networks.export.pytorch_names import state_dict

        return state_dict(self)

    def load_state_dict(self, state: str | os.PathLike[str] | Mapping[str, Any]) -> None:
        """Copy weights that PyTorch has trained into this network.

        Parameters
        ----------
        state : mapping of str to array or tensor, or path of a ``.safetensors`` file
            Such as ``module.state_dict()``, with the names and shapes of :meth:`state_dict`.

        Raises
        ------
        ModelFileError
            When names or shapes differ from those of :meth:`state_dict`, or the file is damaged; a ValueError.
        OSError, ImportError
            When the file cannot be opened, or the package safetensors, which reads it, is not installed.
        """
        from networks.export.pytorch_names import load_state_dict

        load_state_dict(self, state)
