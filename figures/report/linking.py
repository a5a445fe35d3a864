"""Scripts that import from each other, as scripts of one page that stand behind each other in it.

In the sources each script is a module: it says what it takes from others, and what it gives. In a page that is one
file there is nothing to import from, so the words ``import`` and ``export`` go, and what a script needs stands before
it. All of them share their top-level names then, which is why no two scripts may have the same.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

IMPORT = re.compile(r'^import \{ (\w+(?:, \w+)*) \} from "(\.\.?/[\w./-]+\.js)";\n', re.MULTILINE)
LONG_IMPORT = re.compile(r'^import \{\n((?:  \w+,\n)+)\} from "(\.\.?/[\w./-]+\.js)";\n', re.MULTILINE)
DECLARED = re.compile(r"^(export )?(?:(?:async )?function|class|const|let) (\w+)", re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:(?:async )?function|class|const|let) \w)", re.MULTILINE)
OTHER = re.compile(r"^(?:import\b|export\b|var\b|(?:const|let) \W)|\bimport\(|</script|<!--")
COMMENT = re.compile(r"(?P<indent>^ *|)/\*\*(?P<text>.*?)\*/(?P<end>\n| |)", re.MULTILINE | re.DOTALL)
TAGGED = re.compile(r"@\w+")
STRICT = '"use strict";\n\n'  # as every module is


class Module(NamedTuple):
    """A script as it is written."""

    path: Path
    imports: tuple[tuple[Path, tuple[str, ...]], ...]
    exported: frozenset[str]
    names: tuple[str, ...]  # all that it declares at the top level
    script: str  # without imports and exports


def linked(main: Path) -> list[str]:
    """Return the scripts that a module needs, in the order in which they have to stand in a page, and itself.

    Raises
    ------
    ValueError
        When something is written in another form than ``import { name } from "./file.js";`` and ``export function``
        (or class, const, let); when a file does not export what is imported, two files declare the same name, or files
        import each other in a circle.
    OSError
        When a file is missing.
    """
    modules = in_order(main.resolve(), {}, ())
    owners: dict[str, Path] = {}
    for module in modules.values():
        for name in module.names:
            if name in owners:
                raise ValueError(f"{name} is declared in {called(owners[name])} and in {called(module.path)}")
            owners[name] = module.path
    return [module.script for module in modules.values()]


def in_order(path: Path, done: dict[Path, Module], above: tuple[Path, ...]) -> dict[Path, Module]:
    """Return the modules that are done, with a module behind all that it imports from."""
    if path in above:
        circle = [*above[above.index(path) :], path]
        raise ValueError(f"scripts import each other in a circle: {' -> '.join(map(called, circle))}")
    if path not in done:
        module = read(path)
        for source, names in module.imports:
            in_order(source, done, (*above, path))
            missing = sorted(set(names) - done[source].exported)
            if missing:
                raise ValueError(f"{called(path)} imports {', '.join(missing)}, which {called(source)} does not export")
        done[path] = module
    return done


def read(path: Path) -> Module:
    """Return a script, taken apart."""
    source = path.read_text(encoding="utf-8")
    text = LONG_IMPORT.sub("", IMPORT.sub("", source))
    declared = DECLARED.findall(text)
    script = EXPORT.sub("", text)
    for line in filter(OTHER.search, script.splitlines()):
        raise ValueError(f"{called(path)}: a script that is put into a page cannot have the line {line!r}")
    names = tuple(name for _, name in declared)
    exported = frozenset(name for export, name in declared if export)
    return Module(path, tuple(imports(path, source)), exported, names, STRICT + without_gaps(without_types(script)))


def called(path: Path) -> str:
    """Return what a file is called in a message: there are several plane.js."""
    return f"{path.parent.name}/{path.name}"


def imports(path: Path, source: str) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Yield the files from which a script imports, and the names."""
    for names, file in (*IMPORT.findall(source), *LONG_IMPORT.findall(source)):
        yield (path.parent / file).resolve(), tuple(re.findall(r"\w+", names))


def without_types(script: str) -> str:
    r"""Return a script whose comments say what is done, and nothing about types.

    >>> without_types("/**\n * Return the double.\n * @param {number} x\n */\n")
    '/** Return the double. */\n'
    >>> without_types("  /** @type {number | null} */\n  let known = /** @type {any} */ (null);\n")
    '  let known = (null);\n'
    """

    def shortened(found: re.Match[str]) -> str:
        lines = [line.strip(" *") for line in TAGGED.split(found["text"])[0].splitlines()]
        words = ("\n" + found["indent"] + "    ").join(line for line in lines if line)
        return f"{found['indent']}/** {words} */{found['end']}" if words else found["indent"].strip(" ")

    return COMMENT.sub(shortened, script)


def without_gaps(script: str) -> str:
    r"""Return a script without the empty lines that imports leave behind.

    >>> without_gaps("/* A script. */\n\n\n\nconst A = 1;\n")
    '/* A script. */\n\nconst A = 1;\n'
    """
    return re.sub(r"\n{3,}", "\n\n", script)
