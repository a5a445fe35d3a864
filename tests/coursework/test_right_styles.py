"""A right solution in another style loses no point: each file in `right`, named NAME_NUMBER.py after its exercise."""

from pathlib import Path

import pytest

from coursework.course.course import read_course
from coursework.judging.expectation import PUBLIC, expectation
from coursework.proving import SECRET, graded

FILES = sorted((Path(__file__).parent / "right").glob("*.py"))
QUICK = ("relu_1", "softmax_with_loss_2")


def name_of(path):
    return path.stem.rpartition("_")[0]


@pytest.mark.parametrize(
    "path",
    [pytest.param(path, id=path.stem, marks=[] if path.stem in QUICK else [pytest.mark.exhaustive]) for path in FILES],
)
def test_a_right_solution_in_another_style_gets_all_points(path):
    (exercise,) = read_course(names=[name_of(path)])
    verdict = graded(
        exercise,
        path.read_text(encoding="utf-8"),
        expectation(exercise, SECRET, path.stem),
        expectation(exercise, PUBLIC),
    )
    assert [(part.question, part.name, part.message, part.hidden) for part in verdict.parts if not part.ok] == []
    assert verdict.for_teacher == []


def test_each_file_is_named_after_an_exercise_and_a_number():
    names = {exercise.name for exercise in read_course()}
    assert [
        path.name for path in FILES if name_of(path) not in names or not path.stem.rpartition("_")[2].isdigit()
    ] == []
