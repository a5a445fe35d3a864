"""A finding tells in which line of the source its array is computed: the line that says so, ``# <- dW``."""

import ast
import json
import linecache
import re
import sys
import types
from pathlib import Path

import numpy as np
import pytest

from gradient_check import check_functions, check_layer, check_network
from gradients.apart.checking import FileCheck
from gradients.apart.remote_subject import lines_in
from gradients.homework.preparing import Options
from gradients.homework.source import Source, read_source
from gradients.locating.own_source import source_of
from layers import ReLU
from tests_support import few_quick

HERE = Path(__file__).parent / "places"
FILES = {path.stem: path.read_text(encoding="utf-8") for path in sorted(HERE.glob("*.py"))}


def expected(text):
    """The lines that are marked, with the array: by the class or function that they stand in."""
    lines = text.splitlines()
    found = {}
    units = [node for node in ast.parse(text).body if isinstance(node, (ast.ClassDef, ast.FunctionDef))]
    for node in units:
        for number in range(node.lineno, (node.end_lineno or 0) + 1):
            mark = re.search(r"# <- (\S+)$", lines[number - 1])
            if mark:
                found[node.name] = number, mark[1]
    return found


MARKED = [(file, unit, *mark) for file, text in FILES.items() for unit, mark in expected(text).items()]
SHORT = [mark for mark in MARKED if mark[0] != "layers"]
reports = {}


def report_on(path, unit):
    """The report in which a class or function is named; of each file all are made once."""
    if path not in reports:
        check = FileCheck(read_source(path), None, Options())
        reports[path] = list(check.reports())
    found = [r for r in reports[path] if re.split(r" on | and ", r.subject)[0] in (unit, forward_of(unit))]
    assert found, (unit, [r.subject for r in reports[path]])
    return found[0]


def forward_of(name):
    return name.replace("_backward", "_forward").replace("_prime", "")


@pytest.mark.exhaustive
@pytest.mark.parametrize(("file", "unit", "line", "array"), few_quick(MARKED, *SHORT))
def test_the_line_is_the_one_that_computes_the_array(file, unit, line, array):
    report = report_on(HERE / f"{file}.py", unit)
    findings = [finding for finding in report.findings if str(finding.array) == array]
    assert findings, report
    text = FILES[file].splitlines()[line - 1].strip()
    assert findings[0].place == f"{file}.py:{line}", findings[0]
    assert findings[0].line.startswith(text), findings[0]
    assert f"\n   {file}.py:{line}: {text[:40]}" in str(report)


@pytest.mark.exhaustive
def test_in_a_network_of_layers_it_is_the_line_of_the_layer():
    report = report_on(HERE / "networks.py", "LayeredNetwork")
    line, _ = expected(FILES["networks"])["Square"]
    assert report.findings[0].array == "square.dx"
    assert report.findings[0].place == f"networks.py:{line}"


class Shifted:
    """A wrong layer of this very file."""

    def forward(self, x):
        self.x = x
        return x**2

    def backward(self, dout):
        return 2 * dout * (self.x + 1)


def double(x):
    return 2 * x


def double_backward(dout):
    return 3 * dout


class Line:
    """A wrong network of this very file."""

    def __init__(self):
        self.params = {"a": np.array([2.0, 1.0])}

    def loss(self, x, t):
        return 0.5 * ((x @ self.params["a"] - t) ** 2).sum()

    def gradient(self, x, t):
        return {"a": -x.T @ (x @ self.params["a"] - t)}


def assert_shows(finding, statement, path=Path(__file__)):
    """Assert that a finding shows a statement, which stands once in a file, and says where."""
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    assert (finding.place, finding.line) == (f"{path.name}:{lines.index(statement) + 1}", statement)


def test_from_python_it_is_the_line_of_the_file_that_the_layer_comes_from(rng):
    x = rng.standard_normal((5, 2))
    assert_shows(check_layer(Shifted(), x).findings[0], "return 2 * dout * (self.x + 1)")
    assert_shows(check_functions(double, double_backward, x).findings[0], "return 3 * dout")
    report = check_network(Line(), x, rng.standard_normal(5))
    assert_shows(report.findings[0], 'return {"a": -x.T @ (x @ self.params["a"] - t)}')


def made_from(text, file):
    """An object of the class A in a text that was compiled under the name of a file."""
    space = {"__name__": "made"}
    exec(compile(text, file, "exec"), space)
    return space["A"]()


A = """class A:
    def forward(self, x):
        return 2 * x

    def backward(self, dout):
        return -2 * dout
"""


def test_without_a_source_nothing_is_shown(rng):
    report = check_layer(made_from(A, "<string>"), rng.standard_normal((3, 2)))
    assert [(f.code, f.place, f.line) for f in report.findings] == [("sign-flipped", "", "")]
    assert "<string>" not in str(report)


@pytest.mark.parametrize("file", ["<ipython-input-7-0123abcd>", "/tmp/ipykernel_12/34.py"])
def test_what_was_typed_into_a_notebook_is_called_by_its_cell(rng, monkeypatch, file):
    shell = types.SimpleNamespace(compile=types.SimpleNamespace(format_code_name=lambda name: ("Cell", "In[7]")))
    monkeypatch.setitem(sys.modules, "IPython", types.SimpleNamespace(get_ipython=lambda: shell))
    monkeypatch.setitem(linecache.cache, file, (len(A), None, A.splitlines(keepends=True), file))
    report = check_layer(made_from(A, file), rng.standard_normal((3, 2)))
    assert (report.findings[0].place, report.findings[0].line) == ("In [7], line 6", "return -2 * dout")


def test_without_ipython_a_file_is_no_cell():
    assert source_of(__file__).place(3) == "test_places.py:3"


def checked(folder, text, name="work.py", **options):
    (folder / name).write_text(text, encoding="utf-8")
    check = FileCheck(read_source(folder / name), None, Options(), **options)
    return list(check.reports()), check


def test_in_a_notebook_it_is_the_line_of_the_cell(tmp_path):
    cells = ["%matplotlib inline\nimport numpy as np", "# words", A]
    notebook = {"cells": [{"cell_type": "code", "source": cell} for cell in cells]}
    (report,), _ = checked(tmp_path, json.dumps(notebook), "work.ipynb")
    found = report.findings[0]
    assert (found.place, found.line) == ("work.ipynb, code cell 3, line 6", "return -2 * dout")


RAISES = """
class A:
    def forward(self, x):
        self.x = x
        return 2 * x

    def backward(self, dout):
        return self.helper(
            dout)

    def helper(self, dout):
        return self.y * dout
"""
OVERWRITES = """
class A:
    def forward(self, x):
        self.mask = x < 0
        x[self.mask] = 0
        return x

    def backward(self, dout):
        dout[self.mask] = 0
        return dout
"""
MOVES = """
class A:
    def __init__(self, W):
        self.W = W

    def forward(self, x):
        self.x = x
        return x * self.W

    def backward(self, dout):
        self.dW = (dout * self.x).sum(axis=0)
        self.W *= 2
        return dout * self.W / 2
"""


@pytest.mark.first_is_quick
@pytest.mark.parametrize(
    ("text", "code", "statement"),
    [
        (RAISES, "raises", "return self.y * dout"),
        (OVERWRITES, "overwrites-input", "x[self.mask] = 0"),
        (OVERWRITES, "overwrites-dout", "dout[self.mask] = 0"),
        (MOVES, "overwrites-parameter", "self.W *= 2"),
    ],
)
def test_what_raises_or_overwrites_is_shown_too(tmp_path, text, code, statement):
    (report,), _ = checked(tmp_path, text, strict=True)
    (finding,) = [finding for finding in report.findings if finding.code == code]
    assert_shows(finding, statement, tmp_path / "work.py")


def test_from_python_too_it_is_shown_what_raises(rng):
    def missing(dout):
        raise ValueError("missing")

    report = check_functions(double, missing, rng.standard_normal((3, 2)))
    assert_shows(report.findings[0], 'raise ValueError("missing")')


TORCH = """
import torch


class Cube(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x ** 3

    @staticmethod
    def backward(ctx, grad_output):
        x, = ctx.saved_tensors
        slope = 3 * x
        grad_x = grad_output * slope
        return grad_x
"""


@pytest.mark.exhaustive
def test_tensors_are_followed_as_arrays_are(tmp_path):
    pytest.importorskip("torch", reason="PyTorch is not installed (pip install torch==2.13.0)")
    (report,), _ = checked(tmp_path, TORCH)
    assert_shows(report.findings[0], "grad_x = grad_output * slope", tmp_path / "work.py")


@pytest.mark.first_is_quick
@pytest.mark.parametrize(
    "what", ["raise ValueError", "os._exit(0)", "time.sleep(1000)", "os.kill(os.getpid(), 9)", "sys.settrace(None)"]
)
def test_a_layer_that_does_something_else_when_it_is_watched_is_wrong_all_the_same(tmp_path, monkeypatch, what):
    monkeypatch.setattr("gradients.apart.remote_subject.LOOKING", 1.0)
    tricky = A.replace("        return -2", f"        if sys.gettrace():\n            {what}\n        return -2")
    (first, second), check = checked(tmp_path, f"import os, sys, time\n\n{tricky}\n\n{A.replace('A', 'B')}")
    assert [finding.code for finding in first.findings] == ["sign-flipped"]
    assert second.findings[0].line == "return -2 * dout"
    assert not check.problems


def test_the_function_that_watched_before_is_put_back(rng):
    def watch(frame, event, argument):
        return None

    before = sys.gettrace()
    try:
        sys.settrace(watch)
        report = check_layer(Shifted(), rng.standard_normal((3, 2)))
        after = sys.gettrace()
    finally:
        sys.settrace(before)
    assert report.findings[0].place
    assert after is watch


def test_a_right_layer_is_not_called_once_more(rng, monkeypatch):
    monkeypatch.setattr("gradients.locating.with_places.lines_of", lambda *arguments: pytest.fail("called"))
    assert check_layer(ReLU(), rng.standard_normal((3, 2))).ok


@pytest.mark.exhaustive
def test_a_long_loop_is_watched_for_some_time_only(tmp_path):
    loop = "        for _ in range(200_000):\n            n = 0\n        return -2"
    (report,), check = checked(tmp_path, A.replace("        return -2", loop))
    assert [(finding.code, finding.place) for finding in report.findings] == [("sign-flipped", "")]
    assert not check.problems


@pytest.mark.parametrize("answer", [None, 3, [1], [0, 1], [2, 1], [1, 10_000], ["1", "2"], [1.0, 2.0], [True, True]])
def test_lines_that_are_none_of_the_file_are_not_believed(answer):
    assert lines_in(Source(Path("work.py"), A), answer) is None


def test_a_statement_is_shown_in_one_line_that_can_be_read():
    source = Source(Path("work.py"), f"x = (\n    1\n\n    + 2\x1b[31m\n)\ny = '{'y' * 999}'\n")
    assert source.statement(1, 5) == "x = ( 1 + 2 [31m )"
    assert len(source.statement(6, 6)) < 200


def test_the_place_is_in_the_json_and_in_the_page(rng):
    report = check_layer(Shifted(), rng.standard_normal((3, 2)))
    found = report.to_dict()["findings"][0]
    assert found["place"].startswith("test_places.py:")
    assert set(found) == {"code", "array", "message", "evidence", "place", "line"}
    assert f"<code>{found['place']}: return 2 * dout" in report._repr_html_()
