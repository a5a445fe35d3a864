"""Submissions that speak for their process: messages of a wrong form, too many, too large, or cut off."""

import time

import pytest

from coursework.apart import process
from coursework.apart.sealing import Limits
from coursework.course.course import read_course
from coursework.grading.assignment import write_assignment
from coursework.grading.one import Grader
from coursework.grading.results import to_gradescope
from coursework.grading.submissions import Submission
from coursework.grading.verdict_files import as_text
from coursework.judging.expectation import expectation
from tests_support import few_quick

SPEAKING = """
import gc, json, os, struct, time
import numpy as np
from multiprocessing.connection import Connection

def connection():
    return next(thing for thing in gc.get_objects() if type(thing) is Connection)

def say(message):
    text = json.dumps(message).encode()
    connection().send_bytes(struct.pack("<Q", len(text)) + text)

def pairs(**words):
    return {{"pairs": [[name, value] for name, value in words.items()]}}

class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b
    def forward(self, x):
        self.x = x
        {forward}
        return 3 * (x @ self.W)
    def backward(self, dout):
        self.dW = -self.x.T @ dout
        self.db = dout[0]
        return dout @ self.W.T / 2
"""
MESSAGES = {
    "a number": "say(5)",
    "a list for a dictionary": "say(pairs(answers=['forward', 'dx']))",
    "what nobody asked for": "say(pairs(answers=pairs(), more=1))",
    "an exception of another form": "say(pairs(answers=pairs(), raised=[1]))",
    "a code of its own": "say(pairs(answers=pairs(), raised=None, ended='<b>', code=chr(1)))",
    "notices that are a number": "say(pairs(answers=pairs(), noticed=3))",
    "a failure of another form": "say(pairs(failed=3))",
    "a number with four thousand digits": "say(pairs(answers=pairs(forward=10**4000)))",
    "an answer for a list": "say(pairs(at=[1], value=1))",
    "half a message": "os.write(connection().fileno(), struct.pack('!i', 1000) + b'ab'); time.sleep(10**6)",
    "a text of 200 MB": """
        os.write(connection().fileno(), struct.pack('!iQ', 2 * 10**8, 2 * 10**8 - 8) + b'[')
        while True: os.write(connection().fileno(), b'[],' * 100_000)""",
    "messages without end": "\n        while True: say(pairs(at='x' * 1000, value='x' * 100_000))",
    "letters that are none": "raise ValueError(chr(0xd800))",
}
LEAKING = {
    "by an exception later on": """
        vars(Affine).get('seen') or setattr(Affine, 'seen', repr(x[0, 0].item()))
        Affine.count = vars(Affine).get('count', 0) + 1
        if Affine.count > 3: raise ValueError('seen ' + Affine.seen)""",
    "by ending": """
        Affine.count = vars(Affine).get('count', 0) + 1
        if Affine.count == 2: os._exit(0)""",
    "by a failure": "say(pairs(failed=['seen', repr(x[0, 0].item())]))",
}


@pytest.fixture(scope="module")
def assignment(tmp_path_factory):
    return write_assignment(tmp_path_factory.mktemp("sheet") / "teacher", read_course(names=["affine"]), "Sheet")


def graded(assignment, forward):
    submission = Submission("eve", {"affine.py": SPEAKING.format(forward=forward).encode()})
    return Grader(assignment, Limits(cpu_seconds=2)).grade(submission)


@pytest.mark.parametrize("name", few_quick(MESSAGES, "a number", "what nobody asked for", "letters that are none"))
def test_whatever_a_process_says_is_judged_and_can_be_written(assignment, name, monkeypatch):
    monkeypatch.setattr(process, "ALL", 5.0)
    started = time.monotonic()
    one = graded(assignment, MESSAGES[name])
    assert one.points == 0
    assert as_text(one).encode()
    assert all(part.message and part.code.isprintable() for part in one.verdicts[0].parts)
    assert time.monotonic() - started < 40


@pytest.mark.first_is_quick
@pytest.mark.parametrize("name", LEAKING)
def test_feedback_shows_nothing_of_the_hidden_inputs(assignment, name):
    told = str(to_gradescope(graded(assignment, LEAKING[name])))
    (hidden,) = expectation(assignment.exercises[0], assignment.facts.secret, "eve").asked
    numbers = [number for expected in hidden.expected for number in expected["forward"].ravel()]
    assert not [number for number in numbers if f"{number:.6g}" in told]
    assert not [case for case in hidden.cases if repr(case["inputs"][0][0, 0].item())[:8] in told]


@pytest.mark.exhaustive
def test_whatever_is_asked_of_it_a_file_has_a_time_in_all(assignment, monkeypatch):
    monkeypatch.setattr(process, "ALL", 3.0)
    started = time.monotonic()
    graded(assignment, "time.sleep(0.9)")
    assert time.monotonic() - started < 20


@pytest.mark.exhaustive
def test_many_files_end_the_process_that_writes_them(assignment):
    many = "\n        for i in range(400): open(f'f{i}', 'wb').write(bytes(5_000_000))"
    one = graded(assignment, many)
    assert one.points == 0
    assert {part.code for part in one.verdicts[0].parts} == {"too-long"}


@pytest.mark.exhaustive
def test_the_teacher_is_told_of_code_that_may_look_at_what_it_is_asked_with(assignment):
    one = graded(assignment, "import sys; sys._getframe(1).f_locals")
    assert any("_getframe" in line for line in one.verdicts[0].for_teacher)
    assert "_getframe" not in str(to_gradescope(one))
