"""Operations with a context, ``forward(ctx, a, b)``, of frameworks that people build, on numbers or arrays."""

import inspect
import re
from typing import Any

import numpy as np

from gradients.calling.calls import Calls, without
from gradients.other_arrays.torch_functions import Context
from language import _

ALONE = re.compile(r"^\s*\w+\s*=\s*\w+\.saved_values\s*$", re.MULTILINE)  # a = ctx.saved_values


class SavedValues(Context):
    """A context whose saved values are read as ``saved_values`` too: one by itself where ``is_alone``."""

    is_alone = False

    @property
    def saved_values(self) -> Any:
        """What was saved."""
        return self.saved_tensors[0] if self.is_alone and len(self.saved_tensors) == 1 else self.saved_tensors


class ContextFunction(Calls):
    """An operation with a context in the shape of a layer."""

    def __init__(self, cls: type) -> None:
        super().__init__(cls.__name__)
        self.cls: Any = cls
        self.context: Any = None
        self.is_alone = bool(ALONE.search(source_of(cls.backward)))
        self.signatures = without(cls.forward, 0), without(cls.backward, 0)

    def call_forward(self, *arguments: Any) -> Any:
        """Return the output."""
        self.context = SavedValues(arguments)
        self.context.is_alone = self.is_alone
        return self.cls.forward(self.context, *map(as_plain, arguments))

    def call_backward(self, *douts: Any) -> Any:
        """Return the gradients."""
        try:
            return self.cls.backward(self.context, *map(as_plain, douts))
        except AttributeError as error:
            if error.obj is self.context and error.name in self.signatures[0].parameters:
                raise TypeError(
                    _("the framework may set the context's {attribute}, which forward does not", attribute=error.name)
                ) from error
            raise


def source_of(function: Any) -> str:
    """Return the lines of a function, empty where they cannot be had."""
    try:
        return inspect.getsource(function)
    except (OSError, TypeError, SyntaxError):
        return ""


def as_plain(value: Any) -> Any:
    """Return a number as Python has it; arrays as they are."""
    return float(value) if isinstance(value, np.ndarray) and not value.ndim else value


def takes_context(cls: type) -> bool:
    """Return whether forward and backward of a class are static and take a context first."""
    for name in ("forward", "backward"):
        held = inspect.getattr_static(cls, name, None)
        if not isinstance(held, (staticmethod, classmethod)):
            return False
        function = held.__func__
        names = list(inspect.signature(function).parameters)[isinstance(held, classmethod) :]
        if not names or names[0] not in ("ctx", "context", "self_", "cxt"):
            return False
    return True
