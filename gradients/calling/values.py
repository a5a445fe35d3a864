"""Values to try for the arguments of somebody's forward, by their names, the most likely first."""

import inspect
import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from gradients.calling.roles import FLAG, GUESS, PROBABILITY, TRUTH, arguments_of, is_required, key_of

N, D, M, H, C, FN, K, T = (
    5,
    4,
    3,
    6,
    2,
    3,
    4,
    3,
)  # batch, features, units, hidden units, channels, filters, classes, time
SIDE = 6  # of an image
MOST_COMBINATIONS = 400

WEIGHT = set(
    """
    w weight weights kernel kernels filter filters theta wx u wxh w_x f wax
    """.split()
)
SQUARE = set(
    """
    wh whh w_h waa w_hh v
    """.split()
)
BIAS = set(
    """
    b bias biases bx bh b_h ba by
    """.split()
)
SCALE = set(
    """
    gamma beta scale shift g gain offset mean var mu sigma
    """.split()
)
STATE = set(
    """
    h prev_h h_prev hprev h0 c prev_c c_prev a_prev a0 hidden state prev_state
    """.split()
)
# Numbers and words by the names of the arguments that take them.
COUNTS: dict[str, Any] = {
    name: value
    for names, value in (
        ("stride strides s pad padding axis", 1),
        ("pool_h pool_w pool_size pool_height pool_width k scale_factor size f_size", 2),
        ("kernel_size filter_size n", 3),
        ("num_classes n_classes", K),
        ("eps epsilon", 1e-5),
        ("momentum", 0.9),
        ("keep_prob", 0.6),
        ("p dropout_ratio ratio drop_prob rate dropout", 0.4),
        ("alpha slope negative_slope leak reg lam lambd lambda_ threshold weight_decay", 0.1),
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
    function: Callable[..., Any], rng: np.random.Generator, images: bool = False
) -> Iterator[tuple[Any, ...]]:
    """Yield values for what a function must be given, the likely combinations first."""
    arguments = [p for p in arguments_of(function) if is_required(p)]
    if not arguments:
        arguments = [p for p in arguments_of(function) if p.default is None][:1]
    names = [key_of(argument.name) for argument in arguments]
    candidates = [values_for(argument, place, names, rng, images) for place, argument in enumerate(arguments)]
    ranked = itertools.product(*(range(len(values)) for values in candidates))
    for ranks in sorted(itertools.islice(ranked, 20_000), key=sum)[:MOST_COMBINATIONS]:
        yield tuple(values[rank] for values, rank in zip(candidates, ranks, strict=True))


def values_for(
    argument: inspect.Parameter, place: int, names: Sequence[str], rng: np.random.Generator, images: bool
) -> list[Any]:
    """Return the values to try for one argument."""
    name = names[place]
    if name in {key_of(flag) for flag in FLAG}:
        return [True]
    if place > 0 and name.endswith(("_param", "_params", "param", "options", "config")):
        return [dict(PARAMS)]
    if place > 0 and name in COUNTS and name not in WEIGHT | BIAS | SCALE | STATE:
        return [COUNTS[name], 2]
    if is_truth(name, names):
        return truths(rng)
    if place > 0 and name in {key_of(n) for n in WEIGHT}:
        return randoms(rng, (D, M), (FN, C, 3, 3), (M, D), (D, 4 * M), (3, 3, C, FN), (D,), (D, D), (), scale=0.5)
    if place > 0 and name in {key_of(n) for n in SQUARE}:
        return randoms(rng, (M, M), (M, 4 * M), (D, M), (H, M), scale=0.5)
    if place > 0 and name in BIAS:
        return randoms(rng, (M,), (D,), (M, 1), (1, M), (FN,), (4 * M,), (1, 1, 1, FN), ())
    if place > 0 and name in SCALE:
        return [np.abs(v) + 0.5 for v in randoms(rng, (D,), (C,), (1, D), (1, C, 1, 1), (D, 1))]
    if place > 0 and name in STATE:
        return randoms(rng, (N, M), (M, N), (M, 1), (N, D), (M,))
    if name in PROBABILITY and any(is_truth(other, names) for other in names):
        return [
            probabilities(rng, (N, K)),
            rng.uniform(0.1, 0.9, (N, K)),
            rng.uniform(0.1, 0.9, N),
            *randoms(rng, (N, K)),
        ]
    if any(is_truth(other, names) for other in names) or name in GUESS & {"logits", "scores", "score"}:
        return randoms(rng, (N, K), (K,), (N, 1), (N,), (K, N), (N, T, K), scale=0.7)
    return inputs_alone(rng, images)


def is_truth(name: str, names: Sequence[str]) -> bool:
    """Return whether an argument is the labels or targets: by its name, or a y beside a guess."""
    if name in {key_of(n) for n in TRUTH}:
        return not (name == "t" and len(names) == 1)
    others = set(names) - {name}
    return name == "y" and bool(others) and (len(names) == 2) and bool(others & {key_of(n) for n in GUESS})


def inputs_alone(rng: np.random.Generator, images: bool) -> list[Any]:
    """Return what a layer's x may be."""
    shapes: list[tuple[int, ...]] = [
        (N, D), (N, C, SIDE, SIDE), (N, T, D), (N, M), (D, N), (D, 1), (D,), (N, SIDE, SIDE, C), (C, SIDE, SIDE),
        (SIDE, SIDE), (T, D, 1), (N, C, 5),
    ]  # fmt: skip
    if images:
        shapes = [(N, C, SIDE, SIDE), (N, C, 5, 5), (N, SIDE, SIDE, C), (C, SIDE, SIDE), (SIDE, SIDE, C), *shapes]
    found: list[Any] = randoms(rng, *shapes)
    found.insert(1, np.abs(found[0]) + 0.5)
    return [*found, rng.integers(0, D, N), rng.integers(0, D, (N, T)), 0.7]


def randoms(rng: np.random.Generator, *shapes: tuple[int, ...], scale: float = 1.0) -> list[np.ndarray]:
    """Return normal numbers of each shape."""
    return [scale * np.asarray(rng.standard_normal(shape)) for shape in shapes]


def probabilities(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Return rows of probabilities that add up to 1."""
    exponentials = np.exp(0.7 * rng.standard_normal(shape))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


def truths(rng: np.random.Generator) -> list[Any]:
    """Return what labels or targets may be: numbers of classes, one-hot, real targets, 0 and 1."""
    labels = rng.permutation(np.arange(N) % K)
    zeros_and_ones = rng.permutation(np.arange(N) % 2)
    return [
        labels,
        np.eye(K)[labels],
        rng.standard_normal((N, K)),
        rng.integers(0, 2, (N, K)).astype(float),
        zeros_and_ones.astype(float),
        zeros_and_ones.astype(float)[:, None],
        rng.standard_normal((N, 1)),
        rng.standard_normal(N),
        np.eye(K)[2],
        np.eye(K)[labels].T,
        rng.integers(0, K, (N, T)),
        2,
    ]
