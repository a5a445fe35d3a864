"""What the guide needs of Sphinx and no extension gives."""

import re
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from docs.guide.generated import START, here
from docs.guide.notebooks import colab_address
from docs.guide.readme import readme
from docs.guide.source_code import SourceCode

HEADINGS = {  # of numpydoc's sections, in Korean
    "Attributes": "속성",
    "Examples": "예제",
    "Methods": "메서드",
    "Notes": "참고",
    "Other Parameters": "그 밖의 매개변수",
    "Parameters": "매개변수",
    "Raises": "예외",
    "References": "참고 문헌",
    "Returns": "반환값",
    "See Also": "함께 보기",
    "Yields": "생성값",
}


def read_source(app: Sphinx, docname: str, source: list[str]) -> None:
    """Let links to files lead to the pages that show them; the page ``start`` is the README."""
    docs = Path(app.srcdir)
    page = app.env.doc2path(docname, base=False)
    if docname == START:
        source[0] = readme(docs, app.config.language)
    if str(page).endswith(".md"):
        source[0] = here(docs, str(page), source[0])


def translate_headings(app: Sphinx, what: str, name: str, thing: Any, options: Any, lines: list[str]) -> None:
    """Give the sections of a docstring their headings in the language of the site; numpydoc has written them."""
    if app.config.language != "ko":
        return
    for number, line in enumerate(lines):
        heading = re.fullmatch(r"(:|\.\. rubric:: )([A-Z][A-Za-z ]+?)(:?)", line)
        if heading and heading[2] in HEADINGS:
            lines[number] = f"{heading[1]}{HEADINGS[heading[2]]}{heading[3]}"


def translate_alternatives(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Give the pictures that cells draw their text, for who cannot see them, in the language of the site."""
    catalogue = catalogue_of(app, docname)
    for image in doctree.findall(nodes.image):
        if image.get("alt"):
            image["alt"] = catalogue.gettext(image["alt"])


def add_to_page(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Let templates know where a chapter is opened in Colab."""
    context["colab"] = lambda page: colab_address(page.removeprefix("course/"), app.config.language)


def catalogue_of(app: Sphinx, docname: str) -> NullTranslations:
    """Return the translations of a page."""
    from sphinx.locale import init

    folders = [str(Path(app.srcdir, folder)) for folder in app.config.locale_dirs]
    return init(folders, app.config.language, docname)[0]


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect it."""
    app.add_directive("source-code", SourceCode)
    app.connect("source-read", read_source)
    app.connect("autodoc-process-docstring", translate_headings, priority=900)  # after numpydoc
    app.connect("doctree-resolved", translate_alternatives)
    app.connect("html-page-context", add_to_page)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
