"""Methods that prepare an object for its first forward: ``initialize()``, ``build(input_shape)``."""

import ast
import copy
import inspect
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from gradients.calling.scenes import C, D, M, N
from gradients.calling.trees import tree_of
from gradients.calling.verbs import methods_of, verb_pairs
from gradients.homework.pieces import Guess, stand_in_for
from gradients.homework.signatures import required

# What a method that prepares an object may be told of its input.
SHAPES: tuple[Any, ...] = ((D,), D, (N, D), (D, M), (C, 6, 6))
OF_IMAGES: tuple[Any, ...] = ((C, 6, 6), (6, 6, C), (N, C, 6, 6), (D,), C, (N, 6, 6, C))
# Methods that prepare an object before its first forward, the likeliest first.
SET_UP = tuple(
    """
    initialize initialise init build compile setup set_input_shape init_weights initialize_weights init_params
    initialize_parameters initialize_params reset_parameters set_input_size create_weights _initialize
    _init_weights _build _setup _init_params _initialize_weights initialize_layer init_parameters set_up connect
    set_input_dim _init weight_init initWeights initializeWeights
    """.split()
)
# What the names of methods begin with that go on with a training, and prepare nothing.
LATER = tuple("update load train fit step optim grad zero predict save test eval back apply".split())


class Made(NamedTuple):
    """An object, and whether it was given others of which it is not known whether they are what is meant."""

    thing: Any
    is_guessed: bool = False


def prepared(
    thing: Any, known: dict[str, Any], images: bool, but: str = "", names: tuple[str, ...] = SET_UP
) -> Iterator[Made]:
    """Yield a copy of an object for each of its methods, of these names, that prepare it for its first forward.

    One that only takes a shape may be followed by another, as ``set_input_shape`` by ``initialize``.
    """
    for name in names:
        method = getattr(type(thing), name, None)
        if not callable(method) or name == but:
            continue
        wanted = required(method)
        for shape in OF_IMAGES if images else SHAPES:
            values = [(stand_in_for(n) or [shape if "shape" in n or n not in known else known[n]])[0] for n in wanted]
            try:
                twin = copy.deepcopy(thing)
                getattr(twin, name)(**{n: copied(value) for n, value in zip(wanted, values, strict=True)})
            except (Exception, SystemExit):
                continue
            if "shape" in name or "size" in name:
                yield from prepared(twin, known, images, but=name)
            yield Made(twin, any(isinstance(value, Guess) for value in values))
            if not wanted:
                break


def own_set_up(thing: Any) -> tuple[str, ...]:
    """Return the methods of an object that set what its forward reads and what is not there, or None, until then."""
    methods = methods_of(type(thing))
    pairs = verb_pairs(type(thing))
    tree = tree_of(methods[pairs[0][0]]) if pairs and pairs[0][0] in methods else None
    if tree is None:
        return ()
    missed = {name for name in attributes(tree, ast.Load) - attributes(tree, ast.Store) if not there(thing, name)}
    spoken = {name for pair in pairs for name in pair[:2]}
    set_by = {name: methods_that_set(type(thing), name, but=(*spoken, *SET_UP)) for name in sorted(missed)}
    return tuple(dict.fromkeys(method for names in set_by.values() for method in names))


def methods_that_set(cls: type, attribute: str, but: Sequence[str]) -> list[str]:
    """Return the methods of a class that set an attribute, but for some and for those that go on with a training."""
    methods = methods_of(cls)
    others = (name for name in methods if name not in but and not name.strip("_").startswith(LATER))
    own = (name for name in others if not name.startswith("__"))
    return [name for name in own if attribute in attributes(tree_of(methods[name]), ast.Store)]


def attributes(tree: ast.AST | None, context: type) -> set[str]:
    """Return the attributes of ``self`` that a function reads, or that it sets."""
    nodes = ast.walk(tree) if tree is not None else iter(())
    found = (node for node in nodes if isinstance(node, ast.Attribute) and isinstance(node.ctx, context))
    return {node.attr for node in found if isinstance(node.value, ast.Name) and node.value.id == "self"}


def there(thing: Any, name: str) -> bool:
    """Return whether an object has an attribute, and it is not None."""
    try:
        return getattr(thing, name, None) is not None
    except Exception:
        return True


def sets_itself_up(cls: type) -> bool:
    """Return whether a class calls one of its methods that prepare an object by itself."""
    try:
        source = "".join(inspect.getsource(base) for base in cls.__mro__[:-1])
    except (OSError, TypeError, SyntaxError):
        return False
    return any(f"self.{name}(" in source for name in SET_UP)


def copied(value: Any) -> Any:
    """Return a copy of a value for a constructor, so that no two objects share it."""
    return copy.deepcopy(value.value) if isinstance(value, Guess) else copy.copy(value)
