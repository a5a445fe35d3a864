"""Mathematics as trees for the page, which makes MathML of them: ``["mfrac", above, below]``, ``["mi", "x"]``.

A tree is a list: the element's name, then its children, trees or one text. Only the elements in ``ELEMENTS`` occur; a
``matrix`` is a table in brackets.
"""

import re
import unicodedata
from typing import Any

import numpy as np

from graph.picture.labels import number

ELEMENTS = (
    "mi",
    "mn",
    "mo",
    "mtext",
    "mrow",
    "mfrac",
    "msup",
    "msub",
    "msubsup",
    "mover",
    "mtable",
    "mtr",
    "mtd",
    "matrix",
)
MINUS = "\N{MINUS SIGN}"
MOST_ELEMENTS, MOST_COLUMNS = 36, 8  # of an array that is written out
GREEK = dict(
    zip(
        "alpha beta gamma delta epsilon eps eta theta lambda mu sigma tau phi omega".split(),
        "αβγδεεηθλμστφω",
        strict=True,
    )
)
BELOW = {ord(digit): chr(0x2080 + int(digit)) for digit in "0123456789"}
ABOVE = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
LONGEST_NAME = 24
HATS = {"_hat": "^", "_bar": "\N{MACRON}"}

Tree = list[Any]


def row(*children: Tree) -> Tree:
    """Return trees one behind the other."""
    return ["mrow", *children]


def mo(sign: str) -> Tree:
    """Return an operator or a bracket."""
    return ["mo", sign]


def name_tree(name: str) -> Tree:
    """Return a name as it is written in formulas: digits below the line, a hat above, Greek letters.

    >>> name_tree("w"), name_tree("W1"), name_tree("apple price")
    (['mi', 'w'], ['msub', ['mi', 'W'], ['mn', '1']], ['mtext', 'apple price'])
    """
    for ending, sign in HATS.items():
        if name.endswith(ending) and len(name) > len(ending):
            return ["mover", name_tree(name.removesuffix(ending)), mo(sign)]
    parts = re.fullmatch(r"([^\W\d_]+)_?(\d+)", name)
    if parts:
        return ["msub", name_tree(parts[1]), ["mn", parts[2]]]
    if name in GREEK:
        return ["mi", GREEK[name]]
    return ["mi", name] if name.isalpha() and len(name) < 6 else ["mtext", name]


def name_text(name: str) -> str:
    """Return a name as it is written in a text: digits below the line, a hat on the letter.

    >>> name_text("W1"), name_text("y_hat"), name_text("apple_price")
    ('W₁', 'ŷ', 'apple_price')
    """
    if len(name) > LONGEST_NAME:
        return name[: LONGEST_NAME - 1] + "\N{HORIZONTAL ELLIPSIS}"
    if re.fullmatch(r"[^\W\d_]_hat", name):
        return unicodedata.normalize("NFC", name[0] + "\N{COMBINING CIRCUMFLEX ACCENT}")
    parts = re.fullmatch(r"([^\W\d_]+)_?(\d+)", name)
    return parts[1] + parts[2].translate(BELOW) if parts else name


def number_text(value: Any) -> str:
    """Return a number in four digits, with the sign of mathematics.

    >>> number_text(-1.4640000001), number_text(float("-inf")), number_text(-5.2e-7)
    ('−1.464', '−∞', '−5.2·10⁻⁷')
    """
    value = float(value)
    if np.isnan(value):
        return "NaN"
    text = "\N{INFINITY}" if np.isinf(value) else number(abs(value))
    digits, is_scientific, exponent = text.partition("e")
    text = f"{digits}·10{str(int(exponent)).translate(ABOVE)}" if is_scientific else text
    return MINUS + text if value < 0 and text != "0" else text


def number_tree(value: Any) -> Tree:
    """Return a number, its sign an operator: ``-2`` is a minus and a 2."""
    text = number_text(value)
    return row(mo(MINUS), ["mn", text[1:]]) if text.startswith(MINUS) else ["mn", text]


def is_short(value: Any) -> bool:
    """Return whether a value is written out: a number, or a vector or matrix of few elements."""
    array = np.asarray(value)
    if array.ndim == 0:
        return True
    return array.ndim <= 2 and 0 < array.size <= MOST_ELEMENTS and array.shape[-1] <= MOST_COLUMNS


def value_tree(value: Any) -> Tree:
    """Return a number, a small matrix in brackets, or the shape of a larger array."""
    array = np.asarray(value)
    if array.ndim == 0:
        return number_tree(array.item())
    if not is_short(array):
        return ["mtext", shape_text(array.shape)]
    rows = [["mtr", *(["mtd", number_tree(cell)] for cell in line)] for line in np.atleast_2d(array)]
    return ["matrix", *rows]


def shape_text(shape: tuple[int, ...]) -> str:
    """Return a shape as NumPy writes it.

    >>> shape_text((3,)), shape_text((2, 3))
    ('(3,)', '(2, 3)')
    """
    return str(tuple(map(int, shape)))


def value_text(value: Any) -> str:
    """Return a value in one line of text, for sentences.

    >>> value_text(2.0), value_text(np.array([[1.0, -2.0]])), value_text(np.zeros((100, 50)))
    ('2', '[[1, −2]]', '(100, 50)')
    """
    array = np.asarray(value)
    if array.ndim == 0:
        return number_text(array.item())
    if not is_short(array):
        return shape_text(array.shape)
    return "[" + ", ".join(value_text(part) for part in array) + "]"


def partial(above: Tree, below: Tree) -> Tree:
    """Return the derivative of one thing with respect to another, as a fraction."""
    return ["mfrac", row(mo("\N{PARTIAL DIFFERENTIAL}"), above), row(mo("\N{PARTIAL DIFFERENTIAL}"), below)]


def parenthesised(tree: Tree) -> Tree:
    """Return a tree in parentheses."""
    return row(mo("("), tree, mo(")"))


def text_of(tree: Tree | str) -> str:
    """Return a tree in a line of text.

    >>> text_of(["mfrac", ["mn", "1"], row(["mi", "x"], mo("+"), ["mn", "1"])])
    '1/(x + 1)'
    """
    if isinstance(tree, str):
        return tree
    kind, *children = tree
    parts = [text_of(child) for child in children]
    match kind:
        case "mfrac":
            return f"{bracketed(parts[0])}/{bracketed(parts[1])}"
        case "msup":
            return f"{parts[0]}^{bracketed(parts[1])}"
        case "msub":
            return f"{parts[0]}{parts[1]}"
        case "msubsup":
            return f"{parts[0]}{parts[1]}^{bracketed(parts[2])}"
        case "mover":
            return f"{parts[0]}_hat"
        case "mtable":
            return ", ".join(parts)
        case "matrix":
            return f"[{', '.join(parts)}]"
        case "mtr":
            return f"[{', '.join(parts)}]" if len(children) > 1 else parts[0]
        case "mo":
            return f" {parts[0]} " if parts[0] in "+=·⊙>" else "" if parts[0] == "\N{INVISIBLE TIMES}" else parts[0]
    return "".join(parts)


def bracketed(text: str) -> str:
    """Return a text in parentheses where it is more than one word."""
    return f"({text})" if " " in text or text.startswith(MINUS) else text
