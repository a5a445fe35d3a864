"""Pictures with Korean words, where a font for them is there; elsewhere they stay English.

The cells of the course are the same in both languages. What they write into a picture is translated when it is drawn.
"""

import re
from functools import cache
from typing import Any

from docs.guide.translation import pages, translations
from language import language

FONTS = ("Noto Sans CJK KR", "Noto Sans KR", "NanumGothic", "Nanum Gothic", "Malgun Gothic", "AppleGothic")


def speak() -> None:
    """Let Matplotlib write the words of pictures in the language that is spoken."""
    font = font_of(language())
    if font is None:
        return
    import matplotlib
    from matplotlib.text import Text

    matplotlib.rcParams["font.family"] = [*matplotlib.rcParams["font.sans-serif"][:1], font]
    usual = Text.set_text

    def set_text(self: Text, text: Any) -> None:
        usual(self, translated(text) if isinstance(text, str) else text)

    Text.set_text = set_text


def font_of(name: str) -> str | None:
    """Return a font of this machine with the letters of a language, None where there is none or none is needed."""
    if name == "en":
        return None
    from matplotlib import font_manager

    there = {font.name for font in font_manager.fontManager.ttflist}
    return next((font for font in FONTS if font in there), None)


def translated(text: str) -> str:
    """Return words of a picture in the language that is spoken, as they are where no page has a translation."""
    known = words()
    if text in known:
        return known[text]
    name, equals, value = text.partition(" = ")
    if equals and name in known:
        return f"{known[name]} = {value}"
    for pattern, translation in templates():
        found = pattern.fullmatch(text)
        if found:
            return translation.format(*found.groups())
    return text


@cache
def words() -> dict[str, str]:
    """Return the translations of all pages."""
    return {message: text for page in pages() for message, text in translations(page, language()).items()}


@cache
def templates() -> list[tuple[re.Pattern[str], str]]:
    """Return the messages into which values are put, as patterns, with their translations."""
    found = [
        (message, text) for message, text in words().items() if re.search(r"\{\d\}", message) and "$" not in message
    ]
    return [(re.compile(re.sub(r"\\\{\d\\\}", "(.+)", re.escape(message))), text) for message, text in found]
