"""The student's own layers: a text becomes classes, of which each has a place in a network where it can stand."""

import ast
import inspect
import linecache
import traceback
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np

from gradients.homework.definitions import split
from language import _
from page.inside.training.asked import Problem

FILE = "your_layers.py"  # what tracebacks call the text
SHARES = ("dropout_ratio", "ratio", "p", "rate", "drop_ratio", "drop_rate")
LABELS = ("t", "y", "target", "targets", "label", "labels", "y_true")
FLAGS = ("training", "train_flg", "train_flag", "is_training", "train")


class OwnLayer(NamedTuple):
    """A class of the student's.

    Attributes
    ----------
    kind : type
    role : str
        ``activation``, which takes no arguments; ``affine``, which takes W and b; ``batch_norm``, gamma and beta;
        ``dropout``, a share; ``loss``, whose forward takes scores and labels; empty where it fits nowhere.
    why : str
        In words why it fits nowhere.
    """

    kind: type
    role: str
    why: str = ""

    def as_json(self) -> dict[str, str]:
        """Return what the page offers."""
        return {"name": self.kind.__name__, "role": self.role, "why": self.why}


def own_layers(text: str) -> dict[str, OwnLayer]:
    r"""Return the layers in a text by name; what stands there besides definitions is not run.

    Raises
    ------
    Problem
        When the text is no Python, or its definitions raise.

    Examples
    --------
    >>> found = own_layers("class Half:\n  def forward(self, x): return x / 2\n  def backward(self, d): return d / 2")
    >>> found["Half"].role
    'activation'
    """
    if not text.strip():
        return {}
    module = run(text)
    mine = [value for value in vars(module).values() if isinstance(value, type) and value.__module__ == module.__name__]
    layers = [kind for kind in mine if callable(getattr(kind, "forward", None)) and hasattr(kind, "backward")]
    return {kind.__name__: role_of(kind) for kind in layers}


def run(text: str) -> ModuleType:
    """Run the definitions of a text."""
    try:
        tree = ast.parse(text, FILE)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 0
        why = getattr(error, "msg", str(error))
        raise Problem(
            _("line {line} is not Python: {why}", line=line, why=why), "text", line, line_of(text, line)
        ) from None
    module = ModuleType("your_layers")
    vars(module)["np"] = np
    linecache.cache[FILE] = (len(text), None, text.splitlines(keepends=True), FILE)
    kept, _script = split(tree)
    try:
        exec(compile(ast.Module(kept, []), FILE, "exec"), vars(module))
    except Exception as error:
        raise raised(error, text) from None
    return module


def definitions_of(text: str) -> str:
    r"""Return a text without the script in it: what is run of it, with its comments.

    >>> print(definitions_of("a = 1  # kept\nprint(a)\nb = 2"))
    a = 1  # kept
    b = 2
    """
    tree = ast.parse(text, FILE)
    kept, _script = split(tree)
    left_out = [statement for statement in tree.body if statement not in kept]
    gone = {line for each in left_out for line in range(each.lineno, (each.end_lineno or each.lineno) + 1)}
    return "\n".join(line for number, line in enumerate(text.splitlines(), start=1) if number not in gone).strip()


def raised(error: BaseException, text: str, what: str = "") -> Problem:
    """Return what to say of an error that the student's code raised: where, which, and what it says."""
    line = line_in_text(error)
    kind, says = type(error).__name__, str(error)
    if line and what:
        message = _(
            "{what} raises in line {line} of your code: {kind}: {says}", what=what, line=line, kind=kind, says=says
        )
    elif line:
        message = _("line {line} of your code raises {kind}: {says}", line=line, kind=kind, says=says)
    else:
        message = _("{what}: {kind}: {says}", what=what or _("your code"), kind=kind, says=says)
    return Problem(message, "text" if line else "", line, line_of(text, line))


def line_in_text(error: BaseException) -> int:
    """Return the last line of the student's text that an error came through, 0 where it was none."""
    lines = [frame.lineno or 0 for frame in traceback.extract_tb(error.__traceback__) if frame.filename == FILE]
    return lines[-1] if lines else 0


def line_of(text: str, number: int) -> str:
    """Return a line of a text, counted from 1."""
    lines = text.splitlines()
    return lines[number - 1].strip() if 0 < number <= len(lines) else ""


def role_of(kind: type) -> OwnLayer:
    """Return where a class can stand in a network."""
    try:
        needed = required(kind.__init__)  # type: ignore[misc]
        inputs = [name for name in required(kind.forward) if name not in FLAGS]  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        return OwnLayer(kind, "", _("its arguments cannot be read"))
    if len(inputs) == 2 and inputs[1].lower() in LABELS and not needed:
        return OwnLayer(kind, "loss")
    if len(inputs) > 1:
        return OwnLayer(
            kind,
            "",
            _("its forward takes {inputs}, and a layer of this network gets x alone", inputs=", ".join(inputs)),
        )
    if not needed:
        return OwnLayer(kind, "activation")
    if len(needed) == 2 and needed[0].lower().startswith("w"):
        return OwnLayer(kind, "affine")
    if len(needed) == 2 and needed[0] == "gamma":
        return OwnLayer(kind, "batch_norm")
    if len(needed) == 1 and needed[0] in SHARES:
        return OwnLayer(kind, "dropout")
    return OwnLayer(
        kind, "", _("the page does not know what to give its constructor for {needed}", needed=", ".join(needed))
    )


def required(function: Any) -> list[str]:
    """Return the arguments that a method needs."""
    if function is object.__init__:
        return []
    parameters = list(inspect.signature(function).parameters.values())[1:]
    positional = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return [p.name for p in parameters if p.kind in positional and p.default is p.empty]
