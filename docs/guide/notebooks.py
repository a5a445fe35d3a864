"""The chapters as notebooks, in English and Korean, without outputs: ``docs/notebooks``.

::

    python -m docs.guide.notebooks              after chapters or their translations have changed

A notebook says in Markdown what the site says by directives. Its first cell of code installs the toolkit where it is
missing, as one package, so that no other package is touched: Colab has a ``datasets`` of its own.
"""

import re
import sys
from pathlib import Path
from typing import Any

import nbformat

from docs.guide.markdown import DIRECTIVE, parser, translated
from docs.guide.pages import COURSE, DOCS, Chapter, chapters
from docs.guide.source_code import code_of
from docs.guide.translation import text_of, translations
from language import LANGUAGES

NOTEBOOKS = DOCS / "notebooks"
REPOSITORY = "chainrule/chainrule"  # where the project is public; whoever hosts a copy changes it here
BRANCH = "main"
INSTALL = f"""from importlib.util import find_spec

if find_spec("chainrule") is None:
    %pip install --quiet --no-deps git+https://github.com/{REPOSITORY}
elif find_spec("chainrule.layers") is None:
    raise ImportError("another package is called chainrule here; start a fresh environment")"""
LINK = re.compile(r"(?<!!)\[(?P<words>[^\]]*)\]\((?P<target>[^)\s]+)\)")


def notebook_of(chapter: Chapter, language: str = "en") -> Any:
    """Return the notebook of a chapter in a language."""
    source = translated_page(f"course/{chapter.name}", language)
    page = Chapter(chapter.path, read_text(source))
    cells = []
    for cell in page.notebook.cells:
        if cell.cell_type == "code":
            made = nbformat.v4.new_code_cell(cell.source, metadata=kept(cell.metadata))
        else:
            made = nbformat.v4.new_markdown_cell(in_plain_markdown(cell.source))
        cells.append(made)
    title, after, rest = cells[0].source.partition("\n")
    first = nbformat.v4.new_markdown_cell(f"{title}\n\n{badge(chapter.name, language)}")
    install = nbformat.v4.new_code_cell(INSTALL)
    cells[0] = nbformat.v4.new_markdown_cell((after + rest).strip())
    cells = [first, install, *cells]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number:02}"
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel, "language_info": {"name": "python"}})


def read_text(text: str) -> Any:
    """Return the notebook that a page's text is."""
    import jupytext

    return jupytext.reads(text, fmt="md:myst")


def translated_page(page: str, language: str) -> str:
    """Return the text of a page in a language; what is not translated stays English."""
    known = {} if language == "en" else translations(page, language)
    return translated(text_of(page), lambda message: known.get(message, message))


def kept(metadata: Any) -> dict[str, Any]:
    """Return what of a cell's metadata a notebook has use for."""
    return {"tags": list(metadata["tags"])} if metadata.get("tags") else {}


def badge(name: str, language: str) -> str:
    """Return the button that opens a notebook in Colab."""
    image = "https://colab.research.google.com/assets/colab-badge.svg"
    return f"[![Open in Colab]({image})]({colab_address(name, language)})"


def colab_address(name: str, language: str) -> str:
    """Return the address at which Colab opens the notebook of a chapter."""
    path = f"{REPOSITORY}/blob/{BRANCH}/docs/notebooks/{language}/{name}.ipynb"
    return f"https://colab.research.google.com/github/{path}"


def in_plain_markdown(text: str) -> str:
    """Return a page's Markdown without directives, as every notebook shows it, and with links that hold there."""
    lines, done, reached = text.split("\n"), [], 0
    for token in parser().parse(text):
        if token.type in ("fence", "colon_fence") and (directive := DIRECTIVE.match(token.info.strip())):
            begin, end = token.map
            margin = lines[begin][: len(lines[begin]) - len(lines[begin].lstrip())]
            inside = shown(directive["name"], directive["title"].strip(), token.content)
            done += [*lines[reached:begin], *(f"{margin}{line}".rstrip() for line in inside.split("\n"))]
            reached = end
    return LINK.sub(link_from_here, "\n".join([*done, *lines[reached:]]))


def shown(name: str, title: str, content: str) -> str:
    """Return in plain Markdown what a directive shows."""
    if name == "source-code":
        return f"`{title}`:\n\n```python\n{code_of(title, content.splitlines())}\n```"
    if name == "dropdown":
        return f"<details><summary>{title}</summary>\n\n{in_plain_markdown(content).strip()}\n\n</details>"
    raise ValueError(f"the notebooks cannot show the directive {name}")


def link_from_here(link: re.Match[str]) -> str:
    """Return a link of a page as one of a notebook, which stands in ``docs/notebooks/en``."""
    target, hash_, anchor = link["target"].partition("#")
    if target.startswith("http") or not target:
        return link[0]
    path = (COURSE / target).resolve()
    if path.parent == COURSE and path.stem != "index":
        return f"[{link['words']}]({path.stem}.ipynb)"
    name = path.relative_to(DOCS.parent).as_posix()
    name = name.removeprefix("docs/source/").removesuffix(".md") if name.startswith("docs/source/") else name
    return f"[{link['words']}](../../../{name}{hash_}{anchor})"


def path_of(name: str, language: str) -> Path:
    """Return where the notebook of a chapter is."""
    return NOTEBOOKS / language / f"{name}.ipynb"


def text_of_notebook(chapter: Chapter, language: str) -> str:
    """Return a notebook as it is written into its file."""
    return nbformat.writes(notebook_of(chapter, language)) + "\n"


def main() -> int:
    """Write all notebooks."""
    for language in LANGUAGES:
        for chapter in chapters():
            path = path_of(chapter.name, language)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text_of_notebook(chapter, language), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
