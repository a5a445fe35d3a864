"""Pieces of the pages: text that is safe in HTML, tables, and the page around them."""

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from language import _, language

STYLE = Path(__file__).with_name("page.css")
POLICY = "default-src 'none'; style-src 'unsafe-inline'"  # whatever a student writes, nothing of it runs


class Html(str):
    """Text that is HTML already."""


def text(value: object) -> Html:
    """Return a value as HTML that shows it."""
    return value if isinstance(value, Html) else Html(escape(printable(str(value))))


def printable(value: str) -> str:
    r"""Return a text without the letters that no page may hold.

    >>> printable("a\x00b")
    'a?b'
    """
    return (
        "".join(letter if letter >= " " or letter in "\n\t" else "?" for letter in value)
        .encode("utf-8", "replace")
        .decode("utf-8")
    )


def element(name: str, *content: object, **attributes: str) -> Html:
    """Return an element; ``class_`` stands for ``class``.

    >>> element("td", "1 < 2", class_="number")
    '<td class="number">1 &lt; 2</td>'
    """
    words = "".join(f' {key.rstrip("_")}="{escape(printable(value))}"' for key, value in attributes.items() if value)
    return Html(f"<{name}{words}>{''.join(map(text, content))}</{name}>")


def sentence_of(message: str, **values: object) -> Html:
    """Return a message as HTML, with values that may be HTML already: links in a sentence.

    >>> sentence_of("{first} < {second}", first=element("b", 1), second="2 & 3")
    '<b>1</b> &lt; 2 &amp; 3'
    """
    return Html(text(message).format(**{name: text(value) for name, value in values.items()}))


def table(head: Sequence[object], rows: Iterable[Sequence[object]], numbers: Sequence[int] = ()) -> Html:
    """Return a table; the columns in ``numbers`` hold numbers."""

    def row(kind: str, cells: Sequence[object]) -> Html:
        return element(
            "tr", *(element(kind, cell, class_="number" if i in numbers else "") for i, cell in enumerate(cells))
        )

    body = [row("td", cells) for cells in rows]
    return element("div", element("table", element("thead", row("th", head)), element("tbody", *body)), class_="scroll")


def points(number: float) -> str:
    """Return points as they are written: 2, 1.5.

    >>> points(2.0), points(1.5)
    ('2', '1.5')
    """
    return f"{round(number, 2):g}"


def earned_of(earned: float, most: float) -> str:
    """Return points that were earned, of those that could be."""
    return _("{earned} of {most}", earned=points(earned), most=points(most))


def points_of(earned: float, most: float) -> str:
    """Return the same, with the word for them."""
    return _("{earned} of {most} points", earned=points(earned), most=points(most))


def page(title: str, *content: object) -> str:
    """Return a whole page, in the language that is spoken."""
    style = STYLE.read_text(encoding="utf-8")
    return (
        f'<!doctype html>\n<html lang="{language()}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{text(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        + "\n".join(map(text, content))
        + "\n</body>\n</html>\n"
    )
