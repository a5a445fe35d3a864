"""The arguments of a layer's forward, by position or by name."""

import inspect
from collections.abc import Callable
from typing import Any


class Signature:
    """What whoever calls a layer's forward may pass: the inputs, and ``training`` where the layer has two modes.

    Attributes
    ----------
    count : int
        How many inputs forward takes.
    shown : inspect.Signature
    """

    def __init__(self, forward: Callable[..., Any], has_modes: bool = False) -> None:
        shown = inspect.signature(forward)
        self.inputs = tuple(shown.parameters)[1:]
        self.count = len(self.inputs)
        if has_modes or "training" in forward.__code__.co_names:  # it reads self.training
            mode = inspect.Parameter(
                "training", inspect.Parameter.POSITIONAL_OR_KEYWORD, default=None, annotation="bool | None"
            )
            shown = shown.replace(parameters=[*shown.parameters.values(), mode])
        self.shown = shown

    def bind(self, layer: Any, inputs: tuple[Any, ...], named: dict[str, Any]) -> tuple[tuple[Any, ...], bool | None]:
        """Return the inputs in their order, and the mode; ``train_flg``, the book's word, is taken for ``training``."""
        if "train_flg" in named:
            named = {"training" if name == "train_flg" else name: value for name, value in named.items()}
        try:
            bound = self.shown.bind(layer, *inputs, **named).arguments
        except TypeError as error:
            raise TypeError(f"{type(layer).__name__}.forward: {error}") from None
        return tuple(bound[name] for name in self.inputs), bound.get("training")
