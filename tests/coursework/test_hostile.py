"""Submissions that want points which they do not deserve, or want to stop or spoil the grading of others."""

import time

import pytest

from coursework.apart.sealing import Limits
from coursework.course.course import read_course
from coursework.grading.assignment import write_assignment
from coursework.grading.one import Grader
from coursework.grading.submissions import Submission
from tests_support import few_quick

WRONG = """
import numpy as np

class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b
    def forward(self, x):
        self.x = x
        {forward}
        return 3 * (x @ self.W)
    def backward(self, dout):
        {backward}
        self.dW = -self.x.T @ dout
        self.db = dout[0]
        return dout @ self.W.T / 2
{rest}
"""
FORWARD = {
    "exits": "import os; os._exit(0)",
    "leaves": "import sys; sys.exit(0)",
    "never ends": "while True: pass",
    "never ends in C": "np.linalg.svd(np.ones((20000, 20000)))",
    "never ends, and catches everything": """
        while True:
            try:
                while True: pass
            except BaseException: pass""",
    "takes all memory": "a = []\n        while True: a.append(np.ones(10_000_000))",
    "forks": "import os\n        while True: os.fork()",
    "starts programs": "import subprocess\n        subprocess.run(['sleep', '1000'])",
    "prints a gigabyte": "for _ in range(10_000): print('x' * 100_000)",
    "writes a huge file": "file = open('big', 'wb')\n        for _ in range(10_000): file.write(bytes(1_000_000))",
    "opens a socket": "import socket\n        socket.create_connection(('127.0.0.1', 80), timeout=1)",
    "kills its parent": "import os, signal\n        os.kill(os.getppid(), signal.SIGKILL)",
    "recurses": "return self.forward(x)",
    "returns no array": "return 'right'",
    "returns nothing": "return None",
    "returns an object": "return object()",
    "returns texts": "return np.full((len(x), self.W.shape[1]), 'right')",
    "returns NaN": "return np.full((len(x), self.W.shape[1]), np.nan)",
    "returns an endless list": "a = []; a.append(a); return a",
    "returns a huge number": "return 10 ** 10000",
    "returns a huge array": "return np.ones((10 ** 4, 10 ** 4))",
    "lies about its shape": """
        class Liar(np.ndarray):
            shape = property(lambda self: (len(x), 3))
            def __eq__(self, other): return True
            def __array__(self, *a, **k): return self
            def __abs__(self): return np.zeros(1)
        return np.zeros(1).view(Liar)""",
    "equals everything": """
        class Equal(float):
            def __eq__(self, other): return True
            def __sub__(self, other): return 0.0
            __rsub__ = __sub__
        return Equal(1.0)""",
    "raises what has no text": """
        class Odd(BaseException):
            def __str__(self): raise self
        raise Odd""",
    "leaves a thread": """
        import threading
        def for_ever():
            while True: pass
        threading.Thread(target=for_ever).start()""",
    "changes its name": "type(self).__name__ = 'x' * 10**7",
    "uses the solution": "from layers import Affine as A; return A(self.W, self.b).forward(x)",
    "uses the installed solution": "from chainrule.layers import Affine as A; return A(self.W, self.b).forward(x)",
    "looks for the solution": """
        import sys, glob, os
        for place in sys.path + glob.glob('/*') + glob.glob('/*/*') + [os.path.dirname(os.path.dirname(np.__file__))]:
            sys.path.insert(0, os.path.realpath(place))
        from layers import Affine as A
        return A(self.W, self.b).forward(x)""",
}
REST = {
    "replaces NumPy's comparison": "np.allclose = np.array_equal = np.testing.assert_allclose = lambda *a, **k: True",
    "replaces isinstance": "import builtins\nbuiltins.isinstance = lambda *a: True\nbuiltins.abs = lambda *a: 0.0",
    "replaces the questions": """
import sys
for module in list(sys.modules.values()):
    for name in ('answer', 'ask_layer', 'plain', 'pack'):
        if hasattr(module, name): setattr(module, name, lambda *a, **k: {'answers': {}, 'raised': None, 'noticed': {}})
""",
    "replaces the checker": """
import sys, types
for name in ('gradients', 'gradient_check', 'coursework', 'coursework.judging', 'coursework.judging.verdict'):
    module = sys.modules[name] = types.ModuleType(name)
    module.check_layer = module.judge = module.difference = lambda *a, **k: ''
""",
    "copies itself badly": "Affine.__deepcopy__ = lambda self, memo: self.missing",
    "speaks for itself": """
import gc
from multiprocessing.connection import Connection
for thing in gc.get_objects():
    if type(thing) is Connection:
        thing.send_bytes(b'0' * 100)
""",
}
HOSTILE = {name: WRONG.format(forward=code, backward="", rest="") for name, code in FORWARD.items()}
HOSTILE |= {f"{name} in backward": WRONG.format(forward="", backward=code, rest="") for name, code in FORWARD.items()}
HOSTILE |= {name: WRONG.format(forward="", backward="", rest=code) for name, code in REST.items()}
FILES = {
    "no Python": b"def (:",
    "no text": bytes(range(256)),
    "null bytes": b"import numpy\x00 as np",
    "empty": b"",
    "ten megabytes": b"x = 1\n" * 1_700_000,
    "deeply nested": b"(" * 100_000,
    "a long sum": b"x = " + b"1+" * 100_000 + b"1",
    "another encoding": b"# -*- coding: nonsense -*-\nx = 1",
}
NOTEBOOKS = {
    "no JSON": b"{",
    "no cells": b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
    "cells of another kind": b'{"cells": 3}',
    "a list": b"[" * 100_000,
}
QUICK = {"exits", "uses the solution", "looks for the solution", "lies about its shape", "replaces the questions"}
ENDLESS = ("never ends", "leaves a thread")


@pytest.fixture(scope="module")
def assignment(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sheet") / "teacher"
    return write_assignment(folder, read_course(names=["affine"]), "Sheet")


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", few_quick(HOSTILE, *QUICK))
def test_a_hostile_submission_gets_no_points_and_comes_to_an_end(assignment, name):
    started = time.monotonic()
    submission = Submission(name, {"affine.py": HOSTILE[name].encode()})
    limits = Limits(cpu_seconds=1 if name.startswith(ENDLESS) else 3)
    graded = Grader(assignment, limits).grade(submission)
    assert graded.points == 0, [(part.name, part.message) for part in graded.verdicts[0].parts]
    assert all(part.message for part in graded.verdicts[0].parts)
    assert time.monotonic() - started < 120


@pytest.mark.first_is_quick
@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_read_gets_no_points_and_is_told_so(assignment, name):
    graded = Grader(assignment).grade(Submission(name, {"affine.py": FILES[name]}))
    assert graded.points == 0
    assert all(part.message for part in graded.verdicts[0].parts)


def test_a_mistake_in_syntax_is_told_with_its_line_once(assignment):
    graded = Grader(assignment).grade(Submission("anna", {"affine.py": b"x = 1\ndef f()\n    pass"}))
    assert graded.verdicts[0].parts[0].message == "It is no Python: line 2: SyntaxError: expected ':'."


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_that_cannot_be_read_gets_no_points_and_is_told_so(assignment, name):
    graded = Grader(assignment).grade(Submission(name, {"affine.ipynb": NOTEBOOKS[name]}))
    assert graded.points == 0
    assert all(part.message for part in graded.verdicts[0].parts)
