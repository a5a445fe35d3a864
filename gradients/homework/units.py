"""What of a file can be checked: classes with forward and backward, networks, and functions that belong together."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from gradients.calling.functions import Functions, gives_loss_and_gradients, one_function, switch_of, switched
from gradients.calling.problems import CannotCheck
from gradients.calling.verbs import methods_of, named_pairs, verb_pairs
from gradients.calling.words import words
from gradients.homework.factories import made_functions
from gradients.homework.stand_ins import StandIn
from gradients.homework.unfinished import is_script, is_stub
from gradients.other_arrays.context_functions import ContextFunction, takes_context
from gradients.other_arrays.jax_functions import CustomVjp, is_custom_vjp
from gradients.other_arrays.scalar_values import expressions_of, goes_with_numbers, is_value
from gradients.other_arrays.tensor_expressions import tensor_expressions
from gradients.other_arrays.tensorflow_units import is_layer, tensorflow_functions, tensorflow_methods
from gradients.other_arrays.torch_functions import TorchFunction, is_torch_function, overrides
from language import N_, _, ngettext

NOT_IMPLEMENTED = N_("its forward or backward is not written, as in a base class")


@dataclass
class Unit:
    """Something that can be checked.

    Attributes
    ----------
    name : str
    line : int
        Where it begins in the file.
    cls : type, or None
    pairs : list of (forward, backward, gives a slope)
        The methods of a class that may be its forward and backward.
    functions : Functions, or None
    gives_slope : bool
        Whether the second of its functions gives a derivative, by its name.
    """

    name: str
    line: int
    cls: type | None = None
    pairs: list[tuple[str, str, bool]] = field(default_factory=list)
    functions: Functions | None = None
    gives_slope: bool = False


def find_units(module: ModuleType, name: str | None = None) -> tuple[list[Unit], dict[str, str]]:
    """Return what can be checked of a module, in the order of the file, and what is left out, with the reason.

    Raises
    ------
    CannotCheck
        When something is asked for by a name that the module does not have, or that cannot be checked.
    """
    own = {key: value for key, value in vars(module).items() if is_own(value, module)}
    units: list[Unit] = []
    left_out: dict[str, str] = {}
    for value in vars(module).values():
        if is_custom_vjp(value):
            units.append(Unit(CustomVjp(value).names, line_of(value.fwd), functions=CustomVjp(value)))
            own = {k: v for k, v in own.items() if v not in (value.fwd, value.bwd, value.__wrapped__)}
    for key, (function, whole) in tensorflow_functions(vars(module) | made_functions(module), module.__name__).items():
        units.append(Unit(key, line_of(function), functions=whole))
        own = {k: v for k, v in own.items() if v is not function}
    for cls in dict.fromkeys(value for value in own.values() if isinstance(value, type)):
        found, reason = units_of_class(cls)
        units += found
        if reason:
            left_out[cls.__name__] = reason
    functions = {key: value for key, value in own.items() if inspect.isfunction(value)}
    functions = without_tests(functions, module, left_out)
    left_out |= missing_gradients(functions)
    functions = {key: value for key, value in functions.items() if key not in left_out}
    stubs = {key for key, value in functions.items() if is_stub(value)}
    for forward, backward, _slope in named_pairs(list(functions)):
        if {forward, backward} & stubs:
            left_out[f"{forward} and {backward}"] = _("unfinished")
            functions.pop(forward, None)
            functions.pop(backward, None)
    units += units_of_functions(functions, "")
    units.sort(key=lambda unit: unit.line)
    if name is not None:
        return named(name, units, left_out, module), {}
    return units, left_out


def without_tests(
    functions: dict[str, Callable[..., Any]], module: ModuleType, left_out: dict[str, str]
) -> dict[str, Callable[..., Any]]:
    """Return functions but for tests, and for what helps them in a file of tests; note how many pairs are left out."""
    tests = {name for name in functions if {"test", "tests", "testcase"} & set(words(name))}
    stem = Path(module.__file__ or "").stem.lower()
    if any(name.startswith("test") for name in tests) and (stem.startswith("test") or stem.endswith("test")):
        tests = set(functions)
    count = sum(bool({forward, backward} & tests) for forward, backward, _ in named_pairs(list(functions)))
    if count:
        left_out[ngettext("{count} pair of functions", "{count} pairs of functions", count)] = _("tests of other code")
    return {name: function for name, function in functions.items() if name not in tests}


def missing_gradients(functions: dict[str, Any]) -> dict[str, str]:
    """Return why functions are left out that something makes of them that is not installed: a custom gradient."""
    found = {}
    for key, value in functions.items():
        for name in getattr(value, "missing_above", ()):
            if name.endswith(".custom_gradient"):
                found[key] = _(
                    "it is made by {maker}, and {library} is not installed", maker=name, library=name.partition(".")[0]
                )
    return found


def is_own(value: Any, module: ModuleType) -> bool:
    """Return whether a class or function was defined in the module, and not imported."""
    return getattr(value, "__module__", None) == module.__name__ and (
        isinstance(value, type) or inspect.isfunction(value)
    )


def named(name: str, units: list[Unit], left_out: dict[str, str], module: ModuleType) -> list[Unit]:
    """Return the units of that name; raise CannotCheck where there is none."""
    found = [u for u in units if name == u.name or name in (u.name.split(" and ")) or u.name.startswith(f"{name}.")]
    if found:
        return found
    if name in left_out:
        raise CannotCheck(f"{name}: {left_out[name]}")
    known = ", ".join(unit.name for unit in units) or _("none")
    if hasattr(module, name):
        raise CannotCheck(_("{name} has no forward and backward (nor loss and gradient, as a network has)", name=name))
    raise CannotCheck(
        _(
            "{file} has no class {name}; what can be checked in it: {known}",
            file=module.__file__,
            name=name,
            known=known,
        )
    )


def units_of_class(cls: type) -> tuple[list[Unit], str]:
    """Return what can be checked of a class, and why it is left out where nothing can."""
    line = line_of(cls)
    if issubclass(cls, StandIn):
        base = next(b for b in cls.__mro__ if issubclass(b, StandIn) and "stands_for" in vars(b))
        return [], _(
            "it inherits from {base}, and {library} is not installed",
            base=base.stands_for,
            library=base.stands_for.partition(".")[0],
        )
    if is_torch_function(cls):
        whole = TorchFunction(cls) if overrides(cls, "forward") and overrides(cls, "backward") else None
        return ([Unit(cls.__name__, line, functions=whole)], "") if whole else ([], _(NOT_IMPLEMENTED))
    if takes_context(cls):
        whole = ContextFunction(cls)
        stub = is_stub(cls.forward) or is_stub(cls.backward)
        return ([], _(NOT_IMPLEMENTED)) if stub else ([Unit(cls.__name__, line, functions=whole)], "")
    if is_value(cls):
        expressions = [] if goes_with_numbers(cls) else tensor_expressions(cls)
        return [Unit(e.names, line, functions=e) for e in expressions or expressions_of(cls)], ""
    taped = tensorflow_methods(cls)
    if taped:
        names = [cls.__name__ if name == "call" else f"{cls.__name__}.{name}" for name in taped]
        return [Unit(name, line, cls, [(method, "", False)]) for name, method in zip(names, taped, strict=True)], ""
    if is_layer(cls):
        return [], _("a layer or model of Keras, none of whose gradients is written by hand with tf.custom_gradient")
    pairs = verb_pairs(cls)
    if is_base(cls, pairs):
        return [], _(NOT_IMPLEMENTED)
    if pairs:
        return [Unit(cls.__name__, line, cls, pairs)], ""
    methods = {name: getattr(cls, name) for name, value in methods_of(cls).items() if is_free(value)}
    inside = units_of_functions(methods, f"{cls.__name__}.")
    return inside, ""


def is_free(value: Any) -> bool:
    """Return whether a method can be called without an object."""
    if isinstance(value, (staticmethod, classmethod)):
        return True
    return inspect.isfunction(value) and list(inspect.signature(value).parameters)[:1] != ["self"]


def is_base(cls: type, pairs: list[tuple[str, str, bool]]) -> bool:
    """Return whether a class is only there to be inherited from, or unfinished: a method of it does nothing."""
    if inspect.isabstract(cls):
        return True
    return bool(pairs) and all(any(is_stub(getattr(cls, verb, None)) for verb in pair[:2]) for pair in pairs)


def units_of_functions(functions: dict[str, Callable[..., Any]], prefix: str) -> list[Unit]:
    """Return the functions that belong together, and those that give value and gradient by themselves."""
    units = []
    paired: set[str] = set()
    for forward, backward, slope in named_pairs(list(functions)):
        paired |= {forward, backward}
        if is_script(functions[backward]):
            continue
        both = Functions(functions[forward], functions[backward], f"{prefix}{forward} and {backward}")
        units.append(Unit(both.names, line_of(functions[forward]), functions=both, gives_slope=slope))
    for name, function in functions.items():
        if name in paired:
            continue
        switch = switch_of(function)
        if switch is not None:
            whole = switched(function, switch, f"{prefix}{name}")
            units.append(Unit(whole.names, line_of(function), functions=whole, gives_slope=True))
        elif gives_loss_and_gradients(function):
            whole = one_function(function, f"{prefix}{name}")
            units.append(Unit(whole.names, line_of(function), functions=whole))
    return units


def line_of(thing: Any) -> int:
    """Return the line with which a class or function begins, 0 where that cannot be told."""
    code = getattr(getattr(thing, "__func__", thing), "__code__", None)
    if code is not None:
        return code.co_firstlineno
    lines = [v.__code__.co_firstlineno for v in vars(thing).values() if inspect.isfunction(v)] if vars(thing) else []
    return min(lines, default=0)
