"""The way through a graph: forward in topological order, backward in the reverse order."""

from typing import Any

import numpy as np

from graph.values import Value, as_gradient, as_value

Variable = Any  # a graph.Variable, which goes through its graph by these functions


def topological_order(output: Variable) -> list[Variable]:
    """Return every Variable that output depends on, and itself at the end: inputs before what is made of them.

    Each occurs once, however often it is used. There is no recursion, so that a graph may be as deep as memory allows.

    Examples
    --------
    >>> from graph import Variable
    >>> x, w = Variable(1.0, "x"), Variable(2.0, "w")
    >>> y = x * w
    >>> loss = y * y
    >>> topological_order(loss) == [x, w, y, loss]
    True
    """
    order, met, waiting = [], set(), [(output, False)]
    while waiting:
        variable, inputs_are_in_order = waiting.pop()
        if inputs_are_in_order:
            order.append(variable)
        elif id(variable) not in met:
            met.add(id(variable))
            waiting.append((variable, True))
            if variable.creator is not None:
                waiting.extend((source, False) for source in reversed(variable.creator.inputs))
    return order


def first_gradient(output: Variable, dout: Any) -> Value:
    """Return what backward begins with: dout in the shape and dtype of output, or 1.

    Raises
    ------
    ValueError
        When dout has another shape, and when there is none although output is more than one number.
    """
    if dout is None:
        if np.size(output.data) != 1:
            raise ValueError(
                f"backward: a Variable of shape {output.shape} is not one number, so dL/d(itself) is not simply 1; "
                "pass it as backward(dout), in the same shape, or make one number first, as in .sum().backward()"
            )
        dout = np.ones(output.shape)
    dtype = getattr(output.data, "dtype", float)
    dout = as_value("backward: dout", dout, dtype)
    if np.shape(dout) != output.shape:
        raise ValueError(
            f"backward: dout.shape {np.shape(dout)} differs from the Variable's {output.shape}; "
            "dout is dL/d(the Variable), so it must have the same shape"
        )
    return np.array(dout, dtype) if isinstance(output.data, np.ndarray) else dout


def propagate(output: Variable, dout: Value) -> None:
    """Leave in every Variable that output depends on the gradient of output, times dout, in its ``grad``.

    From the last to the first, every Variable has its whole gradient before it is handed on: all that depend on it
    come before it on this way.
    """
    order = topological_order(output)
    for variable in order:
        variable.grad = None
    output.grad = dout
    for variable in reversed(order):
        if variable.creator is not None and variable.grad is not None:
            pass_on_gradient(variable)


def pass_on_gradient(variable: Variable) -> None:
    """Add to the gradients of a Variable's inputs what comes to them through it: influences add up."""
    operation = variable.creator
    for source, gradient in zip(operation.inputs, operation.backward(variable.grad), strict=True):
        if gradient is None or not source.takes_gradient:
            continue
        gradient = as_gradient(operation.title, gradient, source.data)
        if source.grad is not None:
            source.grad = source.grad + gradient
        else:
            source.grad = as_own(gradient, variable.grad)


def as_own(gradient: Value, dout: Value) -> Value:
    """Return a gradient that shares its memory with no other one, so that it may be changed in place."""
    if isinstance(gradient, np.ndarray) and (gradient is dout or gradient.base is not None):
        return np.array(gradient)  # in the gradient's order in memory
    return gradient
