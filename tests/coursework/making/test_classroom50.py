"""Classroom 50's grader: one file, run in a student's checkout."""

import json
import os
import subprocess
import sys
from datetime import datetime

import pytest

VARIABLES = ("CLASSROOM", "ASSIGNMENT", "SUBMISSION_TAG", "COMMIT_URL", "RELEASE_URL", "REVIEW_URL")


@pytest.fixture
def graded(made, tmp_path):
    """Grade a checkout with some files, and return its result."""

    def run(**files):
        checkout = tmp_path / "checkout"
        checkout.mkdir()
        for name, text in files.items():
            (checkout / f"{name}.py").write_text(text, encoding="utf-8")
        usual = {word: value for word, value in os.environ.items() if word != "PYTHONPATH"}
        environment = usual | {name: f"the {name}" for name in VARIABLES}
        words = [sys.executable, str(made / "classroom50" / "autograder.py")]
        done = subprocess.run(words, cwd=checkout, env=environment, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return json.loads((checkout / "result.json").read_text(encoding="utf-8"))

    return run


@pytest.mark.exhaustive
def test_the_result_has_the_fields_that_are_asked_for(graded, exercises):
    result = graded(**{exercise.name: exercise.code(solved=True) for exercise in exercises})
    assert result["schema"] == "classroom50/result/v1"
    assert [result["classroom"], result["assignment"], result["submission"]] == [f"the {n}" for n in VARIABLES[:3]]
    assert [result["commit"], result["release"], result["review"]] == [f"the {n}" for n in VARIABLES[3:]]
    assert datetime.fromisoformat(result["datetime"]).tzinfo is not None
    assert result["score"] == result["max-score"] == 6
    assert type(result["score"]) is int
    for test in result["tests"]:
        assert {"test-name", "passed", "score", "max-score"} <= set(test)
        assert test["passed"] is True
        assert type(test["score"]) is int


@pytest.mark.exhaustive
def test_a_wrong_backward_has_its_points_in_part_and_its_name(graded, exercises):
    result = graded(double=f"{exercises[0].code(solved=True)}\n\n{exercises[0].wrong[0].text}")
    assert [(test["score"], test["passed"]) for test in result["tests"]] == [(1, True), (0, False), (0, False)]
    assert result["tests"][1]["output"].startswith("half-as-much: ")
