"""Shapes that go together, for arguments that are arrays: what each is by its name."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

# Batch, features, units, hidden units, channels, filters, classes, time.
N, D, M, H, C, FN, K, T = 5, 4, 3, 6, 2, 3, 4, 3
SIDE = 6  # of an image
ATTENTION = {"q", "query", "queries", "Q"}  # beside which k and v are inputs too
Shape = tuple[int, ...]
KINDS = {
    "weight": "w weight weights kernel kernels filter filters theta wx u wxh w_x f wax wih w_ih",
    "square": "wh whh w_h waa w_hh whx",
    "bias": "b bias biases bx bh b_h ba bih bhh",
    "scale": "gamma beta scale shift g gain offset a alpha",
    "vector": "v v_a",
    "state": """
        s h prev_h h_prev hprev h0 c prev_c c_prev a_prev a0 hidden state prev_state hidden_state c0 cell s_prev prev_s
        h_prev_t h_old c_old prev_hidden hidden_prev previous_state last_state initial_state init_state state_prev
        cell_state h_last h_init
    """,
}
KIND = {name: kind for kind, names in KINDS.items() for name in names.split()}
# The shapes that go together: of the input, of weights, of recurrent weights, of biases, of scales, of states.
SCENES: tuple[dict[str, Shape], ...] = (
    {"input": (N, D), "weight": (D, M), "square": (M, M), "bias": (M,), "scale": (D,), "state": (N, M)},
    {"input": (N, D), "bias": (D,), "scale": (D,)},
    {"input": (N, D), "weight": (D, M), "bias": (M,), "scale": (M,)},
    {"input": (N, C, SIDE, SIDE), "weight": (FN, C, 3, 3), "bias": (FN,), "scale": (C,)},
    {"input": (N, D), "bias": (1, D), "scale": (1, D)},
    {"input": (N, D), "bias": (), "scale": ()},
    {"input": (D, N), "bias": (D, 1), "scale": (D, 1)},
    {"input": (N, D), "weight": (D, M), "bias": (1, M), "scale": (1, D), "square": (M, M), "state": (N, H)},
    {"input": (D, N), "weight": (M, D), "square": (M, M), "bias": (M, 1), "scale": (D, 1), "state": (M, N)},
    {"input": (N, D), "weight": (D, 4 * M), "square": (M, 4 * M), "bias": (4 * M,), "state": (N, M)},
    {"input": (N, D), "weight": (D, 3 * M), "square": (M, 3 * M), "bias": (3 * M,), "state": (N, M)},
    {"input": (N, D), "weight": (D + M, M), "bias": (M,), "state": (N, M)},
    {"input": (N, D), "weight": (D + M, 4 * M), "bias": (4 * M,), "state": (N, M)},
    {"input": (N, D), "weight": (D, 2 * M), "square": (M, 2 * M), "bias": (2 * M,), "state": (N, M)},
    {"input": (N, T, D), "weight": (D, M), "square": (M, M), "bias": (M,), "scale": (D,), "state": (N, M)},
    {"input": (N, T, D), "weight": (D, 4 * M), "square": (M, 4 * M), "bias": (4 * M,), "state": (N, M)},
    {"input": (N, D), "weight": (M, D), "bias": (M,)},
    {"input": (D, N), "weight": (1, D), "bias": ()},
    {"input": (D, 1), "weight": (M, D), "square": (M, M), "bias": (M, 1), "scale": (D, 1), "state": (M, 1)},
    {"input": (D,), "weight": (M, D), "square": (M, M), "bias": (M,), "scale": (D,), "state": (M,)},
    {"input": (D,), "weight": (D, M), "bias": (M,)},
    {"input": (N, SIDE, SIDE, C), "weight": (3, 3, C, FN), "bias": (1, 1, 1, FN), "scale": (C,)},
    {"input": (D, N, T), "state": (M, N)},
    {"input": (T, N, D), "weight": (D, M), "square": (M, M), "bias": (M,), "state": (N, M)},
    {"input": (N, C, 7), "weight": (FN, C, 3), "bias": (FN,), "scale": (1, C, 1)},
    {"input": (N, C, SIDE, SIDE), "weight": (FN, C, 3, 3), "bias": (FN, 1), "scale": (1, C, 1, 1)},
    {"input": (SIDE, SIDE), "weight": (3, 3), "bias": ()},
    {"input": (N, C, SIDE, SIDE), "weight": (C, 3, 3), "bias": (C,)},
    {"input": (N, C, SIDE, SIDE), "weight": (FN, C), "bias": (FN,)},
    {
        "input": ((N, D), (N, M), (N, T, M), (M, M)),
        "weight": (D, M),
        "square": (M, M),
        "bias": (M,),
        "vector": (M, M),
        "state": (N, M),
    },
    {"input": ((N, D), (N, T, D)), "weight": (D, M), "square": (D, M), "bias": (M,), "vector": (M,), "state": (N, D)},
    {"input": (C, SIDE, SIDE), "weight": (FN, C, 3, 3), "bias": (FN,)},
    {"input": (), "weight": (), "bias": (), "scale": (), "square": (), "state": ()},
)
# Two inputs whose shapes differ: a product of matrices, a row that is added to each row, a number that is.
TWO: tuple[dict[str, Any], ...] = (
    {"input": ((N, D), (D, M), (M, K))},
    {"input": ((N, D), (D,), (D,))},
    {"input": ((N, D), (1,), (1,))},
    {"input": ((N, D), (), ())},
    {"input": ((N, T, D), (N, D), (N, D))},
    {"input": ((N, D), (N, H), (N, M))},
)


def scenes(
    names: Sequence[str], settings: Sequence[list[Any]], rng: np.random.Generator, images: bool
) -> Iterator[tuple[Any, ...]]:
    """Yield arrays whose shapes go together, as the names of the arguments suggest, then arrays of one shape."""
    kinds = kinds_of(names)
    alike: list[Shape] = [(N, D), (N, T, D), (N, C, SIDE, SIDE), ()]
    same = [dict.fromkeys({*kinds}, shape) for shape in alike]
    unnamed = kinds.count("input") > 1
    if ATTENTION & set(names):
        same = [same[1], same[0], *same[2:]]
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
    """Return what each argument is by its name; the first is an input, and so are letters such as a and b alone.

    >>> kinds_of(["x", "w", "b"]), kinds_of(["w", "x"]), kinds_of(["a", "b"])
    (['input', 'weight', 'bias'], ['weight', 'input'], ['input', 'input'])
    """
    if ATTENTION & set(names) or set(names) <= set("abcdpquvyz") or set(names) <= set("xyz"):
        return ["input"] * len(names)
    if is_matrix_times_vector(names):
        return ["weight", "input"]
    kinds = [KIND.get(name, "input") if place else "input" for place, name in enumerate(names)]
    if "state" in kinds and {"w", "u"} <= set(names):  # of a recurrent cell, x W + h U
        kinds[list(names).index("u")] = "square"
    return kinds


def is_matrix_times_vector(names: Sequence[str]) -> bool:
    """Return whether arguments are a weight and x behind it, as in W x, where x may be one sample or several."""
    keys = [name.lower() for name in names]
    return len(keys) == 2 and KIND.get(keys[0]) == "weight" and keys[1] == "x"


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
