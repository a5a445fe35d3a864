"""One student's file, loaded, and what it answers: the part of the student's process that knows of no process."""

import ast
import re
import sys
from types import ModuleType
from typing import Any

import numpy as np

from coursework.apart.answering import ASKED, answer, in_words, plain
from gradients.homework.definitions import run_with_missed, sets, split

MISSED = re.compile(r"name '(\w+)' is not defined")


class Student:
    """One student's file, and what is asked about it."""

    def __init__(self) -> None:
        self.work = ModuleType("work")
        self.functions: dict[str, Any] = dict(ASKED)
        self.objects: list[Any] = []
        self.text, self.left_out = "", list[ast.stmt]()

    def do_load(self, name: str, text: str, asked: str, others: dict[str, str]) -> dict[str, Any]:
        """Run the definitions of a student's file; return what of it could not be run, and why."""
        for other, source in others.items():
            run(source, other)
        functions = vars(run(asked, f"{name}_asked"))
        del sys.modules[f"{name}_asked"]
        self.functions |= {word: value for word, value in functions.items() if word.startswith("ask_")}
        try:
            tree = ast.parse(text)
        except SyntaxError as error:  # its text names the line once more
            return {"failed": [type(error).__name__, error.msg, error.lineno or 0]}
        except BaseException as error:
            return {"failed": [*in_words(error), 0]}
        self.work = sys.modules[name] = ModuleType(name)
        self.text, (kept, self.left_out) = text, split(tree)
        return {"raised": run_definitions(kept, self.left_out, text, self.work)}

    def do_ask(self, function: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """Return the answers to a question; where they miss a global name that the file sets, it is set first."""
        while True:
            said = answer(self.work, self.functions, function, arguments, self.tell)
            if not self.set_missed(said["raised"]):
                return said

    def set_missed(self, raised: list[Any] | None) -> bool:
        """Run the statements that set the name of which a NameError tells; return whether there are any."""
        found = MISSED.match(raised[1]) if raised and raised[0] == "NameError" else None
        wanted = [one for one in self.left_out if found and sets(one, found[1])]
        self.left_out = [one for one in self.left_out if one not in wanted]
        run_definitions(wanted, self.left_out, self.text, self.work)
        return bool(wanted)

    def tell(self, part: str, value: Any) -> None:
        """Say one answer at once, where somebody listens."""

    def do_make(self, name: str, parameters: list[Any]) -> dict[str, Any]:
        """Make an object of a class, and return its number and what it holds."""
        self.objects.append(getattr(self.work, name)(*parameters))
        return {"number": len(self.objects) - 1, "held": held(self.objects[-1])}

    def do_copy(self, number: int) -> dict[str, Any]:
        """Copy an object, and return the copy's number."""
        import copy

        self.objects.append(copy.deepcopy(self.objects[number]))
        return {"number": len(self.objects) - 1}

    def do_call(self, number: int, method: str, arguments: list[Any], params: dict[str, Any]) -> dict[str, Any]:
        """Call a method of an object, with the arrays that it holds set before; return what comes and what it holds."""
        thing = self.objects[number]
        for name, value in params.items():
            place(thing, name, value)
        try:
            result = getattr(thing, method)(*arguments)
        except BaseException as error:
            return {"raised": in_words(error)}
        result = tuple(map(plain, result)) if isinstance(result, tuple) else plain(result)
        return {"result": result, "held": held(thing), "arguments": [plain(one) for one in arguments]}


def run_definitions(kept: list[ast.stmt], left_out: list[ast.stmt], text: str, module: ModuleType) -> list[list[Any]]:
    """Run statements of a file, and of those left out what they miss; return what was raised, with the line."""
    raised: list[list[Any]] = []
    for statement in kept:
        try:
            run_with_missed(statement, left_out, text, f"{module.__name__}.py", module)
        except BaseException as error:
            raised.append([*in_words(error), statement.lineno])
    return raised


def run(text: str, name: str) -> ModuleType:
    """Run a text as a module that can be imported."""
    module = ModuleType(name)
    exec(compile(text, f"{name}.py", "exec", dont_inherit=True), vars(module))
    sys.modules[name] = module
    return module


def held(thing: Any) -> dict[str, Any]:
    """Return the arrays of numbers that an object holds."""
    return {
        str(name): plain(value)
        for name, value in vars(thing).items()
        if isinstance(value, (np.ndarray, np.floating)) and value.dtype.kind in "biuf"
    }


def place(thing: Any, name: str, value: Any) -> None:
    """Give an array that an object holds its values, in place where it has the shape for them."""
    now = vars(thing).get(name)
    if isinstance(now, np.ndarray) and now.shape == np.shape(value) and now.flags.writeable:
        now[...] = value
    else:
        setattr(thing, name, value)
