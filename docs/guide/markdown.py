"""The words in a page's Markdown: its messages, as Sphinx finds them, and the same page with other words."""

import ast
import re
from collections.abc import Callable
from functools import cache
from itertools import count
from typing import Any

DIRECTIVE = re.compile(r"\{(?P<name>[\w-]+)\}\s*(?P<title>.*)")
WITH_TITLE = ("dropdown", "admonition", "grid-item-card")  # directives that begin with words
WITH_WORDS = (*WITH_TITLE, "grid", "note", "tip", "warning")  # directives in which there is Markdown
ENTRY = re.compile(r"^(?P<title>[^:<\n]+) <[^>\n]+>$", re.M)  # of a table of contents
MATH, CODE = re.compile(r"\$[^$]+\$"), re.compile(r"`[^`\n]+`")
OPTIONS_OF_CELL = re.compile(r"\A---\n(?P<options>.*?)^---\n", re.M | re.S)
LABELS = ("title", "xlabel", "ylabel", "label")  # by these names Matplotlib is given the words of a picture
LABELLED = "set_title set_xlabel set_ylabel suptitle text annotate legend set_xticks set_yticks".split()
OPTIONS = re.compile(r"(?::\w[\w-]*:.*\n)+")

Lookup = Callable[[str], str]


@cache
def parser() -> Any:
    """Return a parser of the Markdown that the pages are written in."""
    from markdown_it.renderer import RendererHTML
    from myst_parser.config.main import MdParserConfig
    from myst_parser.parsers.mdit import create_md_parser

    extensions = {"amsmath", "colon_fence", "deflist", "dollarmath"}
    return create_md_parser(MdParserConfig(enable_extensions=extensions), RendererHTML)


def messages(text: str) -> list[str]:
    r"""Return what there is to translate in a page, in its order, each once.

    >>> messages("# Title\n\nOne line\nand another.\n\n| a | b |\n|---|---|\n| $x$ | c |\n")
    ['Title', 'One line and another.', 'a', 'b', '$x$', 'c']
    """
    found: dict[str, None] = {}

    def note(message: str) -> str:
        found.setdefault(message)
        return message

    translated(text, note)
    return list(found)


def translated(text: str, lookup: Lookup) -> str:
    r"""Return a page in which each message is what ``lookup`` gives for it; its code stays as it is.

    >>> translated("- one\n  *two*\n", str.upper)
    '- ONE *TWO*\n'
    """
    lines = text.split("\n")
    done: list[str] = []
    reached, cells = 0, []
    for token in parser().parse(text):
        if token.map is None or token.type not in ("inline", "fence", "colon_fence"):
            continue
        begin, end = token.map
        for image in (child for child in token.children or () if child.type == "image" and child.content):
            lookup(image.content)  # what it tells those who cannot see it
        if token.type == "inline" and is_row(lines[begin]):
            cells.append((begin, token.content))
            continue
        done += lines[reached:begin]
        block = lines[begin:end]
        done += of_words(block, token.content, lookup) if token.type == "inline" else of_fence(block, token, lookup)
        reached = end
    done += lines[reached:]
    return with_cells("\n".join(done), text, cells, lookup)


def is_row(line: str) -> bool:
    """Return whether a line is a row of a table."""
    return line.lstrip().startswith("|")


def of_words(block: list[str], content: str, lookup: Lookup) -> list[str]:
    """Return the lines of a paragraph, a heading or an item with other words."""
    first = content.split("\n")[0]
    before = block[0][: block[0].rindex(first)] if first in block[0] else ""
    after = block[0][len(before) + len(first) :] if "\n" not in content else ""
    rest = [line for line in block[1:] if not line.strip()]  # blank lines that belong to an item
    return [before + lookup(content.replace("\n", " ").strip()) + after.rstrip(), *rest]


def of_fence(block: list[str], token: Any, lookup: Lookup) -> list[str]:
    """Return the lines of a directive with other words; of a cell, only note the words of its picture."""
    directive = DIRECTIVE.match(token.info.strip())
    if directive and directive["name"] == "code-cell":
        for words in (*alternative_of(token.content), *picture_words(token.content)):
            lookup(words)  # whoever draws asks for their translation then
        return block
    if directive and directive["name"] == "toctree":
        text = "\n".join(block)
        return ENTRY.sub(lambda entry: entry[0].replace(entry["title"], lookup(entry["title"])), text).split("\n")
    if not directive or directive["name"] not in WITH_WORDS:
        return block
    margin = block[0][: len(block[0]) - len(block[0].lstrip())]
    head, title = block[0], directive["title"].strip()
    if title and directive["name"] in WITH_TITLE:
        head = f"{head[: head.rindex(title)]}{lookup(title)}"
    options = OPTIONS.match(token.content)
    kept = options[0] if options else ""
    inside = (kept + translated(token.content[len(kept) :], lookup)).rstrip("\n").split("\n")
    return [head, *(f"{margin}{line}".rstrip() for line in inside), block[-1]]


def with_cells(done: str, text: str, cells: list[tuple[int, str]], lookup: Lookup) -> str:
    """Return a page in which the rows of its tables have other words; the rows stand in it as they were."""
    rows: dict[int, list[str]] = {}
    for line, content in cells:
        rows.setdefault(line, []).append(content)
    lines = text.split("\n")
    for line, contents in rows.items():
        new = "| " + " | ".join(lookup(content.strip()) if content.strip() else "" for content in contents) + " |"
        done = done.replace(lines[line], new, 1)
    return done


def alternative_of(cell: str) -> list[str]:
    """Return what a cell tells those who cannot see its picture, if anything."""
    import yaml

    options = OPTIONS_OF_CELL.match(cell)
    known = yaml.safe_load(options["options"]) if options else {}
    alternative = known.get("mystnb", {}).get("image", {}).get("alt")
    return [alternative] if alternative else []


def picture_words(cell: str) -> list[str]:
    r"""Return the words that the code of a cell writes into its pictures.

    >>> picture_words('ax.set(xlabel="step", xlim=(0, 1))\nax.plot(w, "o-", label=f"rate {lr}")')
    ['step', 'rate {0}']
    """
    tree = ast.parse(OPTIONS_OF_CELL.sub("", cell))
    draws = re.search(r"\bplt\.show\(|\bdraw\(", cell)
    found = [text for text in names_of_curves(tree) if draws or " " in text]
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        given = [keyword.value for keyword in call.keywords if keyword.arg in LABELS]
        given += call.args if getattr(call.func, "attr", "") in LABELLED else []
        found += [text for each in given for text in texts_in(each) if not needs_no_words(text)]
    return list(dict.fromkeys(found))


def names_of_curves(tree: ast.AST) -> list[str]:
    """Return the words by which a cell calls what it draws: keys, what it loops over, and names of variables."""
    found: list[ast.AST] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            found += filter(None, node.keys)
        elif isinstance(node, ast.For) and isinstance(node.iter, (ast.Tuple, ast.List)):
            found += [part for each in node.iter.elts for part in getattr(each, "elts", [each])]
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Variable":
            found += node.args[1:]
        elif isinstance(node, ast.Assign) and any("name" in ast.unparse(target) for target in node.targets):
            found.append(node.value)
    texts = [text for node in found for text in texts_in(node)]
    return [text for text in texts if re.fullmatch(r"[A-Za-z][a-z]{2,}(-[a-z]+)?|[\w'-]+([ ,]+[\w'-]+)+", text)]


def texts_in(node: ast.AST) -> list[str]:
    """Return the texts in an expression; values that are put into one are ``{0}``, ``{1}`` and so on in it."""
    if isinstance(node, ast.JoinedStr):
        values = count()
        parts = [part.value if isinstance(part, ast.Constant) else f"{{{next(values)}}}" for part in node.values]
        return ["".join(parts)]
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    return [text for child in ast.iter_child_nodes(node) for text in texts_in(child)]


def needs_no_words(message: str) -> bool:
    """Return whether a message is the same in all languages: formulas, code, names, numbers.

    >>> needs_no_words("$x$ (N, D)"), needs_no_words("the bias $b$")
    (True, False)
    """
    return not re.search(r"[A-Za-z]{2,}", MATH.sub(" ", CODE.sub(" ", re.sub(r"\\\w+", " ", message))))
