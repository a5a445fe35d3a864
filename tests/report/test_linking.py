"""Modules that import from each other become scripts that stand behind each other."""

import re
from pathlib import Path

import pytest

from figures import report as package
from figures.report.linking import in_order, linked

MAIN = 'import { double } from "./numbers.js";\n\nexport const FOUR = double(2);\n'
NUMBERS = "/* Numbers. */\n\nexport function double(x) {\n  return 2 * x;\n}\n"


@pytest.fixture
def link(tmp_path):
    """Write files by their names, and return the scripts that main.js needs."""

    def write_and_link(**sources):
        for name, text in sources.items():
            path = tmp_path / f"{name.replace('_', '/')}.js"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return linked(tmp_path / "main.js")

    return write_and_link


def test_what_a_script_needs_stands_before_it_without_the_words_of_modules(link):
    numbers, main = link(main=MAIN, numbers=NUMBERS)
    assert numbers == '"use strict";\n\n/* Numbers. */\n\nfunction double(x) {\n  return 2 * x;\n}\n'
    assert main == '"use strict";\n\n\nconst FOUR = double(2);\n'


def test_a_script_that_several_need_is_there_once(link):
    other = 'import { double } from "./numbers.js";\nimport { TWO } from "./deep/two.js";\n'
    other += "export const SIX = TWO + double(2);\n"
    main = 'import {\n  SIX,\n} from "./other.js";\nimport { double } from "./numbers.js";\ndouble(SIX);\n'
    two = 'import { double } from "../numbers.js";\nexport const TWO = double(1);\n'
    scripts = link(main=main, other=other, numbers=NUMBERS, deep_two=two)
    assert [re.search(r"double|TWO|SIX", script)[0] for script in scripts] == ["double", "TWO", "SIX", "double"]
    assert len(scripts) == 4


def test_two_files_cannot_declare_the_same_name(link):
    with pytest.raises(ValueError, match=r"^double is declared in \w+/numbers\.js and in \w+/main\.js$"):
        link(main=MAIN + "function double() {}\n", numbers=NUMBERS)


def test_what_is_imported_must_be_exported(link):
    with pytest.raises(ValueError, match=r"main\.js imports double, which \w+/numbers\.js does not export"):
        link(main=MAIN, numbers=NUMBERS.replace("export ", ""))


def test_a_circle_is_named(link):
    numbers = 'import { FOUR } from "./main.js";\n' + NUMBERS
    with pytest.raises(ValueError, match=r"in a circle: \w+/main\.js -> \w+/numbers\.js -> \w+/main\.js"):
        link(main=MAIN, numbers=numbers)


def test_a_file_that_is_missing_is_named(link):
    with pytest.raises(FileNotFoundError, match=r"numbers\.js"):
        link(main=MAIN)


@pytest.mark.parametrize(
    "line",
    [
        'import * as numbers from "./numbers.js";',
        'import { double as twice } from "./numbers.js";',
        'import numbers from "./numbers.js";',
        'import "./numbers.js";',
        'import { double } from "numbers";',
        "import { double } from './numbers.js';",
        "export default double;",
        "export { double };",
        "export const { a, b } = double(2);",
        'const text = "</script>";',
        'const numbers = await import("./numbers.js");',
        "var old = 1;",
    ],
)
def test_what_cannot_be_put_into_a_page_is_refused_with_its_line(link, line):
    with pytest.raises(ValueError, match=re.escape(repr(line))):
        link(main=f"/* A script. */\n\n{line}\n", numbers=NUMBERS)


def test_types_are_for_who_develops_and_not_in_the_page(link):
    (script,) = link(main="/**\n * The double.\n * @param {number} x\n */\nexport const two = (x) => 2 * x;\n")
    assert script == '"use strict";\n\n/** The double. */\nconst two = (x) => 2 * x;\n'


def test_what_draws_knows_nothing_of_the_report():
    report = Path(package.__file__).parent
    modules = in_order(report / "main.js", {}, ())
    drawing = [module for path, module in modules.items() if path.parent == report.parent / "drawing"]
    assert len(drawing) > 10
    for module in drawing:
        assert {source.parent for source, _ in module.imports} <= {module.path.parent}, module.path
        assert not re.search(r"REPORT|getElementById|querySelector\(", module.script), module.path
