"""Networks that move to another processor: ``network.to("cuda")`` and back."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from layers import params_of
from layers.common.devices import is_array, library, to_device
from layers.common.sublayers import all_layers

if TYPE_CHECKING:
    from typing_extensions import Self  # which type checkers bring; for Python 3.10

HERE = "cpu"


class Movable:
    """What a network has so that its arrays can lie in the memory of a GPU."""

    device = HERE
    layers: Any
    loss_layer: Any

    def to(self, device: str) -> "Self":
        """Move all arrays of the layers to a processor, and return the network itself.

        On a GPU, ``predict``, ``loss`` and ``gradient`` take samples as NumPy's arrays or CuPy's, and labels best as
        NumPy's: they are checked before they are sent. Scores, losses and gradients come back as CuPy's arrays, a loss
        as one without axes, since the processor would have to wait for a Python number; ``accuracy`` is one.

        Parameters
        ----------
        device : str
            ``"cpu"``, or ``"cuda"`` for a GPU of NVIDIA's.

        Raises
        ------
        ValueError
            For another device.
        ImportError
            When CuPy is not installed; the message has the command that installs it.
        RuntimeError
            When there is no GPU.

        Examples
        --------
        >>> from networks import TwoLayerNet
        >>> TwoLayerNet(784, 50, 10).to("cpu").device
        'cpu'
        """
        library(device)
        moved: dict[int, Any] = {}
        for layer in all_layers([*self.layers.values(), self.loss_layer]):
            move_layer(layer, device, moved)
        self.device = device
        return self

    def sent(self, x: Any) -> Any:
        """Return samples where the network is."""
        return x if self.device == HERE else to_device(x, self.device)


def move_layer(layer: Any, device: str, moved: dict[int, Any]) -> None:
    """Move the arrays that a layer holds itself, in a dictionary, or in a list.

    ``moved`` has those that were moved already, by ``id``: an array that stands in two places stays one.
    """

    def move(value: Any) -> Any:
        if id(value) not in moved:
            moved[id(value)] = value, to_device(value, device)  # with the old one, whose id nothing else gets meanwhile
        return moved[id(value)][1]

    groups = [getattr(layer, "__dict__", {})]
    groups += [value for value in groups[0].values() if type(value) in (dict, list)]
    for group in groups:
        for place, value in list(group.items() if isinstance(group, dict) else enumerate(group)):
            if is_array(value):
                group[place] = move(value)
    for name, value in params_of(layer).items():
        if hasattr(layer, name) and getattr(layer, name) is value:
            setattr(layer, name, move(value))


def on_cpu(network: Any) -> Any:
    """Return a network with NumPy's arrays: itself, or a copy of one that is on a GPU."""
    return network if getattr(network, "device", HERE) == HERE else copy.deepcopy(network).to(HERE)


@contextmanager
def brought_home(network: Any) -> Iterator[None]:
    """Let a network be where NumPy is for a while."""
    device = getattr(network, "device", HERE)
    if device == HERE:
        yield
        return
    network.to(HERE)
    try:
        yield
    finally:
        network.to(device)
