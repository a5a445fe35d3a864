"""What is written at the nodes and edges of a graph: signs, numbers, shapes and norms."""

import re
from typing import Any

import numpy as np

CLEARER = {"-": "\N{MINUS SIGN}", "-x": "\N{MINUS SIGN}x", "^": "x\N{SUPERSCRIPT LATIN SMALL LETTER N}"}
LONG = 9  # a sign of more characters is written in two lines


def number(value: Any) -> str:
    """Return a number with four digits, or with all that stand before its point, up to a million.

    >>> number(2.2000000000000002), number(0.74420), number(-732.0), number(12345.0), number(1e-7)
    ('2.2', '0.7442', '-732', '12345', '1e-07')
    """
    value = float(value) + 0.0  # no negative zero
    return f"{value:.0f}" if 1e3 <= abs(value) < 1e6 else f"{value:.4g}"


def written_out(data: float | np.ndarray, elements: int) -> str | None:
    """Return a number, or all those of an array that has no more than so many; None for a larger one.

    >>> written_out(2.0, 0), written_out(np.array([3.0, 4.0]), 2), written_out(np.array([3.0, 4.0]), 1)
    ('2', '[3, 4]', None)
    """
    array = np.asarray(data)
    if array.ndim == 0:
        return number(array.item())
    if not 0 < array.size <= elements:
        return None
    return np.array2string(array, separator=", ", threshold=elements + 1, formatter={"all": number})


def norm(data: float | np.ndarray) -> str:
    """Return the root of the sum of an array's squares, as a label.

    >>> norm(np.array([[3.0], [4.0]]))
    'norm 5'
    """
    return f"norm {number(np.linalg.norm(np.asarray(data, np.float64)))}"


def value_label(data: float | np.ndarray, name: str | None = None, elements: int = 1) -> str:
    r"""Return a value: a number, a small array, or an array's shape and norm; with its name where it has one.

    >>> value_label(715.0, "price"), value_label(np.ones((2, 2)))
    ('price = 715', '(2, 2)\nnorm 2')
    """
    numbers = written_out(data, elements)
    if numbers is None:
        return f"{name or ''} {np.shape(data)}\n{norm(data)}".lstrip()
    return numbers if name is None else f"{name} = {numbers}"


def gradient_label(grad: float | np.ndarray | None, elements: int = 1) -> str:
    """Return a gradient: a number, a small array, or an array's norm; nothing where there is none.

    >>> gradient_label(2.2), gradient_label(np.ones((2, 2))), gradient_label(None)
    ('2.2', 'norm 2', '')
    """
    return "" if grad is None else written_out(grad, elements) or norm(grad)


def sign_label(symbol: str) -> str:
    r"""Return an operation's symbol as it is drawn: some signs in a clearer form, a long name in two lines.

    >>> sign_label("+"), sign_label("ReLU1"), sign_label("SoftmaxWithLoss")
    ('+', 'ReLU1', 'Softmax\nWithLoss')
    """
    breaks = [match.start() for match in re.finditer(r"(?<=[a-z])(?=[A-Z])", symbol)]
    if len(symbol) > LONG and "\n" not in symbol and breaks:
        middle = min(breaks, key=lambda place: abs(place - len(symbol) / 2))
        return f"{symbol[:middle]}\n{symbol[middle:]}"
    return CLEARER.get(symbol, symbol)
