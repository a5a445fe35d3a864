"""nbgrader, otter-grader and gradescope-utils themselves, in an environment of their own, take what ``make`` writes."""

import json
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from coursework.course.course import read_course
from coursework.grading.assignment import Assignment
from coursework.places.notebook import grade_notebook

pytestmark = [pytest.mark.exhaustive, pytest.mark.long]

PACKAGES = ("otter-grader==7.0.0", "nbgrader==0.9.6", "gradescope-utils==0.5.0", "nbformat", "jupytext", "numpy")
EVIL = """
import builtins, os, sys
import ROOM.places.notebook as grader
grader.points = lambda exercise: 3.0
grader.require = print
builtins.__import__ = lambda *words: grader
os._exit(0)
"""
ALL_POINTS = """
import json
from nbgrader.api import Gradebook
with Gradebook("sqlite:///gradebook.db") as book:
    handed_in = book.assignment_submissions("sheet-1")
    print(json.dumps({one.student.id: {n.name: n.score for n in one.notebooks} for one in handed_in}))
"""


class Environment:
    """A virtual environment with what others have written."""

    def __init__(self, folder, root):
        self.folder, self.root = folder, root
        subprocess.run([sys.executable, "-m", "venv", folder], check=True, timeout=300)
        pip = [self.program("python"), "-m", "pip", "install", "--quiet", "--no-compile", *PACKAGES]
        done = subprocess.run(pip, capture_output=True, text=True, timeout=1200)
        if done.returncode:
            pytest.skip(f"{', '.join(PACKAGES)} cannot be installed here: {done.stderr[-300:]}")

    def program(self, name):
        return str(self.folder / ("Scripts" if sys.platform == "win32" else "bin") / name)

    def run(self, program, *words, cwd, **variables):
        path = f"{Path(self.program(program)).parent}{os.pathsep}{os.environ['PATH']}"
        environment = os.environ | {"PYTHONPATH": str(self.root), "PATH": path, "OPENBLAS_NUM_THREADS": "1"} | variables
        command = [self.program(program), *map(str, words)]
        done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def environment(tmp_path_factory, root):
    return Environment(tmp_path_factory.mktemp("others") / "environment", root)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    from tests.coursework.conftest import DOUBLE, SUM

    folder = tmp_path_factory.mktemp("course")
    (folder / "double.py").write_text(DOUBLE, encoding="utf-8")
    (folder / "total.py").write_text(SUM, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def made(environment, course, tmp_path_factory):
    folder = tmp_path_factory.mktemp("sheet")
    (folder / "wheels").mkdir()
    (folder / "wheels" / "numpy-2.4.6-cp399-cp399-manylinux_2_28_x86_64.whl").touch()
    words = ["--course", course, "--out", folder / "made", "--title", "Sheet 1", "--wheels", folder / "wheels"]
    environment.run("python", "-m", "coursework", "make", *words, cwd=folder)
    return folder / "made"


@pytest.fixture(scope="module")
def answers(course):
    """What students write in place of the blanks, by student and exercise; None leaves them."""
    exercises = read_course(course)
    double, total = (exercise.code(solved=True) for exercise in exercises)
    evil = EVIL.replace("ROOM", "coursework")
    return {
        "solution": {"double": double, "total": total},
        "blanks": {"double": None, "total": None},
        "wrong": {"double": f"{double}\n\n{exercises[0].wrong[0].text}", "total": total},
        "evil": {"double": f"{exercises[0].code(solved=False)}\n{evil}", "total": "while True:\n    pass"},
    }


EXPECTED = {
    "solution": {"double": 3, "total": 3},
    "blanks": {"double": 0, "total": 0},
    "wrong": {"double": 1, "total": 3},
    "evil": {"double": 0, "total": 0},
}


def answer(notebook, exercise, text):
    """Write an answer into the cells of an exercise that have blanks; ``exercise`` is None in a notebook of its own."""
    for cell in notebook["cells"]:
        is_there = exercise is None or cell["metadata"].get("chainrule") == exercise
        if is_there and text is not None and "NotImplementedError" in "".join(cell["source"]):
            cell["source"] = text


def assert_no_hidden_inputs(feedback, graded):
    """No number with which the grader asked is in a text; some are in what it tells the teacher."""
    hidden = " ".join(
        part.hidden for verdict in graded.verdicts for part in verdict.parts if part.code == "half-as-much"
    )
    numbers = re.findall(r"\d+\.\d{3,}", hidden)
    assert numbers
    assert not [number for number in numbers if number in feedback]


@pytest.fixture(scope="module")
def handed_out(environment, made):
    environment.run("nbgrader", "generate_assignment", "sheet-1", cwd=made / "nbgrader")
    return made / "nbgrader" / "release" / "sheet-1"


def hand_in(handed_out, answers, folder):
    for student, texts in answers.items():
        for exercise, text in texts.items():
            notebook = json.loads((handed_out / f"{exercise}.ipynb").read_text(encoding="utf-8"))
            answer(notebook, None, text)
            path = folder / "submitted" / student / "sheet-1" / f"{exercise}.ipynb"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(notebook), encoding="utf-8")


@pytest.fixture(scope="module")
def autograded(environment, made, handed_out, answers):
    hand_in(handed_out, answers, made / "nbgrader")
    environment.run("nbgrader", "autograde", "sheet-1", cwd=made / "nbgrader")
    environment.run("nbgrader", "generate_feedback", "sheet-1", cwd=made / "nbgrader")
    return made / "nbgrader"


def test_what_nbgrader_releases_holds_nothing_of_the_solution(handed_out):
    text = "".join(path.read_text(encoding="utf-8") for path in handed_out.glob("*.ipynb"))
    assert "return 2 * dout" not in text
    assert "HIDDEN" not in text
    assert "points(" not in text


def test_nbgrader_gives_the_points_that_are_deserved(environment, autograded):
    assert json.loads(environment.run("python", "-c", ALL_POINTS, cwd=autograded)) == EXPECTED


def test_nbgraders_feedback_names_the_mistake_and_no_hidden_input(autograded, made):
    feedback = (autograded / "feedback" / "wrong" / "sheet-1" / "double.html").read_text(encoding="utf-8")
    assert "half-as-much" in feedback
    assert "ModuleNotFoundError" not in feedback
    content = (autograded / "submitted" / "wrong" / "sheet-1" / "double.ipynb").read_bytes()
    graded = grade_notebook(content, "double", "wrong", Assignment(made / "teacher"))
    assert_no_hidden_inputs(feedback, graded)
    assert Assignment(made / "teacher").facts.secret not in feedback


def test_without_our_configuration_nbgraders_own_kernel_gives_the_same_points_to_the_honest(
    environment, made, handed_out, answers, tmp_path
):
    shutil.copytree(made / "nbgrader" / "source", tmp_path / "source")
    hand_in(handed_out, {name: texts for name, texts in answers.items() if name != "evil"}, tmp_path)
    place = {"CHAINRULE_ASSIGNMENT": str(made / "teacher")}
    for step in ("generate_assignment", "autograde"):
        environment.run("nbgrader", step, "sheet-1", cwd=tmp_path, **place)
    points = json.loads(environment.run("python", "-c", ALL_POINTS, cwd=tmp_path))
    assert points == {student: points for student, points in EXPECTED.items() if student != "evil"}


@pytest.fixture(scope="module")
def assigned(environment, made):
    """The folder that otter assign writes; it has run the tests on the solution."""
    environment.run("otter", "assign", "sheet-1.ipynb", "dist", cwd=made / "otter")
    return made / "otter" / "dist"


@pytest.fixture(scope="module")
def run_otter(environment, assigned, answers, tmp_path_factory):
    """Grade a student's notebook, once; return its path and the result."""

    @cache
    def run(student):
        folder = tmp_path_factory.mktemp(student)
        notebook = json.loads((assigned / "student" / "sheet-1.ipynb").read_text(encoding="utf-8"))
        for exercise, text in answers[student].items():
            answer(notebook, exercise, text)
        (folder / "handed in.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
        (archive,) = (assigned / "autograder").glob("*.zip")
        environment.run("otter", "run", "-a", archive, "handed in.ipynb", cwd=folder)
        return folder / "handed in.ipynb", json.loads((folder / "results.json").read_text(encoding="utf-8"))

    return run


def test_what_otter_hands_out_holds_neither_solution_nor_secret(assigned, made):
    files = [path for path in (assigned / "student").rglob("*") if path.is_file()]
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    assert "return 2 * dout" not in text
    assert Assignment(made / "teacher").facts.secret not in text
    assert not [path for path in files if "teacher" in path.parts]


@pytest.mark.parametrize("student", list(EXPECTED))
def test_otter_gives_the_points_that_are_deserved(run_otter, student):
    _, results = run_otter(student)
    assert {test["name"]: test["score"] for test in results["tests"]} == EXPECTED[student]
    assert {test["name"]: test["max_score"] for test in results["tests"]} == EXPECTED["solution"]


FORGED = """
# %%
class Double:
    ### BEGIN SOLUTION
    pass
    ### END SOLUTION

# %% tags=["asked"]
def ask_nothing(work, answers):
    answers.update(forward=1, dx=1)

# %% tags=["questions"]
from coursework.questions import Question

QUESTIONS = [Question("Double", {"forward": 1, "dx": 2}, lambda rng: {}, "ask_nothing")]
"""


def test_a_teachers_folder_and_modules_that_a_student_hands_in_are_not_used(environment, assigned, made, tmp_path):
    from coursework.grading.assignment import write_assignment

    (tmp_path / "forged").mkdir()
    (tmp_path / "forged" / "double.py").write_text(FORGED, encoding="utf-8")
    write_assignment(tmp_path / "handed in" / "teacher", read_course(tmp_path / "forged"), "Forged")
    shutil.copy(assigned / "student" / "sheet-1.ipynb", tmp_path / "handed in")
    (tmp_path / "handed in" / "coursework.py").write_text("raise SystemExit")
    shutil.make_archive(str(tmp_path / "handin"), "zip", tmp_path / "handed in")
    (archive,) = (assigned / "autograder").glob("*.zip")
    environment.run("otter", "run", "-a", archive, "handin.zip", cwd=tmp_path)
    results = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    assert {test["name"]: test["score"] for test in results["tests"]} == EXPECTED["blanks"]


def test_otters_feedback_names_the_mistake_and_no_hidden_input(run_otter, made):
    path, results = run_otter("wrong")
    feedback = json.dumps(results)
    assert "half-as-much" in feedback
    assert_no_hidden_inputs(feedback, grade_notebook(path.read_bytes(), path.stem, "", Assignment(made / "teacher")))


THEIR_RUNNER = """
import json, unittest
from gradescope_utils.autograder_utils.decorators import number, visibility, weight
from gradescope_utils.autograder_utils.json_test_runner import JSONTestRunner

class Theirs(unittest.TestCase):
    @weight(2)
    @number("1.1")
    @visibility("visible")
    def test_right(self):
        pass

    @weight(1)
    @number("1.2")
    @visibility("visible")
    def test_wrong(self):
        self.fail("no")

with open("theirs.json", "w") as stream:
    JSONTestRunner(stream=stream, visibility="visible").run(unittest.defaultTestLoader.loadTestsFromTestCase(Theirs))
print(open("theirs.json").read())
"""


def test_our_result_has_the_fields_and_kinds_of_those_that_gradescope_utils_writes(environment, tmp_path, assignment):
    from coursework.grading.one import Graded
    from coursework.places.gradescope import results

    theirs = json.loads(environment.run("python", "-c", THEIR_RUNNER, cwd=tmp_path))
    ours = results(Graded("Anna"), assignment)
    for test in theirs["tests"]:
        assert set(test) <= set(ours["tests"][0])
    kinds = {name: type(value) for name, value in ours["tests"][0].items()}
    for name, value in theirs["tests"][1].items():
        assert kinds[name] is type(value) or {kinds[name], type(value)} <= {int, float}, name
    assert ours["visibility"] == theirs["visibility"]
