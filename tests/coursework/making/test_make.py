"""``make`` writes an assignment whole or not at all, and nothing of a solution to the students."""

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from coursework.course.blanks import BEGIN, END
from coursework.course.course import read_course
from coursework.grading.assignment import Assignment
from coursework.grading.one import Grader
from coursework.grading.submissions import Submission
from coursework.making.make import NotReady, make
from coursework.making.student import write_student


def contents(folder):
    """The bytes of all files in a folder, by name."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def lines_of_solutions(exercises):
    """The lines that students must not see: those in a solution that no exercise gives to them."""
    inside, outside, is_inside = set(), set(), False
    for line in "\n".join(cell.text for exercise in exercises for cell in exercise.for_students()).splitlines():
        if line.strip() in (BEGIN, END):
            is_inside = line.strip() == BEGIN
        else:
            (inside if is_inside else outside).add(line.strip())
    return inside - outside


def points_of(folder, assignment):
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in (".py", ".ipynb")}
    return Grader(Assignment(assignment)).grade(Submission("Anna", files)).points


def lines_in(path):
    """The lines of a file, and of the cells of a notebook."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        text = "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"])
    return {line.strip() for line in text.splitlines()}


def assert_nothing_of_the_solutions(folder, exercises):
    lines = set().union(*(lines_in(path) for path in folder.rglob("*") if path.is_file()))
    secret = lines_of_solutions(exercises)
    for exercise in exercises:
        for cell in exercise.cells:
            if "hints" in cell.tags:
                secret |= {line.strip() for line in cell.text.splitlines()}
    assert secret
    assert sorted(secret & lines) == []


@pytest.mark.exhaustive
def test_students_get_nothing_of_the_solutions(made, exercises):
    assert_nothing_of_the_solutions(made / "student", exercises)
    assert {path.name for path in (made / "student").iterdir()} == {
        "README.md",
        ".coursework.json",
        "double.py",
        "total.py",
    }


@pytest.mark.exhaustive
def test_students_get_nothing_of_the_solutions_of_our_course(with_notebooks, tmp_path):
    exercises = read_course()
    write_student(tmp_path / "student", replace(with_notebooks, exercises=exercises, own=False))
    assert_nothing_of_the_solutions(tmp_path / "student", exercises)
    written = {path.name for path in (tmp_path / "student").iterdir()}
    files = {f"{exercise.name}{ending}" for exercise in exercises for ending in (".py", ".ipynb")}
    assert written == {"README.md", ".coursework.json"} | files


@pytest.mark.exhaustive
def test_what_students_get_earns_nothing_and_the_teachers_solutions_all(made):
    assert points_of(made / "student", made / "teacher") == 0
    assert points_of(made / "teacher" / "solutions", made / "teacher") == 6


@pytest.mark.exhaustive
def test_notebooks_earn_what_the_files_earn(with_notebooks, tmp_path):
    make(with_notebooks, tmp_path / "made")
    for folder, points in (("student", 0), ("teacher/solutions", 6)):
        for path in (tmp_path / "made" / folder).glob("*.py"):
            path.unlink()
        assert points_of(tmp_path / "made" / folder, tmp_path / "made" / "teacher") == points


@pytest.mark.exhaustive
def test_a_notebook_has_the_cells_of_the_exercise(with_notebooks, tmp_path, exercises):
    write_student(tmp_path, with_notebooks)
    cells = json.loads((tmp_path / "double.ipynb").read_text(encoding="utf-8"))["cells"]
    assert [cell["cell_type"] for cell in cells] == ["markdown", "code"]
    assert "".join(cells[0]["source"]) == exercises[0].cells[0].text
    assert "".join(cells[1]["source"]).count("raise NotImplementedError") == 2


@pytest.mark.exhaustive
def test_without_jupytext_the_error_says_what_to_install(sheet, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "jupytext", None)
    with pytest.raises(ValueError, match=r'python -m pip install "chainrule\[coursework\]"'):
        make(replace(sheet, notebooks=True), tmp_path / "made")
    assert not (tmp_path / "made").exists()


@pytest.mark.exhaustive
def test_an_exercise_that_fails_its_proof_is_refused_with_the_reason(sheet, tmp_path, course_folder):
    path = course_folder / "double.py"
    path.write_text(path.read_text().replace("        return dout\n", "        return dout + dout\n"))
    spoiled = replace(sheet, exercises=read_course(course_folder))
    before = contents(tmp_path)
    with pytest.raises(NotReady, match="double: half-as-much gets all points"):
        make(spoiled, tmp_path / "made")
    assert contents(tmp_path) == before


@pytest.mark.exhaustive
@pytest.mark.parametrize("is_file", [True, False])
def test_what_is_somebody_elses_is_left_alone(sheet, tmp_path, is_file):
    out = tmp_path / "thesis"
    if is_file:
        out.write_text("Chapter 1")
    else:
        out.mkdir()
        (out / "chapter.txt").write_text("Chapter 1")
    before = contents(tmp_path)
    with pytest.raises(ValueError, match="holds something else"):
        make(sheet, out)
    assert contents(tmp_path) == before


@pytest.mark.exhaustive
def test_made_again_it_keeps_its_secret_and_what_others_put_there(made_here, sheet):
    before = contents(made_here)
    (made_here / "teacher" / "notes.txt").write_text("Anna may hand in later.")
    make(sheet, made_here)
    after = contents(made_here)
    assert after.pop("teacher/notes.txt")
    assert after == before


@pytest.mark.exhaustive
def test_a_sheet_that_has_other_exercises_too_is_not_taken_away(made, sheet):
    before = contents(made)
    with pytest.raises(ValueError, match="holds a sheet with total as well"):
        make(replace(sheet, exercises=sheet.exercises[:1]), made)
    assert contents(made) == before


@pytest.mark.exhaustive
def test_two_sheets_have_two_secrets(made, sheet, tmp_path):
    make(sheet, tmp_path / "another")
    secrets = {Assignment(folder / "teacher").facts.secret for folder in (made, tmp_path / "another")}
    assert len(secrets) == 2


@pytest.mark.exhaustive
def test_killed_between_its_last_two_steps_it_comes_back(made_here, sheet):
    before = contents(made_here)
    made_here.rename(made_here.with_name(".made.old"))
    make(sheet, made_here)
    assert contents(made_here) == before
    assert not made_here.with_name(".made.old").exists()


@pytest.mark.exhaustive
@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")
def test_killed_at_any_moment_it_leaves_all_or_nothing(sheet, tmp_path, course_folder, root):
    words = ["make", "--course", course_folder, "--out", tmp_path / "made", "--no-notebooks", "--wheels", sheet.wheels]
    command = [sys.executable, "-m", "coursework", *map(str, words)]
    began = time.monotonic()
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    took, whole = time.monotonic() - began, set(contents(tmp_path / "made"))
    chance = random.Random(0)
    for _ in range(12):
        process = subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.5, 1.05) * took)
        process.send_signal(signal.SIGKILL)
        process.wait()
        if (tmp_path / "made").exists():  # else it was killed between two renamings, and the old one is beside it
            assert set(contents(tmp_path / "made")) == whole
        else:
            assert set(contents(tmp_path / ".made.old")) == whole
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    assert set(contents(tmp_path / "made")) == whole
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".made")]


@pytest.mark.exhaustive
def test_the_command_says_where_to_read_on_and_why_it_refuses(root, sheet, tmp_path, course_folder):
    def run(*words):
        command = [sys.executable, "-m", "coursework", "make", "--course", course_folder, "--out", tmp_path / "made"]
        words = [*map(str, command), "--no-notebooks", "--wheels", str(sheet.wheels), *words]
        return subprocess.run(words, cwd=root, env=dict(os.environ), capture_output=True, text=True, timeout=120)

    done = run("double", "--title", "Week 1")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Sheet of one exercise, 3 points: see ")
    assert str(tmp_path / "made" / "teacher" / "README.md") in done.stdout
    assert (tmp_path / "made" / "student" / "README.md").read_text(encoding="utf-8").startswith("# Week 1\n")
    path = course_folder / "double.py"
    path.write_text(path.read_text().replace("        return dout\n", "        return dout + dout\n"))
    done = run("double")
    assert done.returncode == 1
    assert done.stderr.startswith("double: ")
    assert done.stderr.endswith("Nothing was written.\n")
    assert done.stdout == ""
