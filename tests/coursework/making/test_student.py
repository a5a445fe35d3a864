"""What students read, and files for exercises that are not in their sheet."""

import re
import shlex
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from coursework.course.course import read_course
from coursework.making.sheet import Sheet
from coursework.making.stand_ins import stand_in
from coursework.making.student import write_student
from coursework.making.student_readme import student_readme
from coursework.making.teacher_readme import teacher_readme
from training.command.form import Form


@pytest.fixture
def of_networks():
    exercises = read_course(names=["two_layer_net"])
    return Sheet(exercises, "Networks", Form(("python", "-m", "coursework")), notebooks=False)


@pytest.mark.exhaustive
def test_the_command_in_the_readme_checks_the_file(tmp_path, root):
    sheet = Sheet(read_course(names=["relu"]), "Sheet", Form(("python", "-m", "coursework")), notebooks=False)
    write_student(tmp_path, sheet)
    (command,) = re.findall(r"^```sh\n(.*?)\n```$", student_readme(sheet), re.M | re.S)
    words = shlex.split(command)
    assert words.pop(0) == "python"
    words[words.index("relu.py")] = str(tmp_path / "relu.py")
    done = subprocess.run([sys.executable, *words], cwd=root, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1, done.stderr
    assert "not written yet" in done.stdout


def test_a_teachers_own_exercises_are_not_said_to_be_checked_at_home(sheet):
    assert "check" not in student_readme(sheet).replace("checked and graded", "")


def test_the_toolkit_stands_in_for_exercises_of_another_sheet(of_networks, tmp_path, root):
    write_student(tmp_path, of_networks)
    assert "from chainrule.layers import Affine" in (tmp_path / "affine.py").read_text(encoding="utf-8")
    assert "`affine.py`" in student_readme(of_networks)
    code = "import two_layer_net, affine; print(two_layer_net.Affine.__module__)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env={"PYTHONPATH": str(root)}, capture_output=True, text=True
    )
    assert done.stdout == "layers.affine\n", done.stderr


def test_blanks_stand_in_for_what_the_toolkit_does_not_have(sheet, exercises):
    assert "raise NotImplementedError" in stand_in(exercises[0], sheet)
    assert "raise NotImplementedError" in stand_in(exercises[0], replace(sheet, own=False))


def test_exercises_in_the_sheet_need_no_stand_in(sheet):
    assert not sheet.missing
    assert list(replace(sheet, exercises=sheet.exercises[1:]).missing) == ["double"]


def test_the_teachers_page_names_the_folder_that_was_made_and_no_isolation_where_there_is_none(sheet, with_notebooks):
    page = teacher_readme(with_notebooks, Path("week 1"))
    assert "python -m coursework grade SUBMISSIONS --assignment 'week 1/teacher' --out grades" in page
    assert "cd 'week 1'/nbgrader" in page
    assert page.count("**there is no isolation") == 2
    assert "nbgrader" not in teacher_readme(sheet, Path("week 1"))
