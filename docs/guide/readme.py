"""The README as a page of the guide, in the language of the site."""

import re
from pathlib import Path

HEADING = re.compile(r"^##+ (.+)$", re.M)
LANGUAGES = re.compile(r"^\[[^\]]+\]\(README(\.\w+)?\.md\)\n\n", re.M)  # the site has its own line of languages


def readme(docs: Path, language: str) -> str:
    """Return the README; a translated one is found by the English anchors, to which pages in all languages link."""
    english = (docs.parent / "README.md").read_text(encoding="utf-8")
    path = docs.parent / f"README.{language}.md"
    if not path.exists():
        return LANGUAGES.sub("", english)
    anchors = map(anchor, HEADING.findall(english))
    text = LANGUAGES.sub("", path.read_text(encoding="utf-8"))
    return HEADING.sub(lambda heading: f"({next(anchors)})=\n{heading[0]}", text)


def anchor(heading: str) -> str:
    """Return how GitHub and MyST call a heading in links.

    >>> anchor("Fast, in plain NumPy")
    'fast-in-plain-numpy'
    """
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
