"""The table of derivatives: for every operation of a graph what it computes, its slopes, and what it hands back.

Each formula stands here once. The page shows it in letters and with numbers put in, and tests compute it and compare it
with what the operation's ``backward`` returns.
"""

from typing import NamedTuple

import numpy as np

from graph.operations.operation import Operation
from language import N_


class Rule(NamedTuple):
    """How an operation's output depends on one of its inputs.

    Attributes
    ----------
    slope : str
        d(output)/d(input), element by element. The chain rule's product is then ``dout * slope``.
    product : str
        dL/d(input) where it is no product element by element.
    local : tuple of str
        Where there is no slope: an element of the output, one of the input, and the derivative of the first with
        respect to the second.
    """

    slope: str = ""
    product: str = ""
    local: tuple[str, str, str] = ("", "", "")


class Rules(NamedTuple):
    """An operation's formula, the rule for each input (None for one that never gets a gradient), and all in words."""

    forward: str
    inputs: tuple[Rule | None, ...]
    words: str


ELEMENTWISE: dict[str, Rules] = {
    "Add": Rules("x + y", (Rule("1"), Rule("1")), N_("A plus hands back to each of its inputs what it got.")),
    "Subtract": Rules(
        "x - y",
        (Rule("1"), Rule("-1")),
        N_("A minus hands back what it got: unchanged to the first input, with the opposite sign to the second."),
    ),
    "Multiply": Rules(
        "x * y",
        (Rule("y"), Rule("x")),
        N_("A product hands back what it got times the other input: the two are swapped."),
    ),
    "Divide": Rules(
        "x / y",
        (Rule("1 / y"), Rule("-x / y**2")),
        N_("A quotient: the larger the denominator, the less both inputs matter."),
    ),
    "Negative": Rules("-x", (Rule("-1"),), N_("The sign is turned, on the way forward and on the way back.")),
    "Exp": Rules("exp(x)", (Rule("z"),), N_("The exponential function is its own derivative.")),
    "Log": Rules("ln(x)", (Rule("1 / x"),), N_("The logarithm: the smaller x, the steeper it is.")),
    "ReLU": Rules(
        "max0(x)",
        (Rule("positive(x)"),),
        N_("ReLU lets the gradient pass where its input was positive, and stops it elsewhere."),
    ),
    "Sigmoid": Rules(
        "1 / (1 + exp(-x))",
        (Rule("z * (1 - z)"),),
        N_("The sigmoid function hands back at most a quarter of what it got, and almost nothing where it is flat."),
    ),
    "Tanh": Rules(
        "tanh(x)",
        (Rule("1 - z**2"),),
        N_("tanh hands back everything where its input is 0, and less the closer its output is to 1 or -1."),
    ),
    "SoftmaxCrossEntropy": Rules(
        "-total(t * log(softmax(x))) / N",
        (Rule("(softmax(x) - t) / N"), None),
        N_("Softmax with cross entropy: the prediction minus the truth, shared among the samples."),
    ),
}
SPREAD = Rule("", "spread(dout)", ('z["i"]', 'x["ij"]', "1"))
MOVED = Rule("", "moved(dout)", ('z["i"]', 'x["j"]', "1"))
OTHERS: dict[str, Rules] = {
    "Sum": Rules(
        "total(x)", (SPREAD,), N_("A sum hands back to every element that it added up what it got for their sum.")
    ),
    "Mean": Rules(
        "total(x) / m",
        (Rule("", "spread(dout) / m", ('z["i"]', 'x["ij"]', "1 / m")),),
        N_("A mean hands back to each of its m elements an m-th of what it got."),
    ),
    "Max": Rules(
        "max(x)",
        (Rule("", "spread(dout) * largest(x)", ('z["i"]', 'x["ij"]', "largest(x)")),),
        N_(
            "A maximum hands back what it got to the largest element, the first of equal ones: there the bracket is 1. "
            "The others get 0."
        ),
    ),
    "Reshape": Rules(
        "moved(x)", (MOVED,), N_("The elements stay the same in another shape; so do their gradients, in the old one.")
    ),
    "Transpose": Rules("moved(x)", (MOVED,), N_("The axes change places, and change back for the gradient.")),
    "Index": Rules(
        "moved(x)",
        (MOVED,),
        N_("The elements that were taken get their gradients back; the others had no influence, so theirs is 0."),
    ),
}
BY_MATRICES = N_("A matrix product hands back a matrix product: the inputs are swapped, and the other one transposed.")
MATRICES = Rules(
    "x @ y",
    (
        Rule("", "dout @ y.T", ('z["ij"]', 'x["ik"]', 'y["kj"]')),
        Rule("", "x.T @ dout", ('z["ij"]', 'y["kj"]', 'x["ik"]')),
    ),
    BY_MATRICES,
)
TIMES_COLUMN = Rules(
    "x @ y",
    (
        Rule("", "dout @ y.T", ('z["i"]', 'x["ik"]', 'y["k"]')),
        Rule("", "x.T @ dout", ('z["i"]', 'y["k"]', 'x["ik"]')),
    ),
    BY_MATRICES,
)
ROW_TIMES = Rules(
    "x @ y",
    (
        Rule("", "dout @ y.T", ('z["j"]', 'x["k"]', 'y["kj"]')),
        Rule("", "x.T @ dout", ('z["j"]', 'y["kj"]', 'x["k"]')),
    ),
    BY_MATRICES,
)
DOT = Rules("total(x * y)", (Rule("y"), Rule("x")), N_("A dot product hands back what it got times the other vector."))
PRODUCTS: dict[tuple[int, ...], Rules] = {(1, 1): DOT, (1, 2): ROW_TIMES, (2, 1): TIMES_COLUMN}
POWER = N_("A power: its exponent comes down as a factor, and one is taken off it.")


def rules_of(operation: Operation) -> Rules | None:
    """Return the rules of an operation, None for one that is not in the table, such as a layer as one node."""
    kind = type(operation).__name__
    if kind == "Power":
        return power(operation)
    if kind == "MatMul":
        return PRODUCTS.get(axes_of(operation), MATRICES)
    return ELEMENTWISE.get(kind) or OTHERS.get(kind)


def axes_of(operation: Operation) -> tuple[int, ...]:
    """Return how many axes each input has: 2 where it is a matrix or a stack of matrices."""
    return tuple(min(np.ndim(value), 2) for value in operation.values)


def power(operation: Operation) -> Rules:
    """Return the rules of a power; an exponent that is a plain number is put in at once, as in ``2 x``."""
    n = operation.values[1]
    general = Rule("n * x**(n - 1)"), Rule("x**n * log(x)")
    if operation.wants_gradient(1) or np.ndim(n) > 0 or not np.isfinite(n):
        return Rules("x**n", general, POWER)
    n = float(n)
    simple = {0.0: "0", 1.0: "1", 2.0: "2 * x"}.get(n, f"{n:.12g} * x**({n - 1:.12g})")
    return Rules("x**n", (Rule(simple), general[1]), POWER)
