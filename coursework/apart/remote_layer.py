"""An object that stands for a student's layer in another process: the check of gradients takes it for the layer."""

from typing import Any

import numpy as np

from coursework.judging.work import Ended

SECONDS = 5.0  # for each call


class RemoteError(Exception):
    """What a student's layer raised, in words."""


class Handle:
    """The layer's number in the other process; copied with the object that stands for it."""

    def __init__(self, process: Any, number: int) -> None:
        self.process, self.number = process, number

    def __deepcopy__(self, memo: dict[int, Any]) -> "Handle":
        said = self.process.said(SECONDS, do="copy", number=self.number)
        if "failed" in said:
            raise Ended("it cannot be copied")
        return Handle(self.process, said["number"])


class RemoteLayer:
    """A layer in another process.

    Its arrays are attributes here: they are sent along with each call, and come back with its answer.
    """

    def __init__(self, handle: Handle, held: dict[str, Any]) -> None:
        self.handle = handle
        vars(self).update(held)

    def call(self, method: str, arguments: tuple[Any, ...]) -> Any:
        """Return what a method returns there; arrays that it changes are changed here."""
        params = {name: value for name, value in vars(self).items() if isinstance(value, np.ndarray)}
        words = {"number": self.handle.number, "method": method, "arguments": list(arguments), "params": params}
        said = self.handle.process.said(SECONDS, do="call", **words)
        if "raised" in said or "failed" in said:
            raise RemoteError(": ".join(map(str, said.get("raised") or said["failed"])))
        for name, value in said["held"].items():
            now = vars(self).get(name)
            if isinstance(now, np.ndarray) and now.shape == np.shape(value) and now.dtype == value.dtype:
                now[...] = value
            else:
                vars(self)[name] = value
        for here, there in zip(arguments, said["arguments"], strict=True):
            if isinstance(here, np.ndarray) and here.shape == np.shape(there) and not np.array_equal(here, there):
                here[...] = there
        return said["result"]

    def forward(self, *inputs: Any) -> Any:
        """Return the output."""
        return self.call("forward", inputs)

    def backward(self, *douts: Any) -> Any:
        """Return the gradients of the inputs."""
        return self.call("backward", douts)


def remote_layer(process: Any, name: str, parameters: list[Any]) -> RemoteLayer:
    """Return an object that stands for a new one of a student's class."""
    said = process.said(SECONDS, do="make", name=name, parameters=parameters)
    if "failed" in said:
        raise Ended(": ".join(map(str, said["failed"])))
    cls = type(name, (RemoteLayer,), {})
    return cls(Handle(process, said["number"]), said["held"])
