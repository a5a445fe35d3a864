"""Texts that Matplotlib draws without a warning, and how wide they become."""

from collections.abc import Sequence

REPLACEMENT = "?"
LABEL_LENGTH = 16


def printable(text: object) -> str:
    r"""Return the text with ``?`` for every character that the font lacks; line breaks stay.

    Matplotlib would draw an empty box for such a character and warn each time. The font is the one that is set
    (``font.family``): with a Korean font there, Korean stays as it is.

    >>> printable("3 classes, 한글\x00")
    '3 classes, ???'
    """
    text = str(text)
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    known = characters()
    return "".join(c if c == "\n" or ord(c) in known else REPLACEMENT for c in text)


def characters() -> set[int]:
    """Return the code points that the fonts in use have glyphs for, in the weights of text and of titles alike."""
    from matplotlib.font_manager import FontProperties, findfont, get_font

    known: set[int] = set()
    for family in FontProperties().get_family():
        try:
            weights = [FontProperties(family=[family], weight=weight) for weight in ("normal", "bold")]
            fonts = [get_font(findfont(weight, fallback_to_default=False)) for weight in weights]
        except ValueError:  # no such font on this machine; Matplotlib passes over it too
            continue
        known |= set.intersection(*(set(font.get_charmap()) for font in fonts))
    return known


def shorten(text: object, length: int) -> str:
    """Return the printable text in one line, with its end cut off, and marked by dots, where it is longer.

    >>> shorten("Ankle boot", 10), shorten("Ankle boots", 10)
    ('Ankle boot', 'Ankle b...')
    """
    text = printable(" ".join(str(text).split()))
    return text if len(text) <= length else text[: length - 3] + "..."


def text_width(text: str, size: float, weight: str = "normal") -> float:
    """Return the width in points of a text drawn in that font size."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(size=size, weight=weight)
    return max(text_to_path.get_text_width_height_descent(line, font, ismath=False)[0] for line in text.split("\n"))


def fitting_size(texts: list[str], size: float, width: float, weight: str = "normal") -> float:
    """Return the font size, at most the given one, in which every text is at most ``width`` points wide."""
    widest = max((text_width(text, size, weight) for text in set(texts)), default=0.0)
    return size if widest <= width else size * width / widest


def number(value: float) -> str:
    """Return a number for a tick, in plain letters: Matplotlib's formulas are not made for several threads.

    >>> number(1e-05), number(0.02), number(1e12)
    ('1e-5', '0.02', '1e12')
    """
    mantissa, e, exponent = f"{value:g}".partition("e")
    return f"{mantissa}e{int(exponent)}" if e else mantissa


def class_names(labels: Sequence[str] | None, classes: int) -> list[str]:
    """Return a short name for each class, its number where there are no labels.

    Raises
    ------
    ValueError
        When there are fewer labels than classes.
    """
    if labels is None:
        return [str(number) for number in range(classes)]
    if len(labels) < classes:
        raise ValueError(f"expected a label for each of {classes} classes, got {len(labels)} labels")
    return [shorten(label, LABEL_LENGTH) for label in labels]
