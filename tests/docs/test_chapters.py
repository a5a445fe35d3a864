"""Each chapter has its shape, and what it refers to is there."""

import re

import pytest

from coursework.course.course import read_course
from guide_support import NAMES


def test_the_course_has_its_chapters(chapters):
    assert list(chapters) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_chapter_has_its_sections_in_their_order(guide, chapters, name):
    assert chapters[name].sections() == list(guide["pages"].SECTIONS)
    number = int(name[:2])
    assert re.match(rf"# {number}\. \S", chapters[name].notebook.cells[0].source)


@pytest.mark.parametrize("name", NAMES)
def test_a_chapter_asks_three_questions_and_folds_the_answers(chapters, name):
    text = chapters[name].path.read_text(encoding="utf-8")
    questions = text.partition("\n## Questions\n")[2].partition("\n## Exercise\n")[0]
    assert re.findall(r"^(\d)\. ", questions, re.M) == ["1", "2", "3"]
    assert len(re.findall(r"^ *:::\{dropdown\} Answer$", questions, re.M)) == 3


@pytest.mark.parametrize("name", NAMES)
def test_a_chapter_names_an_exercise_that_there_is(chapters, name):
    text = chapters[name].path.read_text(encoding="utf-8")
    exercise = text.partition("\n## Exercise\n")[2].partition("\n## Sources\n")[0]
    named = re.findall(r"`python -m coursework make ([a-z_ ]+)`", exercise)
    assert named
    assert {word for words in named for word in words.split()} <= {exercise.name for exercise in read_course()}


def test_every_exercise_belongs_to_a_chapter(chapters):
    texts = "".join(chapter.path.read_text(encoding="utf-8") for chapter in chapters.values())
    named = {word for words in re.findall(r"`python -m coursework make ([a-z_ ]+)`", texts) for word in words.split()}
    assert named == {exercise.name for exercise in read_course()}


@pytest.mark.parametrize("name", NAMES)
def test_a_chapter_shows_the_lines_of_our_files_a_graph_and_what_is_said_of_mistakes(guide, chapters, name):
    chapter = chapters[name]
    text = chapter.path.read_text(encoding="utf-8")
    shown = re.findall(r"^```\{source-code\} (\S+)\n(.*?)^```$", text, re.M | re.S)
    assert shown
    for path, names in shown:
        assert guide["source_code"].code_of(path, names.splitlines())
    assert re.search(r"\bdraw\(", chapter.code())
    assert re.search(r"\bcheck_(layer|network|functions)\b|\bdiagnose\b", chapter.code())


@pytest.mark.parametrize("name", NAMES)
def test_what_a_cell_draws_is_told_to_those_who_cannot_see_it(guide, chapters, name):
    for cell in chapters[name].notebook.cells:
        if cell.cell_type == "code" and re.search(r"^(draw\(|plt\.show\(\))", cell.source, re.M):
            assert cell.metadata["mystnb"]["image"]["alt"], cell.source


@pytest.mark.parametrize("name", NAMES)
def test_lines_of_code_can_be_read_without_scrolling(guide, chapters, name):
    widest = max(chapters[name].code().splitlines(), key=len)
    assert len(widest) <= guide["pages"].WIDEST, widest


def test_numbers_that_nothing_computes_are_found(guide, chapters):
    page = guide["pages"]
    text = "It costs 39,250, or 0.7442 of 13, see [chapter 99](x.md); `7777` is code. $1{,}234$ is not.\n"
    chapter = page.Chapter(chapters["08-affine"].path, guide["notebooks"].read_text(text))
    assert page.unproven(chapter, "39250 0.744") == ["0.7442", "13", "1234"]


def test_no_picture_of_the_course_is_committed(root):
    assert not [path for path in (root / "docs" / "course").rglob("*") if path.suffix != ".md"]


def test_a_definition_that_is_not_there_fails(guide):
    with pytest.raises(KeyError, match=r"layers/affine\.py defines no Affine\.sideways"):
        guide["source_code"].code_of("layers/affine.py", ["Affine.sideways"])


def test_code_is_shown_without_its_docstrings(guide):
    shown = guide["source_code"].code_of("layers/relu.py", ["ReLU.forward", "ReLU.backward"])
    assert shown.splitlines()[1:3] == ["    self.mask = x > 0", "    return np.maximum(x, 0)"]
    assert '"""' not in guide["source_code"].code_of("layers/relu.py", ["ReLU"])
