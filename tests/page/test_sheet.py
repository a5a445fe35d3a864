"""The exercises as the page shows them."""

import gzip
import json
import re

import pytest

from coursework.course.course import read_course
from language import speaking
from page.building.npm import install_packages
from page.building.npm import node as run_node
from page.building.sheet import described, put_sheet

COURSE = {exercise.name: exercise for exercise in read_course()}


@pytest.fixture(scope="module")
def sheets(node, tmp_path_factory):
    """The sheet in each language, as it was built."""
    install_packages()
    folder = tmp_path_factory.mktemp("sheet")
    put_sheet(folder)
    return {
        language: json.loads(gzip.decompress((folder / f"sheet-{language}.json.gz").read_bytes()))
        for language in ("en", "ko")
    }


def html(text, node):
    install_packages()
    return json.loads(run_node("prose.mjs", given=json.dumps([text])))[0]


@pytest.mark.parametrize("name", COURSE)
def test_what_is_described_holds_no_solution_no_hint_and_no_wrong_solution(name):
    exercise = COURSE[name]
    found = json.dumps(described(exercise), ensure_ascii=False)
    given = exercise.code(solved=False)
    solution = [line.strip() for line in exercise.code(solved=True).splitlines()]
    secret = [line for line in solution if len(line) > 12 and line not in given]
    assert secret
    assert [line for line in secret if line in found and line not in exercise_text(exercise)] == []
    assert not any(wrong.message in found for wrong in exercise.wrong)
    assert not any(hint in found for part in ("", *exercise.questions[0].points) for hint in exercise.hints(part))
    assert "BEGIN SOLUTION" not in found


def exercise_text(exercise):
    """What its text says of itself, which may name a line of the solution."""
    return "\n".join(cell.text for cell in exercise.for_students() if cell.kind == "markdown")


@pytest.mark.exhaustive
def test_every_exercise_is_there_in_both_languages(sheets):
    english, korean = sheets["en"], sheets["ko"]
    assert [one["name"] for one in english] == [one["name"] for one in korean] == list(COURSE)
    for one, other in zip(english, korean, strict=True):
        assert one["points"] == COURSE[one["name"]].points == sum(part["points"] for part in one["parts"])
        assert one["parts"] == other["parts"]
        assert one["prose"] != other["prose"]
        assert re.search("[가-힣]", other["prose"])
        assert "NotImplementedError" in one["code"]
        assert one["earlier"] == list(COURSE[one["name"]].earlier)


@pytest.mark.exhaustive
def test_formulas_are_mathml_and_nothing_loads_from_elsewhere(sheets):
    for exercises in sheets.values():
        assert any("<math" in one["prose"] for one in exercises)
        for one in exercises:
            assert not re.search(r"\$|\\[a-z]{3}|<script|<img|<style|<iframe|src=|href=", one["prose"]), one["name"]


@pytest.mark.exhaustive
def test_what_looks_like_html_in_a_text_stays_text(node):
    made = html(
        "<b>bold</b> <img src=x onerror=alert(1)> `<i>` $x < y$ [a](javascript:alert(1))\n\n<script>1</script>", node
    )
    assert not re.search(r"<(b|img|script|i|a)\b", made)
    assert "<math" in made


@pytest.mark.exhaustive
def test_a_formula_is_inline_or_a_row_or_a_paragraph(node):
    made = html("`$x$`: $x$ and $$a \\qquad b$$", node)
    assert made.count("<math") == 4 - 1
    assert "<code>$x$</code>" in made
    assert 'class="formulas"' in made


def test_the_code_speaks_the_language_of_the_sheet():
    with speaking("ko"):
        (relu,) = read_course(names=["relu"])
        assert "여기에 코드를" in described(relu)["code"]
