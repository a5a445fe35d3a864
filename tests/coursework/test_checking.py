"""A student's own check: of files, notebooks and folders, with hints and the progress over the sheet."""

import json
from types import ModuleType

import pytest

from coursework import check
from coursework.checking.check import worked_on
from coursework.command import command
from coursework.course.course import read_course

CHECK = "from coursework import check\n\ncheck(Double)\n"


@pytest.fixture
def sheet(tmp_path, exercises):
    """A folder with the blanks of two exercises, as files."""
    folder = tmp_path / "my sheet 과제"
    folder.mkdir()
    for exercise in exercises:
        (folder / f"{exercise.name}.py").write_text(exercise.code(solved=False), encoding="utf-8")
    return folder


@pytest.fixture
def run(course_folder, capsys):
    """The status of the command, and what it prints."""

    def run(*words):
        status = command(["check", *map(str, words), "--course", str(course_folder)])
        return status, "".join(capsys.readouterr())

    return run


def solve(folder, exercise, old="", new=""):
    (folder / f"{exercise.name}.py").write_text(exercise.code(solved=True).replace(old, new), encoding="utf-8")


def write_notebook(path, *cells):
    cells = [{"cell_type": "code", "metadata": {}, "source": text, "outputs": []} for text in cells]
    content = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(content), encoding="utf-8")


def test_a_right_file_is_said_to_be_right(sheet, exercises, run):
    solve(sheet, exercises[0])
    status, said = run(sheet / "double.py")
    assert status == 0
    assert "double: 3 of 3 points" in said
    assert "WRONG" not in said


def test_a_wrong_part_has_the_name_of_its_mistake_and_the_others_their_points(sheet, exercises, run):
    solve(sheet, exercises[0], "return 2 * dout", "return dout")
    status, said = run(sheet / "double.py")
    assert status == 1
    assert "double: 1 of 3 points" in said
    assert "half-as-much" in said


@pytest.mark.exhaustive
def test_hints_come_when_they_are_asked_for_one_after_the_other(sheet, exercises, run):
    assert "Hint" not in run(sheet / "double.py")[1]
    said = [run(sheet / "double.py", "--hint")[1] for _ in range(3)]
    assert ["Hint 1 of 2" in said[0], "Hint 2 of 2" in said[1], "Hint 2 of 2" in said[2]] == [True] * 3


@pytest.mark.exhaustive
def test_the_progress_is_that_of_the_whole_sheet(sheet, exercises, run):
    solve(sheet, exercises[0])
    assert "1 of 2 exercises are done, 3 of 6 points." in run(sheet / "double.py")[1]
    solve(sheet, exercises[1])
    assert "2 of 2 exercises are done, 6 of 6 points." in run(sheet)[1]


def test_a_notebook_is_checked_as_a_file_is(sheet, exercises, run):
    write_notebook(sheet / "double.ipynb", exercises[0].code(solved=True), CHECK)
    status, said = run(sheet / "double.ipynb")
    assert status == 0
    assert "double: 3 of 3 points" in said


@pytest.mark.exhaustive
def test_of_a_folder_the_notebooks_and_files_that_were_worked_on_are_checked(sheet, exercises, run):
    blank = exercises[0].code(solved=False)
    write_notebook(sheet / "double.ipynb", blank, CHECK)
    assert worked_on(sheet, exercises[0]) == sheet / "double.py"
    write_notebook(sheet / "double.ipynb", exercises[0].code(solved=True), CHECK)
    assert "double: 3 of 3 points" in run(sheet)[1]
    (sheet / "double.py").unlink()
    assert "double: 3 of 3 points" in run(sheet)[1]
    solve(sheet, exercises[0])
    write_notebook(sheet / "double.ipynb", blank, CHECK)
    assert "double: 3 of 3 points" in run(sheet)[1]


@pytest.mark.parametrize("name", ["nothing.py", "hw1.py", "empty"])
def test_what_cannot_be_checked_is_an_error_of_one_line(sheet, run, name):
    (sheet / "hw1.py").write_text("x = 1", encoding="utf-8")
    (sheet / "empty").mkdir()
    status, said = run(sheet / name)
    assert status == 2
    assert name in said
    assert said.count("\n") == 1


def written_as(name, exercise, old="", new=""):
    """A class of a student's, as a notebook's cell defines it."""
    module = ModuleType("cell")
    exec(exercise.code(solved=True).replace("Double", name).replace(old, new), vars(module))
    return getattr(module, name)


def test_in_a_notebook_all_questions_about_a_class_are_asked(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (relu,) = read_course(names=["relu"])
    whole = {(question.name, part) for question in relu.questions for part in question.points}
    asked = [check(written_as("Rectifier", relu, "ReLU", "Rectifier"), "relu"), check(relu.solution().ReLU)]
    for result in asked:
        assert {(part.question, part.name) for part in result.verdict.parts} == whole
        assert result.ok


def test_in_a_notebook_a_class_of_the_name_or_one_like_it_is_checked(exercises, course_folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert check(written_as("Double", exercises[0]), course=course_folder).ok
    wrong = check(written_as("MyDouble", exercises[0], "2 * dout", "dout"), course=course_folder, hint=True)
    assert not wrong.ok
    assert "half-as-much" in str(wrong)
    assert "half-as-much" in wrong._repr_html_()
    assert "Hint 1 of 2" in str(wrong)
    assert check(written_as("Twice", exercises[0]), "double", course=course_folder).ok
    with pytest.raises(ValueError, match=r"Twice is named like nothing"):
        check(written_as("Twice", exercises[0]), course=course_folder)


def test_a_check_speaks_the_language_of_the_sheet_unless_another_is_named(sheet, exercises, run, monkeypatch):
    monkeypatch.setenv("CHAINRULE_LANG", "en")
    (sheet / ".coursework.json").write_text('{"the sheet": {"language": "ko"}}', encoding="utf-8")
    solve(sheet, exercises[0])
    assert "정답" in run(sheet / "double.py")[1]
    assert "right" in run(sheet / "double.py", "--language", "en")[1]
