"""Layers that are written on PyTorch's tensors, with a backward by hand: arrays go in, and come out."""

import sys
from typing import Any

import numpy as np

from gradients.calling.calls import Calls, of_names, without
from gradients.other_arrays.libraries import library
from gradients.other_arrays.torch_functions import as_arrays, as_tensors, is_tensor, with_parts
from gradients.other_arrays.torch_precision import in_double
from language import _


class TensorLayer(Calls):
    """A layer on tensors in the shape of one on arrays.

    Its float tensors, and dictionaries and lists of them, lie here as arrays in the same memory, and so does what
    backward leaves on it. The name of backward is empty where forward gives the gradients behind the loss.
    """

    def __init__(self, layer: Any, forward: str, backward: str) -> None:
        super().__init__(type(layer).__name__)
        self.layer, self.verbs = layer, (forward, backward)
        self.arrays: dict[str, Any] = {}
        self.left: dict[str, Any] = {}
        for name, value in {**tensors_in(layer), **collections_in(layer)}.items():
            self.arrays[name] = with_parts(value, lambda tensor: tensor.detach().double().cpu().numpy().copy())
        self.signatures = (
            without(getattr(layer, forward)),
            without(getattr(layer, backward)) if backward else of_names(),
        )

    def call_forward(self, *arguments: Any, **named: Any) -> Any:
        """Return the output, computed with the parameters as they are here."""
        torch = sys.modules["torch"]
        with torch.no_grad(), in_double():
            for name, arrays in self.arrays.items():
                put(self.layer, name, with_parts(arrays, torch.from_numpy))
            returned = getattr(self.layer, self.verbs[0])(*as_tensors(arguments), **named)
        return without_autograd(returned)

    def call_backward(self, *arguments: Any, **named: Any) -> Any:
        """Return the gradients; those that backward keeps are kept here, too."""
        torch = sys.modules["torch"]
        with torch.no_grad(), in_double():
            returned = getattr(self.layer, self.verbs[1])(*as_tensors(arguments), **named)
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


def without_autograd(returned: Any) -> Any:
    """Return what forward gave as arrays; raise TypeError where PyTorch is to find the gradient of what it kept."""
    torch = sys.modules["torch"]

    def is_watched(part: Any) -> bool:
        return is_tensor(part) and part.requires_grad and part.is_leaf and not isinstance(part, torch.nn.Parameter)

    if any(map(is_watched, parts_in(returned))):
        raise TypeError(_("PyTorch's autograd computes its gradient, so that there is none written by hand"))
    return as_arrays(returned)


def parts_in(value: Any) -> list[Any]:
    """Return everything in a tuple, list or dictionary, at any depth; what is none of them by itself."""
    found: list[Any] = []
    with_parts(value, found.append)
    return found


def tensors_in(layer: Any) -> dict[str, Any]:
    """Return the float tensors that a layer holds, by name; arrays count as such."""
    held = {**vars(layer), **vars(layer).get("_parameters", {}), **vars(layer).get("_buffers", {})}
    torch = sys.modules["torch"]
    found = {
        n: torch.from_numpy(v) if isinstance(v, np.ndarray) and v.dtype.kind == "f" else v for n, v in held.items()
    }
    return {name: value for name, value in found.items() if is_tensor(value) and value.is_floating_point()}


def collections_in(layer: Any) -> dict[str, Any]:
    """Return the dictionaries and lists of float tensors that a layer holds, by name, but for those of gradients."""
    found = {}
    for name, value in vars(layer).items():
        parts = list(value.values()) if type(value) is dict else value if type(value) is list else []
        is_kept = "grad" not in name and name not in ("_parameters", "_buffers")  # the latter are PyTorch's own
        if parts and is_kept and all(is_tensor(part) and part.is_floating_point() for part in parts):
            found[name] = value
    return found


def put(layer: Any, name: str, tensor: Any) -> None:
    """Set a tensor of a layer, or a collection of them; a parameter stays the object that it is."""
    torch = sys.modules["torch"]
    held = getattr(layer, name, None)
    if isinstance(held, torch.nn.Parameter):
        held.data = tensor
        return
    setattr(layer, name, tensor)


def module_uses_tensors(name: str) -> bool:
    """Return whether a module, by its name, uses PyTorch."""
    torch = library("torch")
    module = sys.modules.get(name)
    if torch is None or module is None:
        return False
    return any(getattr(value, "__name__", "").partition(".")[0] == "torch" for value in vars(module).values())
