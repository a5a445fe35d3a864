"""Questions put to a module: a function runs beside it and fills in answers, part by part.

It runs in the student's process, and in ours with the solution.
"""

import copy
import itertools
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import numpy as np

MOST_PARTS = 100
DEEPEST = 6
LONGEST = 2000  # letters of a text


class Answers(dict[str, Any]):
    """Answers by part; whoever wants to is told of each at once, so that it counts whatever comes after it.

    Parameters
    ----------
    tell : callable
    """

    def __init__(self, tell: Callable[[str, Any], None] | None = None) -> None:
        super().__init__()
        self.tell = tell

    def __setitem__(self, part: str, value: Any) -> None:
        super().__setitem__(part, plain(value))
        if self.tell is not None:
            self.tell(part, self[part])

    def update(self, *others: Any, **words: Any) -> None:
        """Set several answers."""
        for part, value in dict(*others, **words).items():
            self[part] = value


def answer(
    work: ModuleType,
    asked: dict[str, Any],
    function: str,
    arguments: dict[str, Any],
    tell: Callable[[str, Any], None] | None = None,
) -> dict[str, Any]:
    """Return the answers of a module, up to the first exception, and that exception in words.

    Parameters
    ----------
    work : module
        The student's, or the solution.
    asked : dict
        The functions that may be asked.
    function : str
    arguments : dict
        They are copied: what is done to them stays here.
    tell : callable, optional
        Is told of each answer at once.

    Returns
    -------
    dict
        ``answers`` by part; ``raised``: None, or the kind and text of an exception and the line of the work at which it
        was raised; ``noticed``: other facts.
    """
    answers = Answers(tell)
    raised = None
    try:
        with same_random_numbers():
            asked[function](work, answers, **copy.deepcopy(arguments))
    except BaseException as error:  # also SystemExit, and what a student derives from BaseException
        raised = [*in_words(error), line_of(error, f"{work.__name__}.py")]
    noticed = answers.pop("noticed", {})
    return {"answers": dict(answers), "raised": raised, "noticed": noticed}


@contextmanager
def same_random_numbers() -> Iterator[None]:
    """Let work that draws random numbers without a seed draw the same ones each time, so that points are no chance."""
    legacy, state = np.random.get_state(), random.getstate()  # noqa: NPY002
    default_rng, seeds = np.random.default_rng, itertools.count()

    def seeded(seed: Any = None) -> np.random.Generator:
        return default_rng(next(seeds) if seed is None else seed)

    np.random.seed(0)  # noqa: NPY002
    random.seed(0)
    np.random.default_rng = seeded
    try:
        yield
    finally:
        np.random.default_rng = default_rng
        np.random.set_state(legacy)  # noqa: NPY002
        random.setstate(state)


def plain(value: Any, depth: int = 0) -> Any:
    """Return a value made of arrays of numbers, numbers, texts, lists and dictionaries alone.

    What is something else is replaced by ``{"kind": its type's name}``.
    """
    if value is None or type(value) in (bool, int, float):
        return value if type(value) is not int or abs(value) < 2**62 else as_float(value)
    if type(value) is str:
        return printable(value)
    if type(value) in (list, tuple) and depth < DEEPEST:
        return [plain(part, depth + 1) for part in value]
    if isinstance(value, dict) and depth < DEEPEST:
        return {printable(str(key)): plain(part, depth + 1) for key, part in list(value.items())[:MOST_PARTS]}
    if isinstance(value, (np.ndarray, np.generic)):
        array = np.array(value, subok=False)
        if array.dtype.kind in "biuf":
            return array
        return {"kind": f"an array of dtype {array.dtype}"}
    return {"kind": type(value).__name__}


def as_float(value: int) -> float | dict[str, str]:
    """Return a large number as a float, as far as it is one."""
    try:
        return float(value)
    except OverflowError:
        return {"kind": "int"}


def printable(text: str) -> str:
    """Return the first letters of a text, as far as they are letters: surrogates cannot be written into a file."""
    return text[:LONGEST].encode("utf-8", "replace").decode("utf-8")


def line_of(error: BaseException, file: str) -> int:
    """Return the last line of a file that an exception went through, 0 where it went through none."""
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == file:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def in_words(error: BaseException) -> list[str]:
    """Return the kind of an exception, and its text."""
    try:
        text = printable(str(error))
    except BaseException:
        text = ""
    return [type(error).__name__[:100], text]


def ask_layer(
    work: ModuleType,
    answers: dict[str, Any],
    name: str,
    names: list[str],
    parameters: list[Any],
    inputs: list[Any],
    dout: Any,
    returned: list[str],
    held: list[str],
) -> None:
    """Run forward and backward of a layer; the gradients that it returns and holds are the answers."""
    layer = getattr(work, name)(*parameters)
    answers["forward"] = layer.forward(*inputs)
    forwards = count_calls(layer, "forward")
    try:
        gradients = layer.backward(*(() if dout is None else (dout,)))
    finally:  # what it has kept before it raises counts
        answers.update({part: getattr(layer, part) for part in held if hasattr(layer, part)})
    several = isinstance(gradients, tuple) or (len(returned) > 1 and is_one_each(gradients, inputs))
    answers.update(zip(returned, gradients if several else (gradients,), strict=False))
    answers["noticed"] = {"forwards in backward": len(forwards)}


def is_one_each(gradients: Any, inputs: list[Any]) -> bool:
    """Return whether the gradients of several inputs of one shape come in a list or an array, one after the other."""
    whole = (len(inputs), *np.shape(inputs[0]))
    return isinstance(gradients, list) or (isinstance(gradients, np.ndarray) and gradients.shape == whole)


def count_calls(thing: Any, method: str) -> list[None]:
    """Let a list grow with each call of an object's method."""
    calls: list[None] = []
    usual = getattr(thing, method)

    def counted(*arguments: Any, **words: Any) -> Any:
        calls.append(None)
        return usual(*arguments, **words)

    setattr(thing, method, counted)
    return calls


ASKED = {"ask_layer": ask_layer}
