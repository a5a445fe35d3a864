"""Values to try for the arguments of somebody's forward, by their names, the most likely first."""

import inspect
import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from gradients.calling.roles import FLAG, PROBABILITY, TRUTH, arguments_of, is_required, key_of
from gradients.calling.truths import truth_places

# Batch, features, units, hidden units, channels, filters, classes, time.
N, D, M, H, C, FN, K, T = 5, 4, 3, 6, 2, 3, 4, 3
SIDE = 6  # of an image
MOST_COMBINATIONS = 200

Shape = tuple[int, ...]
KINDS = {
    "weight": "w weight weights kernel kernels filter filters theta wx u wxh w_x f wax wih w_ih",
    "square": "wh whh w_h waa w_hh whx",
    "bias": "b bias biases bx bh b_h ba bih bhh",
    "scale": "gamma beta scale shift g gain offset a alpha",
    "state": "h prev_h h_prev hprev h0 c prev_c c_prev a_prev a0 hidden state prev_state hidden_state c0 cell s_prev",
}
KIND = {name: kind for kind, names in KINDS.items() for name in names.split()}
# The shapes that go together: of the input, of weights, of recurrent weights, of biases, of scales, of states.
SCENES: tuple[dict[str, Shape], ...] = (
    {"input": (N, D), "weight": (D, M), "square": (M, M), "bias": (M,), "scale": (D,), "state": (N, M)},
    {"input": (N, D), "bias": (D,), "scale": (D,)},
    {"input": (N, C, SIDE, SIDE), "weight": (FN, C, 3, 3), "bias": (FN,), "scale": (C,)},
    {"input": (N, D), "bias": (1, D), "scale": (1, D)},
    {"input": (D, N), "bias": (D, 1), "scale": (D, 1)},
    {"input": (N, D), "weight": (D, M), "bias": (1, M), "scale": (1, D), "square": (M, M), "state": (N, H)},
    {"input": (D, N), "weight": (M, D), "square": (M, M), "bias": (M, 1), "scale": (D, 1), "state": (M, N)},
    {"input": (N, D), "weight": (D, 4 * M), "square": (M, 4 * M), "bias": (4 * M,), "state": (N, M)},
    {"input": (N, T, D), "weight": (D, M), "square": (M, M), "bias": (M,), "scale": (D,), "state": (N, M)},
    {"input": (N, T, D), "weight": (D, 4 * M), "square": (M, 4 * M), "bias": (4 * M,), "state": (N, M)},
    {"input": (N, D), "weight": (M, D), "bias": (M,)},
    {"input": (D, 1), "weight": (M, D), "square": (M, M), "bias": (M, 1), "scale": (D, 1), "state": (M, 1)},
    {"input": (D,), "weight": (M, D), "square": (M, M), "bias": (M,), "scale": (D,), "state": (M,)},
    {"input": (D,), "weight": (D, M), "bias": (M,)},
    {"input": (N, SIDE, SIDE, C), "weight": (3, 3, C, FN), "bias": (1, 1, 1, FN), "scale": (C,)},
    {"input": (T, N, D), "weight": (D, M), "square": (M, M), "bias": (M,), "state": (N, M)},
    {"input": (N, C, 7), "weight": (FN, C, 3), "bias": (FN,), "scale": (1, C, 1)},
    {"input": (N, C, SIDE, SIDE), "weight": (FN, C, 3, 3), "bias": (FN, 1), "scale": (1, C, 1, 1)},
    {"input": (SIDE, SIDE), "weight": (3, 3), "bias": ()},
    {"input": (C, SIDE, SIDE), "weight": (FN, C, 3, 3), "bias": (FN,)},
    {"input": (), "weight": (), "bias": (), "scale": (), "square": (), "state": ()},
)
# Numbers and words by the names of the arguments that take them.
COUNTS: dict[str, Any] = {
    name: value
    for names, value in (
        ("stride strides s pad padding axis", 1),
        ("pool_h pool_w pool_size pool_height pool_width k scale_factor size f_size groups", 2),
        ("kernel_size filter_size n", 3),
        ("num_classes n_classes", K),
        ("eps epsilon", 1e-5),
        ("momentum", 0.9),
        ("keep_prob", 0.6),
        ("p dropout_ratio ratio drop_prob rate dropout", 0.4),
        ("slope negative_slope leak reg lam lambd lambda_ threshold weight_decay", 0.1),
        ("delta", 1.0),
        ("power", 2.0),
        ("seed", 0),
        ("mode", "train"),
        ("activation", "relu"),
        ("gradient", None),
    )
    for name in names.split()
}
# What a dictionary of settings may be asked for, as conv_param["stride"].
PARAMS = {
    "mode": "train",
    "stride": 1,
    "pad": 1,
    "p": 0.4,
    "seed": 0,
    "eps": 1e-5,
    "momentum": 0.9,
    "pool_height": 2,
    "pool_width": 2,
}


def given_inputs(
    function: Callable[..., Any],
    rng: np.random.Generator,
    images: bool = False,
    sizes: Sequence[int] = (),
    small: bool = False,
) -> list[tuple[Any, ...]]:
    """Return values for what a function must be given, the likely combinations first.

    Parameters
    ----------
    images : bool
        Whether the layer is one for images.
    sizes : sequence of int
        Lengths of the axes of the object's own arrays: one of them is often the number of features.
    small : bool
        Whether to return single samples and numbers, in which many a mistake does not show; else all others.
    """
    found = all_inputs(function, rng, images, sizes)
    return [inputs for inputs in found if any(map(is_small, inputs[:1])) == small]


def is_small(x: Any) -> bool:
    """Return whether an input is a number, a vector of floats, or has an axis of one element."""
    if not isinstance(x, (np.ndarray, float)):
        return False
    return np.ndim(x) == 0 or (np.ndim(x) >= 2 and 1 in np.shape(x)[-2:] and len(x) != N)


def all_inputs(
    function: Callable[..., Any], rng: np.random.Generator, images: bool, sizes: Sequence[int]
) -> Iterator[tuple[Any, ...]]:
    """Yield values for what a function must be given, the likely combinations first."""
    arguments = arguments_to_give(function)
    names = [key_of(argument.name) for argument in arguments]
    truth = truth_places([argument.name for argument in arguments])
    if len(arguments) == 1 and not truth:
        yield from ((value,) for value in inputs_alone(names[0], rng, images, sizes))
        return
    if truth and len(arguments) >= 2:
        yield from with_truth(names, truth, rng, sizes)
        return
    if set(names) == {"x", "y"}:
        yield from itertools.islice(scenes(names, [[], []], rng, images), 4)
        yield from with_truth(names, [names.index("y")], rng, sizes)
    settings = [fixed_value(name, place) for place, name in enumerate(names)]
    yield from scenes(names, settings, rng, images)
    candidates = [
        setting or list(randoms(rng, *shapes_for(kind)))
        for kind, setting in zip(kinds_of(names), settings, strict=True)
    ]
    ranked = itertools.product(*(range(len(values)) for values in candidates))
    for ranks in sorted(itertools.islice(ranked, 20_000), key=sum)[:MOST_COMBINATIONS]:
        yield tuple(values[rank] for values, rank in zip(candidates, ranks, strict=True))


def arguments_to_give(function: Callable[..., Any]) -> list[inspect.Parameter]:
    """Return the arguments that are given: those that must be, and labels that may be left out."""
    arguments = arguments_of(function)
    needed = [p for p in arguments if is_required(p)]
    optional = arguments[len(needed) : len(needed) + 1]
    if needed and optional and optional[0].default is None and key_of(optional[0].name) in {*TRUTH, "y"}:
        return arguments[: len(needed) + 1]
    return needed or [p for p in arguments if p.default is None][:1]


def scenes(
    names: Sequence[str], settings: Sequence[list[Any]], rng: np.random.Generator, images: bool
) -> Iterator[tuple[Any, ...]]:
    """Yield arrays whose shapes go together, as the names of the arguments suggest, then arrays of one shape."""
    kinds = kinds_of(names)
    alike: list[Shape] = [(N, D), (N, T, D), (N, C, SIDE, SIDE), ()]
    same = [dict.fromkeys({*kinds}, shape) for shape in alike]
    unnamed = kinds.count("input") > 1
    order = [*same[:1], *TWO, *same[1:], *SCENES] if unnamed and len(set(kinds)) == 1 else [*SCENES, *same]
    if images:
        order = sorted(order, key=lambda scene: len(scene["input"]) != 4)
    for scene in order:
        if all(setting or kind in scene for setting, kind in zip(settings, kinds, strict=True)):
            yield tuple(
                setting[0] if setting else drawn(kind, shape_in(scene, kind, place), rng)
                for place, (setting, kind) in enumerate(zip(settings, kinds, strict=True))
            )


def kinds_of(names: Sequence[str]) -> list[str]:
    """Return what each argument is by its name; the first is an input, and so are letters such as a and b alone."""
    if set(names) <= set("abcdpquvyz") or set(names) <= set("xyz"):
        return ["input"] * len(names)
    return [KIND.get(name, "input") if place else "input" for place, name in enumerate(names)]


# Two inputs whose shapes differ: a product of matrices, a row that is added to each row.
TWO: tuple[dict[str, Any], ...] = (
    {"input": ((N, D), (D, M), (M, K))},
    {"input": ((N, D), (D,), (D,))},
    {"input": ((N, T, D), (N, D), (N, D))},
    {"input": ((N, D), (N, H), (N, M))},
)


def shape_in(scene: dict[str, Any], kind: str, place: int) -> Shape:
    """Return the shape of an argument in a scene, which may give one for each place."""
    shape = scene[kind]
    return shape[min(place, len(shape) - 1)] if shape and isinstance(shape[0], tuple) else shape


def drawn(kind: str, shape: Shape, rng: np.random.Generator) -> np.ndarray:
    """Return random numbers for an argument of a kind."""
    values = np.asarray(rng.standard_normal(shape))
    return np.abs(values) + 0.5 if kind == "scale" else 0.5 * values if kind in ("weight", "square") else values


def shapes_for(kind: str) -> list[Shape]:
    """Return the shapes that an argument of a kind has in any scene."""
    return list(dict.fromkeys(scene[kind] for scene in SCENES if kind in scene))[:6]


def fixed_value(name: str, place: int) -> list[Any]:
    """Return the values of an argument that is no array, none where it may be one."""
    if name in {key_of(flag) for flag in FLAG}:
        return [True]
    if place > 0 and name.endswith(("_param", "_params", "options", "config", "cfg", "hparams")):
        return [dict(PARAMS)]
    if place > 0 and name in COUNTS and name not in KIND:
        return [COUNTS[name]]
    return []


def with_truth(
    names: Sequence[str], truth: Sequence[int], rng: np.random.Generator, sizes: Sequence[int]
) -> Iterator[tuple[Any, ...]]:
    """Yield a guess and its truth, in all forms that truths have; other arguments get what their names say."""
    guess = next((place for place in range(len(names)) if place not in truth), 0)
    for x, t in guesses_and_truths(names[guess] in PROBABILITY, rng, sizes):
        values: list[Any] = []
        for place, name in enumerate(names):
            fixed = fixed_value(name, place)
            other = np.ones(np.shape(t)) if "mask" in name or "weight" in name else rng.standard_normal(np.shape(x))
            values.append(x if place == guess else t if place in truth else fixed[0] if fixed else other)
        yield tuple(values)


def guesses_and_truths(
    is_probability: bool, rng: np.random.Generator, sizes: Sequence[int]
) -> Iterator[tuple[Any, Any]]:
    """Yield pairs of a guess and a truth."""
    labels, three = (rng.permutation(np.arange(N) % count) for count in (K, 3))
    signs = rng.choice([-1.0, 1.0], (N, K))
    scores, between = 0.7 * rng.standard_normal((N, K)), rng.uniform(0.1, 0.9, (N, K))
    rows, one_hot = probabilities(rng, (N, K)), np.eye(K)[labels]
    bits = rng.permutation(np.arange(N) % 2).astype(float)
    x = rows if is_probability else scores
    yield from ((x, labels), (x, one_hot), (between if is_probability else x, (signs + 1) / 2), (2 * scores, signs))
    yield from ((x, rng.standard_normal((N, K))), (rows, probabilities(rng, (N, K))), (between, (signs + 1) / 2))
    yield from ((rows, labels), (between[:, :1], bits[:, None]), (between[:, 0], bits), (scores[:, :1], bits[:, None]))
    yield from ((scores[:, 0], bits), (np.ascontiguousarray(rows.T), np.ascontiguousarray(one_hot.T)))
    yield from ((np.ascontiguousarray(scores.T), np.ascontiguousarray(one_hot.T)), (rows[0], one_hot[0]))
    yield from ((scores[0], one_hot[0]), (rows[0], 2), (scores[0], 2), (between[:, 0], bits.astype(int)))
    steps = rng.standard_normal((N, T, K))
    yield from ((steps, rng.integers(0, K, (N, T))), (scores[:, 0], 2 * bits - 1))
    yield scores[:, :1], 2 * bits[:, None] - 1
    for size in dict.fromkeys([D, *sizes]):
        x = rng.standard_normal((N, size))
        yield from ((x, three), (x, np.eye(3)[three]), (x, bits.astype(int)), (x, bits), (x, bits[:, None]))
        yield from ((x, rng.standard_normal((N, 3))), (x, rng.standard_normal(N)), (x[0], 0.3), (x[0], bits[0]))
    yield 0.7, 1.0


def inputs_alone(name: str, rng: np.random.Generator, images: bool, sizes: Sequence[int]) -> Iterator[Any]:
    """Yield what a layer's only input may be."""
    shapes: list[Shape] = [(N, D), (N, C, SIDE, SIDE), (N, T, D), (N, M)]
    if images:
        shapes = [(N, C, SIDE, SIDE), (N, C, 5, 5), (N, SIDE, SIDE, C), (C, SIDE, SIDE), (SIDE, SIDE, C), *shapes]
    if name in PROBABILITY:
        yield probabilities(rng, (N, K))
    x = rng.standard_normal(shapes[0])
    yield from (x, np.abs(x) + 0.5)
    yield from randoms(rng, *shapes[1:])
    own = [size for size in dict.fromkeys(sizes) if 1 < size < 200 and size not in (D, M)]
    yield from randoms(rng, *((N, size) for size in own), (D, N), *((size, N) for size in (M, *own)))
    yield from (rng.integers(0, D, (N, T)), rng.integers(0, D, N))
    yield from randoms(rng, (N, SIDE, SIDE, C), (C, SIDE, SIDE), (SIDE, SIDE, C), (SIDE, SIDE), (T, D, 1), (N, C, 5))
    yield from randoms(rng, (D, 1), *((size, 1) for size in (M, *own)), (D,), *((size,) for size in (M, *own)))
    yield from randoms(rng, (N, 2, D), (T, N, D), (N, 1, SIDE, SIDE), (N, C, 8), (N, T, SIDE, SIDE))
    yield 0.7


def randoms(rng: np.random.Generator, *shapes: Shape, scale: float = 1.0) -> list[np.ndarray]:
    """Return normal numbers of each shape."""
    return [scale * np.asarray(rng.standard_normal(shape)) for shape in shapes]


def probabilities(rng: np.random.Generator, shape: Shape) -> np.ndarray:
    """Return rows of probabilities that add up to 1."""
    exponentials = np.exp(0.7 * rng.standard_normal(shape))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)
