"""What of a file can be put into its other classes: layers for a container, a loss, an activation, an optimizer."""

import copy
import inspect
import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np

from gradients.calling.scenes import D, N
from gradients.calling.verbs import methods_of, verb_pairs
from gradients.calling.words import LOSS, direction
from gradients.homework.stand_in_layers import Descent, Linear, Normal, Tanh, slope_of_tanh
from gradients.homework.uses_in_lines import Use
from gradients.measuring.half_squares import HalfSquares
from gradients.measuring.held_arrays import arrays_in

MOST_MADE = 6  # objects of a class
MOST_CLASSES = 40
MOST_ACTIVATIONS = 3
# Words in the names of arguments, and those in the names of the classes that may be meant.
FAMILIES = {
    "loss": ("loss", "mse", "entropy", "error", "cost"),
    "cost": ("loss", "mse", "entropy", "error", "cost"),
    "optim": ("optim", "sgd", "descent", "adam", "momentum"),
    "acc": ("accuracy", "metric"),
    "activ": ("activ", "sigmoid", "tanh", "relu"),
}
# Arguments of constructors that are functions, and those that are derivatives of functions.
FUNCTIONS = {"f", "func", "fn", "function", "activation", "activation_function", "g", "phi", "sigma", "nonlinearity"}
SLOPES = set(
    """
    fprime df derivative deriv activationprime activationderivative dactivation fderivative funcprime functionprime
    dfunc activationgrad activationgradient dact gprime fgrad derivativefunction dg dphi derivada ableitung prime
    """.split()
)
LAST = ("softmax", "sigmoid")  # activations behind which a network may have its loss


class Guess(NamedTuple):
    """An object or function that a constructor is given, of which it is not known whether it is what is meant."""

    value: Any


class Pieces:
    """What there is for the arguments of a class, in the module where it is written.

    Parameters
    ----------
    cls : type
    rng : Generator
    make : callable
        Returns objects of a class.
    """

    def __init__(self, cls: type, rng: np.random.Generator, make: Callable[[type], Iterator[Any]]) -> None:
        self.cls, self.rng, self.make = cls, rng, make
        self.names = names_seen_by(cls)
        self.objects_made: dict[type, list[Any]] = {}
        self.layers: tuple[list[Any], list[Any]] | None = None

    def made(self, cls: type) -> list[Any]:
        """Return some objects of a class, none where none can be made."""
        if cls not in self.objects_made:
            self.objects_made[cls] = []
            try:
                for thing in self.make(cls):
                    self.objects_made[cls].append(thing)
                    if len(self.objects_made[cls]) == MOST_MADE:
                        break
            except Exception:
                pass
        return self.objects_made[cls]

    def classes(self) -> list[type]:
        """Return the classes that the class may be given objects of, those that others inherit from last."""
        found = [value for value in self.names.values() if is_written_here(value)]
        found += [cls for base in found for cls in base.__subclasses__()]
        unique = [cls for cls in dict.fromkeys(found) if not issubclass(cls, self.cls)]
        return sorted(unique, key=lambda cls: bool(cls.__subclasses__()))[:MOST_CLASSES]

    def objects(self, name: str, use: Use) -> list[Guess]:
        """Return what may be meant by an argument that is called, or of which methods are called."""
        words = next((words for key, words in FAMILIES.items() if key in name.lower()), ())
        classes = [cls for cls in self.classes() if use.methods or is_of(cls, words)]
        classes = [cls for cls in classes if all(hasattr(cls, method) for method in use.methods)]
        classes.sort(key=lambda cls: not is_of(cls, words))
        found = [Guess(self.made(cls)[0]) for cls in classes[:3] if self.made(cls)]
        if use.is_called and not use.methods:
            functions = {key: value for key, value in self.names.items() if is_own_function(value)}
            found += [Guess(value) for key, value in functions.items() if any(word in key.lower() for word in words)]
            found += [Guess(cls) for cls in classes[:2]]
        return found[:4] or self.stand_ins(name, use)

    def stand_ins(self, name: str, use: Use) -> list[Guess]:
        """Return what stands for an object of which the file has no class: a loss, or a layer."""
        if LOSS.search(name):
            return [Guess(HalfSquares())] if use.methods else []
        ways = {direction(method)[0] for method in use.methods}
        return [Guess(Linear(self.rng))] if ways >= {"forth", "back"} and "act" not in name.lower() else []

    def rows_of(self, name: str, use: Use, count: int) -> list[list[Any]]:
        """Return rows of so many objects of one class, of those that may be meant by an argument.

        The last is an identity where there is one, since behind it a loss often has a softmax.
        """
        same = [cls for cls in self.classes() if is_of(cls, ("identity",)) and self.made(cls)]
        last = [self.made(cls)[0] for cls in same if all(hasattr(cls, method) for method in use.methods)][:1]
        rows = [[guess.value] * (count - len(last)) + last for guess in self.objects(name, use)]
        return [[copy.deepcopy(thing) for thing in row] for row in rows]

    def chains(self) -> list[list[Any]]:
        """Return rows of layers, each of which takes what the one before it gives."""
        dense, activations = self.dense_and_activations()
        behind = dense[1:2]
        rows = [[dense[0], activation] for activation in activations if dense]
        rows += [[dense[0], *activations[:1], *behind]] if behind else []
        if not dense:
            rows = [[Linear(self.rng), activation] for activation in activations]
        return [[Linear(self.rng), Tanh()], *rows, *([thing] for thing in dense[:1])]

    def pairs(self) -> list[list[Any]]:
        """Return rows of a layer with its activation."""
        dense, activations = self.dense_and_activations()
        return [[(thing, activation)] for thing in dense[:1] for activation in activations]

    def dense_and_activations(self) -> tuple[list[Any], list[Any]]:
        """Return a layer with parameters that takes (N, D), one that takes what it gives, and activations."""
        if self.layers is None:
            dense: list[Any] = []
            activations: list[Any] = []
            for cls in self.classes():
                pairs = verb_pairs(cls)
                if not pairs or is_of(cls, (*FAMILIES["loss"], "dropout")):
                    continue
                for thing in self.made(cls):
                    if not arrays_in(thing) and output(thing, pairs[0][0], (N, D)) == (N, D):
                        activations.append(thing)
                        break
                    if not dense and arrays_in(thing) and len(output(thing, pairs[0][0], (N, D))) == 2:
                        dense = [thing, *self.behind(thing, pairs[0][0])]
            smooth = [a for a in activations if "relu" not in type(a).__name__.lower()]
            last = [a for a in activations if any(word in type(a).__name__.lower() for word in LAST)]
            chosen = list({id(a): a for a in [*smooth[:1], *last, *activations]}.values())
            self.layers = dense, chosen[:MOST_ACTIVATIONS]
        return self.layers

    def behind(self, first: Any, forward: str) -> list[Any]:
        """Return a layer of the same class that takes what the first one gives."""
        shape = output(first, forward, (N, D))
        others = (thing for thing in self.made(type(first)) if thing is not first)
        return [thing for thing in others if arrays_in(thing) and len(output(thing, forward, shape)) == 2][:1]


def output(thing: Any, forward: str, shape: tuple[int, ...]) -> tuple[int, ...]:
    """Return the shape of what a layer gives for an input of a shape, empty where it gives nothing."""
    x = np.random.default_rng(0).standard_normal(shape)
    for more in ((), (True,)):
        try:
            twin = copy.deepcopy(thing)
            y = getattr(twin, forward)(x, *more)
            y = getattr(twin, "output", None) if y is None else y
        except Exception:
            continue
        if isinstance(y, np.ndarray):
            return y.shape
    return ()


def names_seen_by(cls: type) -> dict[str, Any]:
    """Return the global names that the methods of a class can use, those of modules of the same project included."""
    functions = (value for base in cls.__mro__[:-1] for value in vars(base).values() if inspect.isfunction(value))
    names: dict[str, Any] = {}
    for function in functions:
        names |= function.__globals__
        break
    modules = [value for value in names.values() if isinstance(value, ModuleType) and is_of_the_project(value)]
    for module in modules:
        names = {**vars(module), **names}
    return names


def is_of_the_project(module: ModuleType) -> bool:
    """Return whether a module is neither installed nor one of Python's own."""
    path = getattr(module, "__file__", None) or ""
    root = module.__name__.partition(".")[0]
    return bool(path) and "site-packages" not in path and root not in sys.stdlib_module_names and root != "gradients"


def is_written_here(value: Any) -> bool:
    """Return whether something is a class of the project that is checked."""
    if not isinstance(value, type) or value.__module__.partition(".")[0] in ("builtins", "gradients", "typing"):
        return False
    functions = [function for function in methods_of(value).values() if inspect.isfunction(function)]
    return bool(functions) and not any(
        "site-packages" in f.__code__.co_filename or f.__module__.partition(".")[0] in sys.stdlib_module_names
        for f in functions
    )


def is_own_function(value: Any) -> bool:
    """Return whether something is a function of the project that is checked."""
    return inspect.isfunction(value) and "site-packages" not in value.__code__.co_filename


def is_of(cls: type, words: tuple[str, ...]) -> bool:
    """Return whether the name of a class, or that of one of its bases, has one of the words in it."""
    return any(word in base.__name__.lower() for base in cls.__mro__[:-1] for word in words)


def stand_in_for(name: str) -> list[Guess]:
    """Return what stands for an argument of that name whatever is written in the file."""
    return [Guess(Descent())] if "optim" in name.lower() or name.lower() in ("opt", "solver") else []


def function_for(name: str) -> list[Any]:
    """Return functions that may be meant by an argument that is called: an activation, its slope, random weights."""
    low = name.lower()
    if "init" in low:
        rng = np.random.default_rng(0)
        return [Normal(rng), *([Normal(rng, in_row=True)] if low.startswith("b") else [])]
    if "loss" in low or "cost" in low:
        return []
    if direction(name)[0] == "derivative" or low.replace("_", "") in SLOPES:
        return [slope_of_tanh]
    return [np.tanh] if "act" in low or low in FUNCTIONS else []
