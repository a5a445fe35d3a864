"""Gradescope's grader, run as Gradescope runs it."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from coursework.course.course import read_course
from coursework.grading.assignment import Assignment
from coursework.grading.one import Grader
from coursework.grading.submissions import Submission
from coursework.making.make import make, write_all

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Gradescope's images are Linux")

TOP = {"score", "output", "output_format", "visibility", "extra_data", "tests"}
TEST = {
    "name",
    "number",
    "score",
    "max_score",
    "status",
    "output",
    "output_format",
    "name_format",
    "visibility",
    "tags",
}
METADATA = {"users": [{"name": "Anna Kim", "email": "anna@example.org"}]}


class Place:
    """A folder laid out as ``/autograder``, and the script that Gradescope runs in it."""

    def __init__(self, folder, archive):
        self.folder = folder
        for name in ("source", "submission", "results"):
            (folder / name).mkdir(parents=True)
        with zipfile.ZipFile(archive) as file:
            file.extractall(folder / "source")
            mode = file.getinfo("run_autograder").external_attr >> 16
        shutil.copy(folder / "source" / "run_autograder", folder)
        (folder / "run_autograder").chmod(mode)
        (folder / "submission_metadata.json").write_text(json.dumps(METADATA))
        # `python3` is this one, which finds its NumPy where it is
        (folder / "bin").mkdir()
        (folder / "bin" / "python3").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
        (folder / "bin" / "python3").chmod(0o755)

    def words(self):
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        path = f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
        return {"cwd": self.folder, "env": environment | {"AUTOGRADER_ROOT": str(self.folder), "PATH": path}}

    def start(self, **options):
        words = self.words() | {"stderr": subprocess.PIPE, "text": True} | options
        return subprocess.Popen(["bash", "run_autograder"], **words)

    def run(self, **files):
        for name, text in files.items():
            (self.folder / "submission" / f"{name}.py").write_text(text, encoding="utf-8")
        process = self.start()
        _, errors = process.communicate(timeout=200)
        assert process.returncode == 0, errors
        return self.results()

    def results(self):
        return json.loads((self.folder / "results" / "results.json").read_text(encoding="utf-8"))


@pytest.fixture
def place(made, tmp_path):
    return Place(tmp_path / "autograder", made / "gradescope.zip")


@pytest.mark.exhaustive
def test_a_solution_has_all_points_in_the_fields_that_gradescope_knows(place, exercises):
    results = place.run(**{exercise.name: exercise.code(solved=True) for exercise in exercises})
    assert set(results) == TOP
    assert all(set(test) == TEST for test in results["tests"])
    assert sum(test["score"] for test in results["tests"]) == results["score"] == 6
    assert {test["status"] for test in results["tests"]} == {"passed"}
    assert {test["visibility"] for test in results["tests"]} == {"visible"}


@pytest.mark.exhaustive
def test_a_wrong_backward_has_the_points_of_forward_and_its_name(place, exercises):
    double = exercises[0]
    results = place.run(double=f"{double.code(solved=True)}\n\n{double.wrong[0].text}")
    scores = {test["name"]: (test["score"], test["tags"]) for test in results["tests"]}
    assert scores == {
        "double: Double forward": (1, []),
        "double: Double dx": (0, ["half-as-much"]),
        "total: total total": (0, ["not-handed-in"]),
    }


@pytest.mark.exhaustive
def test_a_result_is_there_before_the_last_question_is_answered(place, exercises):
    (place.folder / "submission" / "double.py").write_text(exercises[0].code(solved=True), encoding="utf-8")
    (place.folder / "submission" / "total.py").write_text("def total(x):\n    while True:\n        pass\n")
    process = place.start(stderr=subprocess.DEVNULL, start_new_session=True)
    results = {"score": 0}
    while not results["score"] and process.poll() is None:
        time.sleep(0.05)
        if (place.folder / "results" / "results.json").exists():
            results = place.results()
    assert process.poll() is None
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert results["score"] == 3
    assert results["tests"][2]["output"] == "not-graded: It has not been graded yet."


@pytest.mark.exhaustive
def test_the_inputs_that_are_asked_with_are_in_no_feedback(place, made):
    guess = "class Double:\n    def forward(self, x):\n        raise ValueError(float(x[0, 0]))\n"
    files = {"double.py": guess.encode()}
    graded = Grader(Assignment(made / "teacher")).grade(Submission("Anna Kim", files))
    hidden = graded.verdicts[0].parts[0].hidden.split(":")[-1].split()[0]
    results = place.run(double=guess)
    assert float(hidden)
    assert hidden not in json.dumps(results)
    assert results["tests"][0]["tags"] == ["raises"]


@pytest.mark.exhaustive
def test_without_a_submission_there_is_a_result(place):
    results = place.run()
    assert results["score"] == 0
    assert len(results["tests"]) == 3


@pytest.mark.exhaustive
def test_the_feedback_is_in_the_language_of_the_assignment(sheet, exercises, tmp_path):
    make(replace(sheet, language="ko"), tmp_path / "korean")
    place = Place(tmp_path / "autograder", tmp_path / "korean" / "gradescope.zip")
    outputs = [test["output"] for test in place.run(double=exercises[0].code(solved=False))["tests"]]
    assert all(re.search("[가-힣]", output) for output in outputs), outputs


@pytest.mark.exhaustive
def test_a_grader_that_cannot_start_says_so(place):
    shutil.rmtree(place.folder / "source" / "lib")
    results = place.run()
    assert results == {"score": 0, "output": "The grader itself failed. Please tell your teacher."}


SIX = ("numerical_gradient", "add_and_multiply", "relu", "sigmoid", "affine", "softmax_with_loss")
SECONDS = 60
ROOT = """
set -e
root="$1"; shift
for name in usr bin lib lib64 sbin; do
    if [ -L /$name ]; then ln -sfn "$(readlink /$name)" "$root/$name"
    elif [ -d /$name ]; then mkdir -p "$root/$name"; mount --rbind /$name "$root/$name"; fi
done
mkdir -p "$root/tmp" "$root/proc" "$root/dev" && chmod 1777 "$root/tmp"
mount --rbind /proc "$root/proc"
for name in null zero urandom random; do touch "$root/dev/$name"; mount --bind /dev/$name "$root/dev/$name"; done
exec chroot "$root" "$@"
"""
IN_HALF_A_CORE = """
ulimit -v 786432
python3 -c "while True: pass" & busy=$!
trap 'kill $busy' EXIT
/autograder/run_autograder
"""


@pytest.fixture(scope="module")
def archive_of_six(tmp_path_factory):
    """The archive for six exercises, with NumPy's wheels, and the six solutions."""
    from coursework.making.numpy_wheels import downloaded
    from coursework.making.sheet import Sheet
    from training.command.form import Form

    folder = tmp_path_factory.mktemp("six")
    version = subprocess.run(["/usr/bin/python3", "--version"], capture_output=True, text=True, check=True).stdout
    python = ".".join(version.split()[1].split(".")[:2])
    (folder / "wheels").mkdir()
    if not downloaded(python, folder / "wheels"):
        pytest.skip(f"NumPy cannot be downloaded for the system's Python {python}")
    exercises = read_course(names=SIX)
    sheet = Sheet(exercises, "Six", Form(("python",)), notebooks=False, wheels=folder / "wheels")
    write_all(folder / "made", sheet, folder / "none")  # without the proofs, which the tests of the course are for
    return folder / "made" / "gradescope.zip", {e.name: e.code(solved=True) for e in exercises}


@pytest.fixture
def empty_root(archive_of_six, tmp_path):
    """A root with nothing but the system's programs and ``/autograder``, without network; ``run`` runs in it."""
    if subprocess.run(["unshare", "-rnmpf", "true"], capture_output=True).returncode or not Path("/usr/bin").is_dir():
        pytest.skip("there are no namespaces here")
    place = Place(tmp_path / "root" / "autograder", archive_of_six[0])
    shutil.rmtree(place.folder / "bin")
    for path in (tmp_path, *tmp_path.parents[:2], tmp_path / "root", place.folder):
        path.chmod(0o755)

    def run(script, *wrapper):
        words = ["bash", "-c", ROOT, "root", str(tmp_path / "root"), *wrapper, "/bin/bash", "-c", script]
        begin = ["unshare", "-nmpf"] if os.geteuid() == 0 else ["unshare", "-rnmpf"]
        began = time.monotonic()
        done = subprocess.run(
            [*begin, *words], capture_output=True, text=True, timeout=300, env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
        )
        assert done.returncode == 0, done.stderr
        return time.monotonic() - began

    place.run_in_root = run
    return place


@pytest.mark.exhaustive
@pytest.mark.parametrize("user", ["root", "nobody"])
def test_six_exercises_are_graded_in_an_empty_root_in_half_a_core_though_the_third_never_ends(
    empty_root, archive_of_six, user
):
    if user == "nobody" and os.geteuid():
        pytest.skip("only root can start it as another user")
    for name, text in archive_of_six[1].items():
        if name == SIX[2]:
            text += "\n\nclass ReLU:\n    def forward(self, x):\n        while True:\n            pass\n"
        (empty_root.folder / "submission" / f"{name}.py").write_text(text, encoding="utf-8")
    empty_root.run_in_root("bash /autograder/source/setup.sh")
    as_nobody = []
    if user == "nobody":
        shutil.chown(empty_root.folder / "results", 65534, 65534)
        as_nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    core = str(sorted(os.sched_getaffinity(0))[0])
    seconds = empty_root.run_in_root(IN_HALF_A_CORE, *as_nobody, "taskset", "-c", core)
    results = empty_root.results()
    assert seconds < SECONDS
    wrong = [test for test in results["tests"] if test["status"] == "failed"]
    assert {test["name"].partition(":")[0] for test in wrong} == {"relu"}
    assert {test["tags"][0] for test in wrong} == {"too-long"}
    assert results["extra_data"]["not_enforced"] == []


@pytest.mark.exhaustive
def test_where_root_grades_a_students_code_is_nobodys(empty_root, archive_of_six):
    if os.geteuid():
        pytest.skip("only root can start it as another user")
    spy = (
        "import os\n\n\nclass ReLU:\n    def forward(self, x):\n"
        "        os.stat('/autograder/source/assignment')\n"
        "        raise ValueError(f'{os.getuid()} {os.access(\"/autograder/source/assignment\", os.R_OK)}')\n"
    )
    (empty_root.folder / "submission" / "relu.py").write_text(spy)
    empty_root.run_in_root("bash /autograder/source/setup.sh && /autograder/run_autograder")
    (output,) = {test["output"] for test in empty_root.results()["tests"] if "ReLU forward" in test["name"]}
    assert "65534 False" in output
