"""Say whether a layer's backward is right and, where it is not, what is wrong with it."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from gradients.calling.checking import check_thing
from gradients.calling.functions import Functions, name_of
from gradients.calling.parameter_dictionaries import holding
from gradients.calling.verbs import verb_pairs
from gradients.calling.words import direction
from gradients.measuring.arguments import kind_of
from gradients.report import Report
from language import _


def check_layer(layer: Any, *inputs: Any, seed: int = 0, full: bool = False, strict: bool = False) -> Report:
    """Check the ``backward`` of anybody's layer against numerical differentiation of its ``forward``.

    A random ``dout`` is drawn, and sum(dout * forward(x)) differentiated with respect to each float input and each
    parameter, in float64, by central differences whose step suits each element. Elements where forward has a kink
    are left out and counted. When the two disagree, or backward does something that it must not, the report names
    the mistake.

    Parameters
    ----------
    layer : object or pair of functions
        Anything with ``forward`` and ``backward``, or with other names of that kind, such as ``__call__`` and
        ``gradient``. Its parameters are the float arrays that it holds, at any depth, and that move its output. It
        comes back as it was: copies of it are checked.
    *inputs : array
        The arguments of forward: x; or x and y; or x and the labels t, for a loss. A few samples are best: four to
        eight, and sizes that differ, so that a transpose shows.
    seed : int
        Of ``dout``, and of the further inputs that are drawn from the given ones.
    full : bool
        Check every element of large arrays too, and not only some of them and random directions in all.
    strict : bool
        Count as mistakes what is a convention, or a matter of strictness, and else a note.

    Returns
    -------
    Report

    Raises
    ------
    TypeError
        When the layer has no forward or no backward, or there is nothing to differentiate.

    Examples
    --------
    >>> import numpy as np
    >>> class Square:
    ...     def forward(self, x):
    ...         self.x = x
    ...         return x ** 2
    ...     def backward(self, dout):
    ...         return dout * self.x
    >>> report = check_layer(Square(), np.array([[1.0, -2.0, 3.0], [0.5, 4.0, -1.0]]))
    >>> report.ok, report.findings[0].code, report.findings[0].evidence["as a fraction"]
    (False, 'constant-factor', '1/2')
    """
    require_layer(layer)
    if any(isinstance(x, np.ndarray) and x.size == 0 for x in inputs):
        raise ValueError(
            _("check_layer needs at least one sample, got {inputs}", inputs=", ".join(map(kind_of, inputs)))
        )
    thing, pairs = as_layer(layer)
    others: Sequence[Any] = inputs
    if isinstance(thing, Functions):
        thing, others = holding(thing, inputs)
    return check_thing(thing, pairs, [others], seed, full, fixed=True, strict=strict)


def check_functions(
    forward: Callable[..., Any],
    backward: Callable[..., Any],
    *inputs: Any,
    seed: int = 0,
    full: bool = False,
    strict: bool = False,
) -> Report:
    """Check a function and the one that gives its gradients, such as ``affine_forward`` and ``affine_backward``.

    What the backward takes is found by the names of its arguments and by trial: dout and a cache that the forward hands
    out, or x, or y = f(x); it gives gradients in the order of the forward's arguments, or f'(x).

    Parameters
    ----------
    forward, backward : callable
    *inputs : array, or dict or list of arrays
        The arguments of the forward. The arrays in a dictionary or a list are parameters, and checked like inputs.
    seed, full, strict
        As for :func:`check_layer`.

    Returns
    -------
    Report

    Examples
    --------
    >>> import numpy as np
    >>> def swish(x):
    ...     return x / (1 + np.exp(-x))
    >>> def swish_prime(x):
    ...     s = 1 / (1 + np.exp(-x))
    ...     return s + x * s * (1 - s)
    >>> check_functions(swish, swish_prime, np.array([[1.0, -2.0, 3.0], [0.5, 4.0, -1.0]])).ok
    True
    """
    return check_layer((forward, backward), *inputs, seed=seed, full=full, strict=strict)


def as_layer(layer: Any) -> tuple[Any, list[tuple[str, str, bool]]]:
    """Return something with a forward and a backward, and the names of the two."""
    if isinstance(layer, (tuple, list)) and len(layer) == 2 and all(map(callable, layer)):
        return Functions(*layer), [("forward", "backward", direction(name_of(layer[1]))[0] == "derivative")]
    return layer, verb_pairs(type(layer)) or [("forward", "backward", False)]


def require_layer(layer: Any) -> None:
    """Raise TypeError unless something has forward and backward."""
    if isinstance(layer, type):
        raise TypeError(
            _("check_layer needs an object, got the class {name}; make one, as in {name}()", name=layer.__name__)
        )
    if isinstance(layer, (tuple, list)) or verb_pairs(type(layer)):
        return
    missing = [name for name in ("forward", "backward") if not callable(getattr(layer, name, None))]
    if missing:
        raise TypeError(
            _(
                "{name} has no {missing}; a layer has forward(x) and backward(dout)",
                name=type(layer).__name__,
                missing=_(" and no ").join(missing),
            )
        )
