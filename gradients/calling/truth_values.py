"""Guesses and truths in all the forms that they have, and settings by their names."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from gradients.calling.roles import FLAG, PROBABILITY, key_of
from gradients.calling.scenes import KIND, D, K, N, Shape, T

# Numbers and words by the names of the arguments that take them.
COUNTS: dict[str, Any] = {
    name: value
    for names, value in (
        ("stride strides s pad padding axis dim dims axes", 1),
        ("keepdims keepdim keep_dims", True),
        ("shape new_shape target_shape", (D, N)),
        ("order", (1, 0)),
        ("pool_h pool_w pool_size pool_height pool_width k scale_factor size f_size groups", 2),
        ("kernel_size filter_size n", 3),
        ("num_classes n_classes", K),
        ("eps epsilon", 1e-5),
        ("momentum", 0.9),
        ("keep_prob", 0.6),
        ("p dropout_ratio ratio drop_prob rate dropout", 0.4),
        ("slope negative_slope leak reg lam lambd lambda lamda lambda_ threshold weight_decay", 0.1),
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
    "pool_size": 2,
    "kernel_size": 3,
    "f": 2,
    "padding": 1,
}
MOST_WORDS = 100  # of a vocabulary, up to which words are given as one-hot vectors


def fixed_value(name: str, place: int) -> list[Any]:
    """Return the values of an argument that is no array, none where it may be one."""
    if name in {key_of(flag) for flag in FLAG}:
        return [True]
    if place > 0 and name.endswith(("_param", "_params", "options", "config", "cfg", "hparams")):
        return [settings_for(list(PARAMS), "pool" in name)]
    if place > 0 and ("dropout" in name or "keep_prob" in name):
        return [0.4]
    if place > 0 and name in COUNTS and name not in KIND:
        return [COUNTS[name]]
    return []


def settings_for(keys: Sequence[str], pools: bool) -> dict[str, Any]:
    """Return a dictionary of settings with what it is asked for; windows that pool do not overlap."""
    settings = {key: PARAMS[key] for key in keys if key in PARAMS}
    return {**settings, "stride": 2, "pad": 0} if pools else settings


def with_truth(
    names: Sequence[str], truth: Sequence[int], rng: np.random.Generator, sizes: Sequence[int]
) -> Iterator[tuple[Any, ...]]:
    """Yield a guess and its truth, in all forms that truths have; other arguments get what their names say."""
    if any(KIND.get(name) == "weight" for place, name in enumerate(names) if place not in truth):
        yield from linear_losses(names, truth, rng)
        return
    guess = next((place for place in range(len(names)) if place not in truth), 0)
    for x, t in guesses_and_truths(names[guess] in PROBABILITY, rng, sizes):
        values: list[Any] = []
        for place, name in enumerate(names):
            fixed = fixed_value(name, place)
            other = np.ones(np.shape(t)) if "mask" in name or "weight" in name else rng.standard_normal(np.shape(x))
            values.append(x if place == guess else t if place in truth else fixed[0] if fixed else other)
        yield tuple(values)


def linear_losses(names: Sequence[str], truth: Sequence[int], rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    """Yield weights, inputs and truths of a linear classifier, in the order of the arguments."""
    classes = 3  # not as many as features, so that a transpose shows
    labels, bits = (rng.permutation(np.arange(N) % count) for count in (classes, 2))
    both = rng.standard_normal((N, 1))
    kinds: tuple[tuple[Shape, Shape, Shape, Any], ...] = (
        ((N, D), (D, classes), (classes,), labels),
        ((N, D), (D, classes), (classes,), np.eye(classes)[labels]),
        ((N, D), (D, classes), (1, classes), np.eye(classes)[labels]),
        ((D, N), (classes, D), (classes,), labels),
        ((D, N), (classes, D), (classes, 1), np.eye(classes)[labels].T),
        ((N, D), (classes, D), (classes,), labels),
        ((N, D), (D, 1), (1,), bits[:, None]),
        ((N, D), (D, 1), (), bits[:, None]),
        ((N, D), (D,), (), bits),
        ((N, D), (D,), (), 2 * bits - 1),
        ((N, D), (D, 1), (), both),
        ((N, D), (D,), (), both[:, 0]),
        ((D, N), (D, 1), (), bits[None, :]),
        ((D, N), (1, D), (), bits[None, :]),
    )
    for x, weight, bias, t in kinds:
        shapes = {"weight": weight, "bias": bias}
        values: list[Any] = []
        for place, name in enumerate(names):
            fixed = fixed_value(name, place)
            drawn = 0.5 * np.asarray(rng.standard_normal(shapes.get(KIND.get(name, ""), x)))
            values.append(t if place in truth else fixed[0] if fixed else drawn)
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
    if is_probability:  # or may it be any number?
        yield from ((2 * scores, rng.standard_normal((N, K))), (scores, one_hot))
    yield from ((x, labels), (x, one_hot), (between if is_probability else x, (signs + 1) / 2), (2 * scores, signs))
    yield from ((x, rng.standard_normal((N, K))), (rows, one_hot), (rows, probabilities(rng, (N, K))))
    yield from ((between, (signs + 1) / 2), (rows, labels))
    yield from ((between[:, :1], bits[:, None]), (between[:, 0], bits), (scores[:, :1], bits[:, None]))
    yield from ((scores[:, 0], bits), (np.ascontiguousarray(rows.T), np.ascontiguousarray(one_hot.T)))
    yield from ((np.ascontiguousarray(scores.T), np.ascontiguousarray(one_hot.T)), (rows[0], one_hot[0]))
    yield from ((scores[0], one_hot[0]), (rows[0], 2), (scores[0], 2), (between[:, 0], bits.astype(int)))
    steps = rng.standard_normal((N, T, K))
    yield from ((steps, rng.integers(0, K, (N, T))), (scores[:, 0], 2 * bits - 1))
    yield scores[:, :1], 2 * bits[:, None] - 1
    for size in dict.fromkeys([D, *sizes]):
        x = rng.standard_normal((N, size))
        yield from ((x, three), (x, np.eye(3)[three]), (x, bits.astype(int)), (x, bits), (x, bits[:, None]))
        yield np.ascontiguousarray(x.T), bits[None, :]
        yield from ((x, rng.standard_normal((N, 3))), (x, rng.standard_normal(N)), (x[0], 0.3), (x[0], bits[0]))
        columns = np.ascontiguousarray(x.T)
        yield columns, np.ascontiguousarray(np.eye(3)[three].T)
    yield from symbols_and_truths(rng, sizes)
    yield 0.7, 1.0


def symbols_and_truths(rng: np.random.Generator, sizes: Sequence[int]) -> Iterator[tuple[Any, Any]]:
    """Yield what a language model reads, and what it should say: the symbol behind each, the word between others."""
    symbols, words = rng.integers(0, 3, (N, T)), rng.integers(0, 3, (N, 2))
    yield from ((symbols, rng.integers(0, 3, (N, T))), (words, rng.integers(0, 3, N)))
    for size in (size for size in sizes if 2 < size <= MOST_WORDS):
        yield np.eye(size)[words], np.eye(size)[rng.integers(0, size, N)]


def probabilities(rng: np.random.Generator, shape: Shape) -> np.ndarray:
    """Return rows of probabilities that add up to 1."""
    exponentials = np.exp(0.7 * rng.standard_normal(shape))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)
