"""Code for PyTorch that asks for single precision, or for a GPU that is not there, computes in float64 with what is."""

import contextlib
import functools
from collections.abc import Iterator
from typing import Any

from gradients.other_arrays.libraries import library


@contextlib.contextmanager
def in_double() -> Iterator[None]:
    """Let PyTorch compute in float64, and on the processor where a GPU is asked for that is not there."""
    torch = library("torch")
    if torch is None:
        yield
        return
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    try:
        with call_mode()(precise=True):
            yield
    finally:
        torch.set_default_dtype(before)


def on_this_machine() -> contextlib.AbstractContextManager[Any]:
    """Let PyTorch compute on the processor where a GPU is asked for that is not there."""
    return contextlib.nullcontext() if library("torch") is None else call_mode()(precise=False)


@functools.cache
def call_mode() -> Any:
    """Return the class of modes in which the calls of PyTorch are told something else than the code says."""
    torch: Any = library("torch")
    has_gpu = torch.cuda.is_available()

    class CallMode(torch.overrides.TorchFunctionMode):
        """The mode; ``precise`` to say float64 for float32."""

        def __init__(self, precise: bool) -> None:
            super().__init__()
            self.precise = precise

        def __torch_function__(self, function: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Any = None) -> Any:
            if function is torch.Tensor.float and self.precise:
                return args[0].double()
            if function is torch.Tensor.cuda and not has_gpu:
                return args[0]
            named = {name: self.meant(value) for name, value in (kwargs or {}).items()}
            return function(*map(self.meant, args), **named)

        def meant(self, value: Any) -> Any:
            """Return what an argument is to be."""
            if value is torch.float32:
                return torch.float64 if self.precise else value
            is_gpu = (isinstance(value, str) or type(value) is torch.device) and str(value).partition(":")[0] == "cuda"
            return "cpu" if is_gpu and not has_gpu else value

    return CallMode
