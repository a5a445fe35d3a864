"""Something with a forward and a backward that are put together here, with the arguments that they have there."""

import inspect
from collections.abc import Callable
from typing import Any

from gradients.calling.functions import Functions


class Calls(Functions):
    """Two calls in the shape of a layer; a copy of it calls with what the copy holds.

    Classes that inherit from it have ``call_forward`` and ``call_backward``, and the signatures of both.
    """

    signatures: tuple[inspect.Signature, inspect.Signature]

    def __init__(self, names: str) -> None:
        self.names = names

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name not in ("forward", "backward") or "signatures" not in vars(self):
            raise AttributeError(name)
        method = self.call_backward if name == "backward" else self.call_forward

        def call(*arguments: Any, **named: Any) -> Any:
            return method(*arguments, **named)

        vars(call)["__signature__"] = self.signatures[name == "backward"]
        return call

    def call_forward(self, *arguments: Any, **named: Any) -> Any:
        """Return what forward gives."""
        raise NotImplementedError

    def call_backward(self, *arguments: Any, **named: Any) -> Any:
        """Return what backward gives."""
        raise NotImplementedError


def without(function: Callable[..., Any], *places: int | None) -> inspect.Signature:
    """Return the signature of a function without the arguments at some places."""
    signature = inspect.signature(function)
    kept = [p for number, p in enumerate(signature.parameters.values()) if number not in places]
    return signature.replace(parameters=kept)


def of_names(*names: str) -> inspect.Signature:
    """Return the signature of a function of arguments with these names."""
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    return inspect.Signature([inspect.Parameter(name, kind) for name in names])
