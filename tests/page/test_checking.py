"""The check of the page says what the commands say; whatever a student writes has its answer in words."""

import base64
import json
import os
import random
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest

from coursework.apart.process import File, StudentProcess
from coursework.course.course import read_course
from coursework.judging.expectation import PUBLIC, SEED, expectation
from coursework.judging.verdict import judge
from gradients.apart.checking import FileCheck
from gradients.homework.options import Options
from gradients.homework.source import read_source
from language import _, speaking
from page.inside.answering import answer, answer_text
from page.inside.checking import expected
from page.inside.checking.exercise import check_exercise
from page.inside.checking.printing import MOST
from tests_support import few_quick, part

COURSE = {exercise.name: exercise for exercise in read_course()}
WRONG = [(name, number) for name, exercise in COURSE.items() for number in range(len(exercise.wrong))]
FEW = [(name, 0) for name in COURSE if name not in ("training", "initialization", "gradient_checker")]
QUICK = FEW[:5]
OTHERS = [one for one in WRONG if one not in QUICK]


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """Jobs set the language for all that follows."""
    monkeypatch.setenv("CHAINRULE_LANG", "en")


def ask(job="check", language="en", **request):
    """The answer of a job, as the page gets it."""
    content = json.loads(answer_text(json.dumps({"job": job, "language": language, **request})))
    assert "failed" not in content, content
    return content["answer"]


def own(text, **request):
    return ask(exercise="", text=text, **request)


def by_command(exercise, text):
    """What ``python -m coursework check`` finds, in a process of its own."""
    with StudentProcess(File(exercise.name, text, exercise.asked, exercise.solution_modules())) as work:
        return judge(exercise, work, expectation(exercise, SEED), expectation(exercise, PUBLIC)), work.raised


def told(part):
    return part["question"], part["name"], part["points"], part["most"], part["code"], part["message"]


def with_wrong(name, number):
    exercise = COURSE[name]
    return f"{exercise.code(solved=True)}\n\n\n{exercise.wrong[number].text}\n"


def assert_says_the_same(exercise, text):
    here = check_exercise(exercise, text)
    verdict, raised = by_command(exercise, text)
    there = [(p.question, p.name, p.points, p.most, p.code, p.message) for p in verdict.parts]
    assert list(map(told, here["parts"])) == there
    for kind, said, line in raised:
        assert _("Line {line}: {kind}: {said}", line=line, kind=kind, said=said) in here["remarks"]
    return here


@pytest.mark.parametrize(
    ("name", "number"), few_quick([*FEW[:5], *part(sorted(set(WRONG) - set(FEW[:5])), 4)], *FEW[:5])
)
def test_of_a_known_wrong_solution_the_page_says_what_the_command_says(name, number):
    found = assert_says_the_same(COURSE[name], with_wrong(name, number))
    assert not found["ok"]
    assert all(part["mark"] for part in found["parts"] if not part["ok"])


@pytest.mark.parametrize("name", few_quick(list(COURSE), "relu", "affine"))
def test_the_solution_is_right_and_the_blanks_are_not_written(name):
    exercise = COURSE[name]
    solved = assert_says_the_same(exercise, exercise.code(solved=True))
    assert solved["ok"]
    assert all(report["ok"] for report in solved["reports"])
    blank = assert_says_the_same(exercise, exercise.code(solved=False))
    assert blank["points"] == 0
    assert {part["code"] for part in blank["parts"]} <= {"not-written", "raises"}


@pytest.mark.parametrize("name", ["affine", pytest.param("softmax_with_loss", marks=pytest.mark.exhaustive)])
def test_in_korean_it_is_the_same_too(name):
    with speaking("ko"):
        (exercise,) = read_course(names=[name])
        found = assert_says_the_same(exercise, f"{exercise.code(solved=True)}\n\n\n{exercise.wrong[0].text}\n")
    assert "gradient" not in found["parts"][0]["message"]


TWO = """
import numpy as np

class Square:
    def forward(self, x):
        self.x = x
        return x ** 2

    def backward(self, dout):
        return dout * self.x

def double(x):
    return 2 * x

def double_backward(dout):
    return 2 * dout

class Base:
    def forward(self, x):
        raise NotImplementedError

    def backward(self, dout):
        raise NotImplementedError
"""


def assert_reports_are_those_of_the_command(text, path):
    path.write_text(text, encoding="utf-8")
    check = FileCheck(read_source(path), None, Options())
    there = list(check.reports())
    here = own(text)
    assert len(here["reports"]) == len(there)
    for report, other in zip(here["reports"], there, strict=True):
        assert (report["ok"], report["verdict"]) == (other.ok, other.verdict)
        assert [(f["code"], f["array"], f["message"]) for f in report["findings"]] == [
            (f.code, f.array or "", f.message) for f in other.findings
        ]
        for row, array in zip(report["arrays"], other.arrays, strict=True):
            assert (row["name"], row["shape"], row["checked"], row["ok"]) == (
                array.name, str(array.shape), array.checked, array.ok,
            )  # fmt: skip
            if np.isfinite(array.max_relative_error):
                assert row["error"] == pytest.approx(array.max_relative_error, rel=1e-6, abs=1e-12)
        lines = [f["mark"] and f["mark"]["line"] for f in report["findings"]]
        assert lines == [int(f.place.rpartition(":")[2]) if f.place else None for f in other.findings]
    assert [problem for problem in here["problems"] if not problem.startswith("(Words")] == [
        problem.replace(f"{path.parent}/", "") for problem in check.problems
    ]
    return here


def test_of_layers_of_ones_own_it_says_what_gradient_check_says(tmp_path, root):
    here = assert_reports_are_those_of_the_command(TWO, tmp_path / "my_layer.py")
    assert [report["ok"] for report in here["reports"]] == [False, True]
    assert here["verdict"] == "1 of 2 are right"
    assert any("Base" in remark for remark in here["remarks"])
    homework = (root / "docs" / "homework.py").read_text(encoding="utf-8")
    here = assert_reports_are_those_of_the_command(homework, tmp_path / "my_layer.py")
    assert [report["subject"] for report in here["reports"]] == [
        f"{name} on (5, 4)" for name in ("MyAffine", "MySigmoid", "MyReLU")
    ]


def test_where_the_command_would_take_an_option_it_is_said_that_the_page_has_none(tmp_path):
    text = LAYER.format(imports="math", forward="return x[5, 5, 5, 5]")
    here = assert_reports_are_those_of_the_command(text, tmp_path / "my_layer.py")
    assert "--input" in here["problems"][0]
    assert "which this page lacks" in here["problems"][1]


def test_a_mark_is_the_statement_without_the_spaces_around_it():
    (report, _) = own(TWO)["reports"]
    assert report["findings"][0]["mark"] == {"line": 10, "end": 10, "from": 8, "to": 28}


def lines_marked(exercise, old, new):
    """What is marked in a solution with a change, by parts."""
    text = COURSE[exercise].code(solved=True)
    assert old in text
    found = ask(exercise=exercise, text=text.replace(old, new))
    lines = found["parts"] and text.replace(old, new).splitlines()
    return {part["name"]: lines[part["mark"]["line"] - 1].strip() for part in found["parts"] if part["mark"]}


@pytest.mark.parametrize(
    ("exercise", "old", "new", "parts"),
    [
        ("relu", "self.mask = x > 0", "self.mask = x < 0", ["dx"]),  # where it is kept, not where it is used
        ("affine", "self.x = x\n", "self.x = 2 * x\n", ["dW"]),
        ("affine", "self.dW = self.x.T @ dout", "self.dW = 2 * self.x.T @ dout", ["dW"]),
        ("affine", "return x @ self.W + self.b", "y = x @ self.W - self.b\n        return y", ["forward"]),
        ("affine", "return x @ self.W + self.b", "return x @ self.V + self.b", ["forward", "dx", "dW", "db"]),
    ],
)
def test_the_line_that_was_changed_is_the_one_that_is_marked(exercise, old, new, parts):
    changed = new.splitlines()[0].strip()
    assert lines_marked(exercise, old, new) == dict.fromkeys(parts, changed)


def test_where_something_is_missing_the_head_of_the_function_is_marked():
    assert lines_marked("affine", "        self.db = dout.sum(axis=0)\n", "") == {"db": "def backward(self, dout):"}


LAYER = """import {imports}


class ReLU:
    def forward(self, x):
        {forward}
        return x

    def backward(self, dout):
        return dout
"""
INFINITE = "return self.forward(x)"
BAD = [
    ("sys", "sys.exit(3)", "SystemExit"),
    ("os", "os._exit(3)", "a file cannot end Python with os._exit"),
    ("os", "os.abort()", "a file cannot end Python with os.abort"),
    ("os", "os.system('ls')", "no other program can be started"),
    ("subprocess", "subprocess.run(['ls'])", "no other program can be started"),
    ("threading", "threading.Thread(target=print).start()", "there are no threads"),
    ("math", "input()", "nobody can answer input()"),
    ("numpy as np", "np.zeros((10**7, 10**7))", "MemoryError"),
    ("math", "[0] * 10**18", "MemoryError"),
    ("math", INFINITE, "RecursionError"),
    ("math", "raise KeyboardInterrupt", "KeyboardInterrupt"),
    ("math", "self.nothing", "no attribute 'nothing'"),
]


@pytest.mark.parametrize(("imports", "forward", "said"), BAD)
def test_what_cannot_be_done_is_said_in_words_and_where(imports, forward, said):
    text = LAYER.format(imports=imports, forward=forward)
    for exercise in ("relu", ""):
        found = ask(exercise=exercise, text=text)
        assert not found["ok"]
        assert said in json.dumps(found, ensure_ascii=False)
    part = ask(exercise="relu", text=text)["parts"][0]
    assert part["code"] == "raises"
    assert part["mark"]["line"] == 6
    assert ask(exercise="relu", text=COURSE["relu"].code(solved=True))["ok"]  # the next one finds all as it was


@pytest.mark.parametrize(("imports", "forward", "said"), [BAD[1], BAD[4], BAD[5], BAD[6]])
def test_in_korean_too(imports, forward, said):
    text = LAYER.format(imports=imports, forward=forward)
    found = json.dumps(ask(language="ko", exercise="relu", text=text), ensure_ascii=False)
    assert said not in found
    assert "이 페이지" in found


def test_what_is_no_python_is_marked_where_it_is_not():
    text = "class ReLU:\n    def forward(self, x)\n        return x\n"
    part = ask(exercise="relu", text=text)["parts"][0]
    assert part["code"] == "not-python"
    assert part["mark"]["line"] == 2
    found = own(text)
    assert found["mark"]["line"] == 2
    assert "SyntaxError" in found["problems"][0]
    assert "/" not in found["problems"][0]


@pytest.mark.parametrize("text", ["", "x = 1\n", "def f(x):\n    return x\n"])
def test_where_there_is_no_layer_it_is_said_what_is_missing(text):
    assert own(text)["problems"][0].startswith("There is nothing to check")
    assert not own(text)["ok"]
    found = ask(exercise="relu", text=text)
    assert "There is no ReLU in the code, and the exercise asks for it." in found["remarks"]


def test_what_is_not_installed_is_named():
    text = LAYER.format(imports="nothing_of_this_name", forward="pass")
    assert any("nothing_of_this_name" in remark for remark in own(text)["remarks"])
    assert any("nothing_of_this_name" in remark for remark in ask(exercise="relu", text=text)["remarks"])


KOREAN = '''# 시그모이드
import numpy as np


class 시그모이드:
    """값을 0과 1 사이로 옮깁니다."""

    def forward(self, 입력):
        self.출력 = 1 / (1 + np.exp(-입력))
        print("안녕하세요")
        return self.출력

    def backward(self, dout):
        return dout * self.출력
'''


def test_korean_names_are_names():
    found = own(KOREAN)
    assert found["reports"][0]["subject"] == "시그모이드 on (5, 4)"
    assert found["reports"][0]["findings"][0]["mark"]["line"] == 14
    assert found["printed"] == "안녕하세요\n"


def test_what_is_printed_is_shown_once_and_cut_while_it_is_printed():
    loud = LAYER.format(imports="math", forward="[print('0123456789' * 100) for _ in range(1000)]")
    for exercise in ("relu", ""):
        found = ask(exercise=exercise, text=loud)
        assert len(found["printed"]) == MOST
        assert found["cut"]
    quiet = LAYER.format(imports="math", forward="print('once')")
    found = own(quiet)
    assert (found["printed"], found["cut"]) == ("once\n", False)


HOSTILE = """
import builtins, math, os, random, sys, warnings
import numpy as np

np.seterr(all="raise")
np.maximum = None
np.linalg.norm = None
builtins.len = None
math.sqrt = None
sys.modules["gradients"] = None
sys.modules["json"] = None
sys.stdout = sys.stderr = None
sys.path[:] = []
sys.setrecursionlimit(50_000)
sys.settrace(lambda *_: None)
os.environ["CHAINRULE_LANG"] = "ko"
warnings.simplefilter("error")
np.random.seed(7)
random.seed(7)


class ReLU:
    def forward(self, x):
        np.where = None
        os.chdir("/")
        return x

    def backward(self, dout):
        return dout
"""


def test_what_a_student_changes_is_undone():
    before = (
        np.geterr(),
        np.maximum,
        np.where,
        sys.stdout,
        list(sys.path),
        Path.cwd(),
        os.environ.get("CHAINRULE_LANG"),
    )
    state, filters = np.random.get_state()[1].copy(), list(warnings.filters)  # noqa: NPY002
    drawn = random.getstate()
    for exercise in ("relu", ""):
        answer({"job": "check", "language": "en", "exercise": exercise, "text": HOSTILE})
    os.environ["CHAINRULE_LANG"] = before[-1] or "en"
    after = (np.geterr(), np.maximum, np.where, sys.stdout, list(sys.path), Path.cwd())
    assert after == before[:-1]
    assert (np.random.get_state()[1] == state).all()  # noqa: NPY002
    assert random.getstate() == drawn
    assert list(warnings.filters) == filters
    assert sys.gettrace() is None or "lambda" not in repr(sys.gettrace())
    assert sys.modules["json"] is json
    assert ask(exercise="affine", text=COURSE["affine"].code(solved=True))["ok"]


def test_hints_come_one_after_the_other_and_the_last_one_stays():
    said = [ask("hint", exercise="affine", part="db", number=number) for number in (1, 2, 3, 9)]
    hints = COURSE["affine"].hints("db")
    assert [one["hint"] for one in said] == [*hints, hints[-1]]
    assert [(one["number"], one["count"]) for one in said] == [(1, 3), (2, 3), (3, 3), (3, 3)]
    assert ask("hint", exercise="affine", part="db", number=1, language="ko")["hint"] != hints[0]


def read(name, content):
    return ask("read", name=name, data=base64.b64encode(content).decode())


def test_files_and_notebooks_are_read_as_the_command_reads_them():
    cells = [
        {"cell_type": "markdown", "source": "# words"},
        {"cell_type": "code", "source": ["%matplotlib inline\n", "x = 1"]},
    ]
    notebook = json.dumps({"cells": cells, "nbformat": 4}).encode()
    assert read("affine.ipynb", notebook) == {
        "problem": "",
        "text": "# %matplotlib inline\nx = 1\n",
        "exercise": "affine",
    }
    korean = "# -*- coding: cp949 -*-\nx = '가'\n"
    assert read("과제.py", korean.encode("cp949")) == {"problem": "", "text": korean, "exercise": ""}
    assert "not a Python file" in read("relu.py", b"\xff\xfe\x00")["problem"]
    assert "not a notebook" in read("relu.ipynb", b"{}")["problem"]


def test_what_is_told_is_strict_json_and_short():
    text = answer_text(
        json.dumps({"job": "check", "language": "en", "exercise": "affine", "text": with_wrong("affine", 0)})
    )
    assert len(text) < 20_000
    json.loads(text, parse_constant=pytest.fail)


@pytest.mark.parametrize(
    "name", ["relu", *(pytest.param(name, marks=pytest.mark.exhaustive) for name in expected.KEPT)]
)
def test_what_is_expected_is_the_same_when_it_was_computed_before(name, tmp_path, monkeypatch):
    here = check_exercise(COURSE[name], with_wrong(name, 0))
    (tmp_path / name).write_bytes(expected.packed(COURSE[name]))
    monkeypatch.setattr(expected, "FOLDER", tmp_path)
    expected.expected_of.cache_clear()
    there = check_exercise(COURSE[name], with_wrong(name, 0))
    expected.expected_of.cache_clear()
    assert there == here
