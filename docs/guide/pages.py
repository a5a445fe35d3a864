"""The pages of the course: their cells, their words, and the numbers in them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jupytext

DOCS = Path(__file__).resolve().parents[1]
COURSE = DOCS / "course"
SECTIONS = (
    "The idea",
    "The graph",
    "The formula, with shapes",
    "The code",
    "By hand, then by the code",
    "An experiment",
    "What goes wrong",
    "Questions",
    "Exercise",
    "Sources",
)
NUMBER = re.compile(r"(?<![\w.,])-?\d+(?:,\d{3})*(?:\.\d+)?(?:e-?\d+)?(?![\w])")
WIDEST = 88  # characters of a line of code
SMALL = 12  # integers up to this one count things, and need no proof
YEAR = re.compile(r"(19|20)\d\d")  # which nothing computes
FENCE = re.compile(r"^(`{3,}|:{3,}).*$", re.M)


@dataclass
class Chapter:
    """A chapter: its file and its notebook without outputs."""

    path: Path
    notebook: Any

    @property
    def text(self) -> str:
        """The Markdown between its cells of code."""
        return "\n\n".join(cell.source for cell in self.notebook.cells if cell.cell_type == "markdown")

    @property
    def name(self) -> str:
        """What it is called: ``08-affine``."""
        return self.path.stem

    def prose(self) -> str:
        """Return the words: no code, no heading's number, no sources."""
        return prose_of(self.text)

    def code(self) -> str:
        """Return the code of all cells."""
        return "\n".join(cell.source for cell in self.notebook.cells if cell.cell_type == "code")

    def sections(self) -> list[str]:
        """Return the headings of its sections."""
        return re.findall(r"^## (.+)$", self.text, re.M)


def chapters() -> list[Chapter]:
    """Return all chapters in their order."""
    return [read_chapter(path) for path in sorted(COURSE.glob("[0-9][0-9]-*.md"))]


def read_chapter(path: Path) -> Chapter:
    """Return a chapter from its page."""
    return Chapter(path, jupytext.read(path, fmt="md:myst"))


def prose_of(text: str) -> str:
    """Return the words of a page's Markdown, its formulas among them."""
    text = text.partition("\n## Sources")[0]
    text = re.sub(r"^```\{source-code\}.*?^```$", "", text, flags=re.M | re.S)
    text = re.sub(r"^```(?!\{).*?^```$", "", text, flags=re.M | re.S)
    text = re.sub(r"`[^`\n]+`", " ", text)
    text = FENCE.sub("", text)
    text = re.sub(r"\]\([^)]*\)", "]", text)
    text = re.sub(r"\[[^\]]*\b[Cc]hapters? \d+[^\]]*\]|\b[Cc]hapters? \d+(?: (?:to|and) \d+)?", " ", text)
    text = re.sub(r"^(#+ )\d+\. ", r"\1", text, flags=re.M)
    return re.sub(r"^\s*\d+\. ", "", text, flags=re.M)


def numbers_in(text: str) -> list[str]:
    """Return the numbers of a text as they stand in it, without a sign, and without commas between thousands.

    >>> numbers_in("784 x 50 and 39,250, that is -1.22 or 1e-7")
    ['784', '50', '39250', '1.22', '1e-7']
    """
    text = text.replace("{,}", ",").replace("\N{MINUS SIGN}", "-")
    return [number.lstrip("-").replace(",", "") for number in NUMBER.findall(text)]


def unproven(chapter: Chapter, outputs: str) -> list[str]:
    """Return the numbers in a chapter's words that stand neither in its code nor in what its code printed."""
    known = set(map(canonical, numbers_in(f"{chapter.code()}\n{outputs}")))
    found = dict.fromkeys(numbers_in(chapter.prose()))
    found = [number for number in found if not (is_small(number) or YEAR.fullmatch(number))]
    return [number for number in found if canonical(number) not in known]


def complaints_of(chapter: Chapter, outputs: str) -> list[str]:
    """Return what is wrong with a chapter: numbers that nothing computes, sections that are missing, lines too long."""
    long = [line for line in chapter.code().splitlines() if len(line) > WIDEST]
    return [
        *(f"{number} stands in the text, and in no output or code" for number in unproven(chapter, outputs)),
        *(f"there is no section {name!r}" for name in SECTIONS if name not in chapter.sections()),
        *(f"there is a line of code with {len(line)} characters: {line}" for line in long),
    ]


def canonical(number: str) -> str:
    """Return a number as all that mean the same number to the same digits are written: ``1.0`` and ``1`` are one.

    >>> canonical("10.0"), canonical("0.7440")
    ('10', '0.744')
    """
    return re.sub(r"(\.\d*?)0+$", r"\1", number).rstrip(".") if "." in number and "e" not in number else number


def is_small(number: str) -> bool:
    """Return whether a number only counts things."""
    return number.isdigit() and int(number) <= SMALL


def printed(cells: Iterable[Any]) -> str:
    """Return all text that executed cells gave."""
    texts = []
    for cell in cells:
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if "image/png" not in data:
                texts.append(output.get("text") or data.get("text/plain") or "")
    return "\n".join(texts)
