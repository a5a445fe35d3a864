"""Layers that are written on PyTorch's tensors, with a backward by hand: arrays go in, and come out."""

import sys
from typing import Any

import numpy as np

from gradients.calling.calls import Calls, without
from gradients.other_arrays.libraries import library
from gradients.other_arrays.torch_functions import as_arrays, as_tensor, is_tensor


class TensorLayer(Calls):
    """A layer on tensors in the shape of one on arrays.

    Its float tensors lie here as arrays in the same memory, and so does what backward leaves on it.
    """

    def __init__(self, layer: Any, forward: str, backward: str) -> None:
        super().__init__(type(layer).__name__)
        self.layer, self.verbs = layer, (forward, backward)
        self.arrays: dict[str, np.ndarray] = {}
        self.left: dict[str, Any] = {}
        for name, value in tensors_in(layer).items():
            self.arrays[name] = value.detach().double().numpy().copy()
        self.signatures = without(getattr(layer, forward)), without(getattr(layer, backward))

    def call_forward(self, *arguments: Any, **named: Any) -> Any:
        """Return the output, computed with the parameters as they are here."""
        torch = sys.modules["torch"]
        with torch.no_grad():
            for name, array in self.arrays.items():
                put(self.layer, name, torch.from_numpy(array))
            returned = getattr(self.layer, self.verbs[0])(*[as_tensor(x) for x in arguments], **named)
        return as_arrays(returned)

    def call_backward(self, *arguments: Any, **named: Any) -> Any:
        """Return the gradients; those that backward keeps are kept here, too."""
        torch = sys.modules["torch"]
        with torch.no_grad():
            sent = [as_tensor(np.asarray(x)) if isinstance(x, np.ndarray) else x for x in arguments]
            returned = getattr(self.layer, self.verbs[1])(*sent, **named)
        held = {name: value for name, value in vars(self.layer).items() if name not in self.arrays}
        kept = (dict, list, tuple)
        self.left = {
            name: as_arrays(value)
            for name, value in held.items()
            if is_tensor(value) or (isinstance(value, kept) and not name.startswith("_"))
        }
        for name, value in tensors_in(self.layer).items():
            if value.grad is not None:
                self.left[f"d{name}"] = as_arrays(value.grad)
        return as_arrays(returned)


def tensors_in(layer: Any) -> dict[str, Any]:
    """Return the float tensors that a layer holds, by name; arrays count as such."""
    held = {**vars(layer), **vars(layer).get("_parameters", {}), **vars(layer).get("_buffers", {})}
    torch = sys.modules["torch"]
    found = {
        n: torch.from_numpy(v) if isinstance(v, np.ndarray) and v.dtype.kind == "f" else v for n, v in held.items()
    }
    return {name: value for name, value in found.items() if is_tensor(value) and value.is_floating_point()}


def put(layer: Any, name: str, tensor: Any) -> None:
    """Set a tensor of a layer; a parameter stays the object that it is."""
    torch = sys.modules["torch"]
    held = getattr(layer, name, None)
    if isinstance(held, torch.nn.Parameter):
        held.data = tensor
        return
    setattr(layer, name, tensor)


def uses_tensors(cls: type) -> bool:
    """Return whether a class is written in a file that uses PyTorch."""
    torch = library("torch")
    module = sys.modules.get(cls.__module__)
    if torch is None or module is None:
        return False
    return any(getattr(value, "__name__", "").partition(".")[0] == "torch" for value in vars(module).values())
