"""The language in which the project speaks: English, as it stands in the code, or that of a catalogue in ``locale/``.

::

    from language import _

    _("{name} has shape {given}, expected {right}.", name="dW", given=(3, 4), right=(4, 3))

A message is one text with the names of its values in braces, so that a translation can put them where its grammar wants
them. Which language is spoken is asked anew for each message: of ``CHAINRULE_LANG`` (``--language`` sets it, for the
processes too that this one starts), else of the locale, ``LC_ALL``, ``LC_MESSAGES`` and ``LANG``.
"""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "ko")  # English, and those of which there is a catalogue
VARIABLE = "CHAINRULE_LANG"
LOCALE = (VARIABLE, "LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set tells
CATALOGUES = Path(__file__).resolve().parent / "locale"


def _(text: str, /, **values: Any) -> str:
    """Return a message in the language that is spoken, with its values.

    >>> _("{count} samples", count=3)
    '3 samples'
    """
    spoken = language()
    text = text if spoken == "en" or not text else catalogue(spoken).gettext(text)  # of "", it gives a catalogue's head
    return text.format(**values) if values else text


def ngettext(one: str, many: str, count: int, /, **values: Any) -> str:
    """Return a message whose words depend on a number, which it may contain as ``count``.

    >>> ngettext("{count} file", "{count} files", 1), ngettext("{count} file", "{count} files", 3)
    ('1 file', '3 files')
    """
    spoken = language()
    text = (one if count == 1 else many) if spoken == "en" else catalogue(spoken).ngettext(one, many, count)
    return text.format(count=count, **values)


def N_(text: str) -> str:
    """Return a text as it is: a message that is translated where it is put together, by ``_(text)``."""
    return text


def language() -> str:
    """Return the language that is spoken: one of ``LANGUAGES``, English where another is wished for."""
    wished = next((value for name in LOCALE if (value := os.environ.get(name))), "")
    name = re.split(r"[_.@-]", wished, maxsplit=1)[0].lower()
    return name if name in LANGUAGES else "en"


def set_language(name: str) -> None:
    """Let this process, and those that it starts, speak a language.

    Raises
    ------
    ValueError
        When there is no catalogue of it.
    """
    if name not in LANGUAGES:
        raise ValueError(f"expected a language of {', '.join(LANGUAGES)}, got {name}")
    os.environ[VARIABLE] = name


@contextmanager
def speaking(name: str) -> Iterator[None]:
    """Speak a language for a while, as :func:`set_language` has it."""
    before = os.environ.get(VARIABLE)
    set_language(name)
    try:
        yield
    finally:
        if before is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = before


def speak_as_told(arguments: Sequence[str]) -> None:
    """Speak the language that a command line names with ``--language``, before all of it is read."""
    if name := told_language(arguments):
        set_language(name)


def told_language(arguments: Sequence[str]) -> str:
    """Return the language that a command line names, empty where it names none of which there is a catalogue.

    >>> told_language(["grade", "--language", "ko"]), told_language(["grade"])
    ('ko', '')
    """
    told = ""
    for word, after in pairwise([*arguments, ""]):
        option, value = word.partition("=")[::2]
        if option == "--language" and (value or after) in LANGUAGES:
            told = value or after
    return told


@cache
def catalogue(name: str) -> Any:
    """Return the translations into a language, read when the first message is wanted in it."""
    import gettext

    return gettext.translation("chainrule", CATALOGUES, [name], fallback=True)
