"""The loss layers' formulas, written with the operations of a graph; each takes the scores x and the answers t."""

from typing import Any

import numpy as np

from graph.operations.cross_entropy import as_rows
from graph.variable import Constant, Variable
from graph_formulas.of_layers import softplus


def softmax_with_loss(layer: Any, x: Variable, t: Any) -> Variable:
    """Return ``-1/N sum of t log(softmax(x))``, with ``log(softmax(x)) = x - log(sum of exp(x))``.

    The maximum of each row is subtracted first, as a constant: any constant gives the same.
    """
    x = x - x.data.max(axis=1, keepdims=True)
    log_y = x - x.exp().sum(axis=1, keepdims=True).log()
    return -(Constant(as_rows("SoftmaxWithLoss", t, x.data), "t") * log_y).sum() / x.shape[0]


def identity_with_loss(layer: Any, x: Variable, t: Any) -> Variable:
    """Return ``1/N sum of 1/2 (x - t)^2``."""
    return 0.5 * ((x - answers("IdentityWithLoss", t, x)) ** 2).sum() / x.shape[0]


def sigmoid_with_loss(layer: Any, x: Variable, t: Any) -> Variable:
    """Return ``-1/N sum of t log(y) + (1 - t) log(1 - y)`` with y = sigmoid(x).

    The logarithms are ``log(y) = -softplus(-x)`` and ``log(1 - y) = -softplus(x)``.
    """
    t = answers("SigmoidWithLoss", t, x)
    return (t * softplus(layer, -x) + (1 - t) * softplus(layer, x)).sum() / x.shape[0]


def answers(who: str, t: Any, x: Variable) -> Constant:
    """Return one answer for each score, in the scores' shape and dtype; answers (N,) do for scores (N, 1) too."""
    t = np.asarray(t, x.data.dtype)
    if t.shape == x.shape[:1] and x.shape[1:] == (1,):
        t = t[:, np.newaxis]
    if t.shape != x.shape:
        raise ValueError(f"{who}: expected one answer for each score; got x.shape {x.shape} and t.shape {t.shape}")
    return Constant(t, "t")
