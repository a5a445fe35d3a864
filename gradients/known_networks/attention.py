"""Attention: softmax(q k^T / sqrt(d)) v, with q = x Wq, k = x Wk and v = x Wv, or with the three as inputs."""

from collections.abc import Iterator
from itertools import permutations, product

import numpy as np

from gradients.known_networks import operations
from gradients.known_networks.chains import Body
from gradients.known_networks.tape import Node, Tape
from language import N_, _


def bodies(params: dict[str, np.ndarray], x: np.ndarray, inputs: list[str]) -> Iterator[tuple[str, Body]]:
    """Yield the attentions that parameters or inputs may belong to, each by name, with what puts it on a tape."""
    weights = [name for name, W in params.items() if W.ndim == 2]
    if len(inputs) == 3 and len(params) == 2 and all(name in inputs for name in params):
        for order, scaled in product(permutations(inputs), (True, False)):
            yield in_words(scaled), lambda tape, leaf, o=order, s=scaled: of_inputs(tape, o, s)
    elif len(weights) == len(params) and len(weights) in (3, 4) and x.ndim in (2, 3):
        for order, turned, scaled in product(permutations(weights), (False, True), (True, False)):
            yield in_words(scaled), lambda tape, leaf, o=order, t=turned, s=scaled: projected(tape, leaf, o, t, s)


def in_words(scaled: bool) -> str:
    """Return what attention computes."""
    return N_("the attention softmax(q k^T / sqrt(d)) v") if scaled else N_("the attention softmax(q k^T) v")


def of_inputs(tape: Tape, order: tuple[str, ...], scaled: bool) -> Node:
    """Return the attention of three inputs."""
    q, k, v = (named(tape, leaf, name) for leaf, name in zip(order, ("q", "k", "v"), strict=True))
    return attended(tape, q, k, v, scaled)


def named(tape: Tape, leaf: str, name: str) -> Node:
    """Return an input under the name that it has here."""
    return operations.arranged(tape, tape.leaves[leaf], np.asarray, np.asarray, name)


def projected(tape: Tape, x: Node, weights: tuple[str, ...], turned: bool, scaled: bool) -> Node:
    """Return the attention among the rows of x, multiplied by a fourth weight where there is one."""
    Ws = [operations.turned(tape, tape.leaves[name], turned) for name in weights]
    parts = []
    for W, name in zip(Ws[:3], "qkv", strict=True):
        parts.append(operations.product(tape, x, W, name))
        tape.edges[-2].kind = "path"
        tape.edges[-2].place = name
    y = attended(tape, *parts, scaled)
    return operations.product(tape, y, Ws[3], "y") if len(Ws) == 4 else y


def attended(tape: Tape, q: Node, k: Node, v: Node, scaled: bool) -> Node:
    """Return softmax(q k^T / sqrt(d)) v."""
    scores = operations.matrix_product(tape, q, k, _("the scores"), flip=True)
    if scaled:
        scores = operations.times(tape, scores, 1 / np.sqrt(q.value.shape[-1]), "1 / sqrt(d)")
    weights = operations.softmax(tape, scores, "a", _("the softmax of the scores"))
    return operations.matrix_product(tape, weights, v, _("the output"))
