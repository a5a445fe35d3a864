"""What of a file is made of TensorFlow's custom gradients: functions, methods, and layers that use one."""

import ast
import inspect
from collections.abc import Iterator
from types import CodeType, ModuleType
from typing import Any

from gradients.calling.calls import without
from gradients.calling.trees import tree_of
from gradients.other_arrays.libraries import library
from gradients.other_arrays.tensorflow_functions import Taped
from gradients.other_arrays.tensorflow_recorder import Recorder

DECORATOR = "custom_gradient"


def tensorflow_functions(named: dict[str, Any], module: str) -> dict[str, tuple[Any, Taped]]:
    """Return the functions of a file that have a custom gradient, or define one inside.

    Parameters
    ----------
    named : dict of str to object
        What the file has, by name; a function under several names is returned once.
    module : str
        The file's name as a module.

    Returns
    -------
    dict of str to tuple
        The function as it was written, and in the shape of a layer.
    """
    if library("tensorflow") is None:
        return {}
    found: dict[Any, tuple[str, Any]] = {}
    for name, value in named.items():
        if is_own_function(value, module) and (has_custom_gradient(value) or defines_custom_gradient(value)):
            found.setdefault(inspect.unwrap(value), (name, value))
    return {
        name: (function, Taped(name, Recorder(value), inspect.signature(function)))
        for function, (name, value) in found.items()
    }


def is_own_function(value: Any, module: str) -> bool:
    """Return whether a value is a function that the file defines, whatever is put around it."""
    function = inspect.unwrap(value) if callable(value) and not isinstance(value, type) else None
    return inspect.isfunction(function) and function.__module__ == module


def has_custom_gradient(value: Any) -> bool:
    """Return whether a function was given its gradient by ``@tf.custom_gradient``, under ``@tf.function`` or not."""
    while value is not None:
        if getattr(getattr(value, "_tf_decorator", None), "decorator_name", None) == DECORATOR:
            return True
        value = getattr(value, "__wrapped__", None)
    return False


def defines_custom_gradient(value: Any) -> bool:
    """Return whether a function of tensors defines one with a custom gradient and calls it."""
    function = inspect.unwrap(value)
    takes = [p for p in inspect.signature(function).parameters.values() if p.default is p.empty]
    return bool(takes) and DECORATOR in names_in(function.__code__) and not returns_function(function)


def makes_functions(value: Any, module: str) -> bool:
    """Return whether a value is a function of the file that returns one with a custom gradient."""
    if library("tensorflow") is None or not is_own_function(value, module):
        return False
    return DECORATOR in names_in(inspect.unwrap(value).__code__) and returns_function(inspect.unwrap(value))


def returns_function(function: Any) -> bool:
    """Return whether a function makes functions: it returns one that is defined inside it."""
    tree = tree_of(function)
    body = getattr(tree.body[0], "body", []) if tree is not None else []
    inner = {node.name for node in body if isinstance(node, ast.FunctionDef)}
    returned = [node.value for node in body if isinstance(node, ast.Return)]
    return any(isinstance(value, ast.Name) and value.id in inner for value in returned)


def names_in(code: CodeType) -> set[str]:
    """Return the names of globals and attributes that a function uses, those of functions inside it included."""
    inner = (names_in(constant) for constant in code.co_consts if isinstance(constant, CodeType))
    return set(code.co_names).union(*inner)


def tensorflow_methods(cls: type) -> list[str]:
    """Return the methods of a class that are called on tensors: a layer's ``call``, or those with a custom gradient."""
    if library("tensorflow") is None:
        return []
    own = {name: getattr(value, "__func__", value) for name, value in vars(cls).items()}
    if is_layer(cls):
        return (
            ["call"] if "call" in own and any(uses_custom_gradient(value, cls, set()) for value in own.values()) else []
        )
    return [name for name, value in own.items() if has_custom_gradient(value)]


def is_layer(cls: type) -> bool:
    """Return whether a class is a layer of Keras."""
    roots = ("keras", "tf_keras", "tensorflow")
    return any(base.__name__ == "Layer" and base.__module__.partition(".")[0] in roots for base in cls.__mro__[1:])


def uses_custom_gradient(value: Any, cls: type, seen: set[Any]) -> bool:
    """Return whether a function calls, directly or through others, one with a custom gradient, or defines one."""
    if has_custom_gradient(value):
        return True
    function = inspect.unwrap(value) if callable(value) and not isinstance(value, type) else None
    if not inspect.isfunction(function) or function in seen:
        return False
    seen.add(function)
    names = names_in(function.__code__)
    return DECORATOR in names or any(uses_custom_gradient(v, cls, seen) for v in called(function, names, cls))


def called(function: Any, names: set[str], cls: type) -> Iterator[Any]:
    """Yield what names stand for in a function: globals of its file, what is in modules there, methods of the class."""
    known = {name: function.__globals__[name] for name in names if name in function.__globals__}
    own = {name: value for name, value in vars(cls).items() if name in names}
    yield from (*known.values(), *own.values())
    for value in known.values():
        if isinstance(value, ModuleType) and value.__name__.partition(".")[0] not in ("tensorflow", "keras", "numpy"):
            yield from (vars(value)[name] for name in names if name in vars(value))


def on_tensors(thing: Any, method: str) -> Taped:
    """Return a layer of Keras, or a method with a custom gradient of some object, in the shape of a layer."""
    cls = type(thing)
    held = inspect.getattr_static(cls, method)
    function = inspect.unwrap(getattr(held, "__func__", held))
    signature = without(function, None if isinstance(held, staticmethod) else 0)
    if is_layer(cls) and method == "call":
        return Taped(cls.__name__, Recorder(thing, thing, "training" in signature.parameters), signature)
    return Taped(f"{cls.__name__}.{method}", Recorder(getattr(thing, method)), signature)
