"""A class graded: the same bytes whatever happens in between, and what teachers and students can read."""

import contextlib
import csv
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
from xml.etree import ElementTree

import pytest

from coursework.grading.assignment import Assignment, write_assignment
from coursework.grading.command import grade
from coursework.grading.one import Grader
from coursework.grading.submissions import Submission


def contents(folder):
    """The bytes of all files in a folder, by name."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture
def submissions(hand_in, exercises):
    double = exercises[0]
    hand_in("Anna Kim")
    hand_in("김철수", double=double.code(solved=True) + "\n\n" + double.wrong[0].text)
    hand_in("blank", double=double.code(solved=False), total=None)
    return hand_in("=cmd|' _C calc'!A0", total="def total(x):\n    import os\n    os._exit(0)")


def test_everybody_has_the_points_that_they_deserve(submissions, assignment, tmp_path):
    graded = grade(submissions, assignment, tmp_path / "grades")
    assert {one.student: one.points for one in graded} == {
        "Anna Kim": 6,
        "김철수": 4,
        "blank": 0,
        "=cmd|' _C calc'!A0": 3,
    }
    rows = list(csv.reader((tmp_path / "grades" / "grades.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0] == ["student", "points", "of", "double", "total", "remarks"]
    assert ["김철수", "4", "6", "1", "3", ""] in rows
    assert all(not row[0].startswith("=") for row in rows)


@pytest.mark.exhaustive
def test_each_result_is_one_that_gradescope_and_junit_read(submissions, assignment, tmp_path):
    grade(submissions, assignment, tmp_path / "grades")
    result = json.loads((tmp_path / "grades" / "results" / "김철수.json").read_text(encoding="utf-8"))
    assert result["score"] == 4 == sum(test["score"] for test in result["tests"])
    assert {test["status"] for test in result["tests"]} == {"passed", "failed"}
    assert any(test["output"].startswith("half-as-much: ") for test in result["tests"])
    suites = ElementTree.parse(tmp_path / "grades" / "results" / "김철수.xml").getroot()
    assert [suite.get("failures") for suite in suites] == ["1", "0"]


@pytest.mark.exhaustive
def test_the_pages_say_what_was_wrong_and_the_students_page_nothing_that_is_hidden(submissions, assignment, tmp_path):
    graded = grade(submissions, assignment, tmp_path / "grades")
    hidden = next(
        p.hidden for one in graded if one.student == "김철수" for v in one.verdicts for p in v.parts if not p.ok
    )
    for_student = (tmp_path / "grades" / "pages" / "김철수.html").read_text(encoding="utf-8")
    for_teacher = (tmp_path / "grades" / "teacher" / "김철수.html").read_text(encoding="utf-8")
    assert "half-as-much" in for_student
    assert hidden not in for_student
    assert hidden in for_teacher
    assert "return 2 * x" in for_teacher
    page = (tmp_path / "grades" / "class.html").read_text(encoding="utf-8")
    assert "half-as-much" in page
    assert "<script" not in page


@pytest.mark.exhaustive
def test_what_students_write_is_text_on_the_pages(hand_in, assignment, tmp_path):
    folder = hand_in("<script>alert(1)</script>".replace("/", ""), double="raise ValueError('<script>x</script>')")
    grade(folder, assignment, tmp_path / "grades")
    for page in (tmp_path / "grades").rglob("*.html"):
        assert "<script" not in page.read_text(encoding="utf-8")


@pytest.mark.exhaustive
def test_a_second_run_gives_the_same_bytes_and_does_not_grade_again(submissions, assignment, tmp_path):
    grade(submissions, assignment, tmp_path / "grades")
    before = contents(tmp_path / "grades")
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "grades" / "verdicts").iterdir()}
    grade(submissions, assignment, tmp_path / "grades", jobs=2)
    assert contents(tmp_path / "grades") == before
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "grades" / "verdicts").iterdir()} == times
    grade(submissions, assignment, tmp_path / "anew", jobs=1)
    assert contents(tmp_path / "anew") == before


@pytest.mark.exhaustive
def test_a_submission_that_has_changed_is_graded_anew_and_one_that_is_gone_leaves_nothing(
    submissions, assignment, exercises, tmp_path
):
    grade(submissions, assignment, tmp_path / "grades")
    (submissions / "blank" / "double.py").write_text(exercises[0].code(solved=True), encoding="utf-8")
    shutil.rmtree(submissions / "Anna Kim")
    graded = grade(submissions, assignment, tmp_path / "grades")
    assert {one.student: one.points for one in graded}["blank"] == 3
    assert not any("Anna" in name for name in contents(tmp_path / "grades"))


@pytest.mark.exhaustive
@pytest.mark.parametrize("times", [25])
def test_a_grade_that_is_killed_goes_on_and_ends_with_the_same_bytes(times, submissions, assignment, tmp_path, root):
    grade(submissions, assignment, tmp_path / "undisturbed", jobs=2)
    out = tmp_path / "killed"
    words = ["-m", "coursework", "grade", submissions, "--assignment", assignment.folder, "--out", out, "--jobs", "2"]
    rng = random.Random(times)
    for _ in range(times):
        process = subprocess.Popen([sys.executable, *map(str, words)], cwd=root, stdout=subprocess.PIPE)
        with contextlib.suppress(subprocess.TimeoutExpired):  # it may be done before
            process.communicate(timeout=rng.uniform(0.1, 3.0))
        process.kill()
        process.communicate()
    result = subprocess.run([sys.executable, *map(str, words)], cwd=root, capture_output=True, text=True, timeout=120)
    assert result.returncode == 0, result.stderr
    assert contents(out) == contents(tmp_path / "undisturbed")


def test_grades_are_not_written_over_something_else(submissions, assignment, tmp_path):
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "thesis.tex").write_text("years of work")
    with pytest.raises(ValueError, match="holds something else"):
        grade(submissions, assignment, tmp_path / "thesis")
    assert contents(tmp_path / "thesis").keys() == {"thesis.tex"}


def test_a_sheet_that_is_made_anew_keeps_its_secret(assignment, exercises):
    again = write_assignment(assignment.folder, exercises, "Sheet 1")
    assert again.facts.secret == assignment.facts.secret
    assert Assignment(assignment.folder).facts == again.facts


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"exercises": 3}', '{"title": "x", "exercises": ["relu"]}'])
def test_a_damaged_assignment_is_named(assignment, content):
    (assignment.folder / "assignment.json").write_text(content)
    with pytest.raises(ValueError, match=r"damaged|there is no exercise relu"):
        Assignment(assignment.folder)


@pytest.mark.first_is_quick
@pytest.mark.parametrize("name", ["double (1).py", "double(2).py", "work/double-3.py", "double copy.py"])
def test_a_file_to_whose_name_a_browser_has_added_a_number_is_graded(assignment, exercises, name):
    solved = exercises[0].code(solved=True).encode()
    assert Grader(assignment).grade(Submission("anna", {name: solved})).verdicts[0].points == 3
    files = {name: b"", "double.py": solved}
    assert Grader(assignment).grade(Submission("anna", files)).verdicts[0].points == 3


def test_of_a_file_and_a_notebook_the_one_that_was_worked_on_is_graded(assignment, exercises):
    cells = [{"cell_type": "code", "source": exercises[0].code(solved=True)}]
    notebook = json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5, "metadata": {}})
    files = {"double.py": exercises[0].code(solved=False).encode(), "double.ipynb": notebook.encode()}
    assert Grader(assignment).grade(Submission("anna", files)).verdicts[0].points == 3


@pytest.mark.exhaustive
def test_two_who_share_what_nobody_else_has_are_told_to_the_teacher(hand_in, assignment, exercises, tmp_path):
    own = "\n".join(f"    step_{i} = (x + {i}) * 2 - x * {i + 1} + np.sin(x / {i + 3}) * 0" for i in range(6))
    text = (
        exercises[1]
        .code(solved=True)
        .replace("    return", f"{own}\n    return")
        .replace("from", "import numpy as np\nfrom", 1)
    )
    for name in ("anna", "ben"):
        hand_in(name, total=text)
    for number in range(4):
        hand_in(f"other {number}")
    grade(tmp_path / "submissions", assignment, tmp_path / "grades")
    page = (tmp_path / "grades" / "class.html").read_text(encoding="utf-8")
    assert "anna</a> and <a" in page
    assert "other 0</a> and" not in page


@pytest.mark.exhaustive
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere, names are letters")
def test_names_and_texts_that_are_hard_to_write_stop_nothing(hand_in, assignment, tmp_path, exercises):
    folder = hand_in("김" * 80)
    hand_in("letters", double=exercises[0].code(solved=True).replace("return 2 * x", "raise ValueError(chr(0xd800))"))
    hand_in("encoding", double="# -*- coding: rot13 -*-\n")
    for student in (b"ev\xff", b"ev\xfe"):
        path = folder / os.fsdecode(student)
        path.mkdir()
        (path / "double.py").write_text(exercises[0].code(solved=True))
    graded = grade(folder, assignment, tmp_path / "grades", jobs=1)
    assert {one.student[:7]: one.points for one in graded} == {"김" * 7: 6, "letters": 3, "encodin": 3, "ev\\udcf": 3}
    assert len(list((tmp_path / "grades" / "pages").iterdir())) == 5
