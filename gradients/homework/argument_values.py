"""What to try for the arguments of constructors: by their names, and by what the class does with them."""

from typing import Any

import numpy as np

from gradients.calling.scenes import FN, C, D, H, M, N
from gradients.calling.words import words
from gradients.homework.pieces import FUNCTIONS, SLOPES, Guess, Pieces, function_for, stand_in_for
from gradients.homework.stand_in_layers import Tripled, slope_of_tanh
from gradients.homework.uses_in_lines import Use

# Other orientations of arrays that a constructor is given.
WEIGHTS: tuple[tuple[int, ...], ...] = ((M, D), (FN, C, 3, 3), (C, FN, 3, 3), (D, D), (M, D, D), (D,))
BIASES: tuple[tuple[int, ...], ...] = ((M, 1), (1, M), (D,), (FN, 1))
MOST_WORDS = 4
# Words of which the names of arguments consist that are arrays of parameters.
ARRAYS = set("weight weights bias biases matrix matrices vector vectors array initial".split())


def values_for(
    name: str, use: Use | None, known: dict[str, Any], rng: np.random.Generator, pieces: Pieces
) -> list[Any]:
    """Return what to try for an argument of a constructor, the likeliest first."""
    by_name = [*stand_in_for(name), *values_of(name, known, rng)]
    if use is None or not use.tells:
        return by_name
    by_use = values_by_use(name, use, pieces)
    usual = use.is_asked or suits(by_name[0], use)
    return without_repetition([by_name[0], *by_use, *by_name[1:]] if usual else [*by_use, *by_name])


def of_the_type(types: tuple[type, ...], name: str, values: list[Any]) -> list[Any]:
    """Return values with those of the type that the signature says first, and with usual ones where there are none."""
    if not types:
        return values
    plain = [value.value if isinstance(value, Guess) else value for value in values]
    are = [isinstance(value, types) and (bool in types or not isinstance(value, bool)) for value in plain]
    usual: dict[type, list[Any]] = {int: [M if "out" in name.lower() else D, M], float: [0.5], tuple: [(D, M), (3, 3)]}
    first = [value for value, is_one in zip(values, are, strict=True) if is_one] or usual.get(types[0], [])
    first.sort(key=lambda value: isinstance(value, list) and not all(isinstance(part, int) for part in value))
    return [*first, *(value for value, is_one in zip(values, are, strict=True) if not is_one)]


def without_repetition(values: list[Any]) -> list[Any]:
    """Return values without those that have come before, as far as they are sizes, words or rows of them."""
    plain = (int, float, str, tuple, list)
    found: list[Any] = []
    for value in values:
        same = (other for other in found if type(other) is type(value) and isinstance(value, plain))
        if isinstance(value, Guess) or not any(other == value for other in same):
            found.append(value)
    return found


def suits(value: Any, use: Use) -> bool:
    """Return whether a class can do with a value what it does with an argument."""
    value = value.value if isinstance(value, Guess) else value
    if isinstance(value, np.ndarray):
        return True
    if use.words and value not in use.words:
        return False
    if use.is_called and not callable(value):
        return False
    if use.is_sequence and not isinstance(value, str):
        if not isinstance(value, (list, tuple)) or len(value) < max(use.length, len(use.parts)):
            return False
        return use.item is None or all(suits(part, use.item) for part in value)
    return all(hasattr(value, method) for method in use.methods)


def values_by_use(name: str, use: Use, pieces: Pieces) -> list[Any]:
    """Return what an argument may be, by what the class does with it."""
    item = use.item
    if use.words:
        return use.words[:MOST_WORDS]
    if item is not None and item.methods and "activ" in name.lower():  # one for each layer
        return [Guess(row) for count in (3, 2) for row in pieces.rows_of(name, item, count)]
    if item is not None and (item.methods or item.is_called):
        return [Guess(row) for row in pieces.chains()]
    if item is not None and any(part.methods or part.is_called for part in item.parts):
        return [Guess(row) for row in pieces.pairs()]
    if item is not None and item.words:
        return [[item.words[0]] * count for count in (2, 3, 1)]
    if item is not None and len(item.parts) > 1:
        return rows_of_sizes(item)
    if use.length or use.parts:
        return tuples_of(name, max(use.length, len(use.parts)))
    if use.is_sequence:
        return [[H, M], [D, H, M]] if "hid" in name.lower() else [[D, H, M], [H, M], (D, M)]
    if use.is_called and not use.methods:
        return [*function_for(name), *pieces.objects(name, use)]
    if use.methods:
        return [*(function_for(name) if "init" in name.lower() else []), *pieces.objects(name, use)]
    return []


def rows_of_sizes(item: Use) -> list[Any]:
    """Return descriptions of two layers: how many go in, how many come out, and what is told of the rest."""
    words = [part.words[:1] or ["sigmoid"] for part in item.parts[2:]]
    rest = [word[0] for word in words]
    return [[(D, H, *rest), (H, M, *rest)], [[D, H, *rest], [H, M, *rest]]]


def tuples_of(name: str, length: int) -> list[Any]:
    """Return tuples of sizes."""
    low = name.lower()
    if "pad" in low:
        return [(1,) * length, ((1, 1),) * length]
    if any(word in low for word in ("pool", "stride", "window", "scale", "up")):
        return [(2,) * length, (3,) * length]
    if any(word in low for word in ("kernel", "filter")):
        return [(3,) * length, (2,) * length, (FN, C, 3, 3)[:length]]
    tuples: dict[int, list[Any]] = {1: [(D,)], 2: [(D, M), (6, 6), (M, D)], 3: [(C, 6, 6), (6, 6, C), (D, H, M)]}
    return tuples.get(length, [(N, C, 6, 6), (N, 6, 6, C)] if length == 4 else [])


def values_of(name: str, known: dict[str, Any], rng: np.random.Generator) -> list[Any]:
    """Return what to try for an argument of a constructor, by its name alone, the likeliest first."""
    low = name.lower()
    if any(word in low for word in ("layer", "module", "block", "inner")) and "size" not in low and "num" not in low:
        return [[D, H, M], Guess([Tripled(), Tripled()]), 2] if low.endswith("s") else [Tripled(), 2]
    if low in FUNCTIONS and "act" not in low:
        return [np.tanh, "tanh", FN]
    if low.replace("_", "") in SLOPES:
        return [slope_of_tanh]
    if "init" in low and words(name)[-1] in ("fn", "func", "function", "initializer"):
        return function_for(name)
    for key in (name, low, name.strip("_"), name.replace("_", "").lower()):
        if key in known:
            return [known[key], *others(key, known[key], rng)]
    if "momentum" in low or low.endswith("rate"):
        return [0.5, 1]
    if set(words(name)) <= ARRAYS and {"weight", "weights", "bias", "biases"} & set(words(name)):
        key = "b" if "bias" in low else "W"
        return [known[key], *others(key, known[key], rng), D, 0.1]
    if "shape" in low:
        return [(D,), (C, 6, 6), (N, D), (D, M), M if "out" in low else D]
    if "size" in low or "dim" in low or "num" in low or low.startswith("n_") or low.endswith("_n"):
        return [M if "out" in low else D, M, (D, M)]
    if low.endswith("s") and ("layer" in low or "size" in low or "unit" in low or "dim" in low):
        return [[D, H, M]]
    return [
        D,
        0.1,
        [0.5, -0.3, 0.8],
        0.5 * rng.standard_normal((D, M)),
        rng.standard_normal(M),
        "relu",
        None,
        [D, H, M],
    ]


def others(key: str, value: Any, rng: np.random.Generator) -> list[Any]:
    """Return what else to try for an argument whose usual value is known: other sizes, other orientations."""
    if "shape" in key:
        return [shape for shape in ((D,), (C, 6, 6), (N, D), (N, C, 6, 6), (N, 6, 6, C), D) if shape != value]
    if isinstance(value, bool) or not isinstance(value, (int, np.ndarray)):
        return [np.tanh] if key == "activation" else []
    if isinstance(value, int):
        return [size for size in (D, M, 1) if size != value]
    shapes = WEIGHTS if value.ndim > 1 else BIASES
    if key in ("filters", "kernels"):
        return [FN]
    return [0.5 * rng.standard_normal(shape) for shape in shapes]
