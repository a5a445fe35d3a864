"""The operations as functions: ``exp(x)`` is ``x.exp()``.

Some bear the names of Python's own: ``from graph import sum`` hides that one. Each takes a Variable; for plain numbers
and arrays there is NumPy.
"""

from typing import Any

import numpy as np

from graph.operations.cross_entropy import SoftmaxCrossEntropy, as_rows
from graph.operations.reductions import Axis
from graph.variable import Constant, Variable


def exp(x: Variable) -> Variable:
    """Return ``exp`` of every element.

    >>> x = Variable(0.0)
    >>> y = exp(x)
    >>> y.backward()
    >>> y.data, x.grad
    (1.0, 1.0)
    """
    return as_variable("exp", x).exp()


def log(x: Variable) -> Variable:
    """Return the natural logarithm of every element."""
    return as_variable("log", x).log()


def relu(x: Variable) -> Variable:
    """Return ``max(x, 0)`` of every element x."""
    return as_variable("relu", x).relu()


def sigmoid(x: Variable) -> Variable:
    """Return ``1 / (1 + exp(-x))`` of every element x."""
    return as_variable("sigmoid", x).sigmoid()


def tanh(x: Variable) -> Variable:
    """Return ``tanh`` of every element."""
    return as_variable("tanh", x).tanh()


def sum(x: Variable, axis: Axis = None, keepdims: bool = False) -> Variable:
    """Return the sum over all elements, or along axes; arguments as in NumPy."""
    return as_variable("sum", x).sum(axis, keepdims)


def mean(x: Variable, axis: Axis = None, keepdims: bool = False) -> Variable:
    """Return the mean over all elements, or along axes; arguments as in NumPy."""
    return as_variable("mean", x).mean(axis, keepdims)


def max(x: Variable, axis: Axis = None, keepdims: bool = False) -> Variable:
    """Return the maximum over all elements, or along axes; of equal elements, the first gets the gradient."""
    return as_variable("max", x).max(axis, keepdims)


def reshape(x: Variable, *shape: int | tuple[int, ...]) -> Variable:
    """Return the same elements in another shape: ``reshape(x, 2, 3)`` or ``reshape(x, (2, 3))``."""
    return as_variable("reshape", x).reshape(*shape)


def transpose(x: Variable, *axes: int | tuple[int, ...]) -> Variable:
    """Return the axes in reverse order, or in the order that is given."""
    return as_variable("transpose", x).transpose(*axes)


def softmax_cross_entropy(scores: Variable, t: Any) -> Variable:
    """Return the cross entropy of the scores' softmax with the right answers, averaged over the batch.

    Parameters
    ----------
    scores : Variable, shape (N, K)
    t : array, shape (N,) or (N, K)
        Labels, integers in 0..K-1, or rows that sum to 1, such as one-hot rows.

    Raises
    ------
    ValueError
        For shapes that do not fit, labels outside 0..K-1, and rows that do not sum to 1.
    TypeError
        When scores is not a Variable, or the labels are not integers, as those in a Variable, which holds floats.

    Examples
    --------
    >>> scores = Variable([[0.0, 0.0]], "scores")
    >>> loss = softmax_cross_entropy(scores, [1])
    >>> loss.backward()
    >>> print(round(loss.data, 4), scores.grad)
    0.6931 [[ 0.5 -0.5]]
    """
    who = SoftmaxCrossEntropy.name
    as_variable(who, scores)
    if isinstance(t, Variable):
        raise TypeError(f"{who}: t must be an array of labels, got {t!r}; labels get no gradient")
    return Variable.record(SoftmaxCrossEntropy(), scores, Constant(as_rows(who, t, np.asarray(scores.data)), "t"))


def as_variable(who: str, x: Any) -> Variable:
    """Return x, or raise TypeError when it is not a Variable."""
    if not isinstance(x, Variable):
        came = f"an array of shape {x.shape}" if isinstance(x, np.ndarray) else repr(x)
        raise TypeError(f"{who}: expected a Variable, got {came}; Variable(...) around it makes it one")
    return x
