"""The scan of what people write counts what was taken, and judges each verdict by differences of its own."""

import json
import subprocess
import sys

import numpy as np
import pytest

from benchmarks.wild_differences import own_verdict
from gradients.measuring.subject import Subject

RIGHT = """
import numpy as np


class Double:
    def forward(self, x):
        return 2 * x

    def backward(self, dout):
        return 2 * dout


def square(x):
    return x ** 2


def square_derivative(x):
    return x
"""
UNKNOWN = """
import numpy as np
from nowhere import times


def triple_forward(x):
    return times(3, x), x


def triple_backward(dout, cache):
    return 3 * dout


class Cannot:
    def forward(self, recipe):
        return recipe.cook()

    def backward(self, dout):
        return dout
"""


@pytest.fixture
def repositories(tmp_path):
    for owner, text in (("one", RIGHT), ("two", UNKNOWN)):
        folder = tmp_path / "wild" / f"{owner}+layers"
        folder.mkdir(parents=True)
        (folder / "layers.py").write_text(text, encoding="utf-8")
        (folder / "notes.py").write_text("PLAN = 'np: write the gradient'\n", encoding="utf-8")
    return tmp_path


@pytest.mark.exhaustive
def test_a_scan_counts_every_unit_and_compares_with_differences_of_its_own(root, repositories):
    out = repositories / "found.jsonl"
    words = ["wild", "--part", "all", "--before", str(root), "--out", str(out)]
    command = [sys.executable, "-m", "benchmarks.wild_scan", str(repositories / words[0]), *words[1:]]
    result = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=600, check=False)
    assert result.returncode == 0, result.stderr
    found = {entry["unit"]: entry for entry in map(json.loads, out.read_text(encoding="utf-8").splitlines())}
    assert {unit: (entry["verdict"], entry["own"]) for unit, entry in found.items()} == {
        "Double": ("right", "right"),
        "square and square_derivative": ("wrong", "wrong"),
        "triple_forward and triple_backward": ("needs what is missing", ""),
        "Cannot": ("not taken", ""),
    }
    line = next(line for line in result.stdout.splitlines() if line.startswith("all "))
    assert line.split() == ["all", "4", "1", "1", "1", "1", "66.7%", "66.7%"]
    assert "they differ" not in result.stdout


class Times:
    def __init__(self, factor):
        self.W, self.factor = np.array([[0.5, -2.0, 1.0], [3.0, 0.25, -1.5]]), factor

    def forward(self, x):
        self.x = x
        return np.maximum(x @ self.W, 0)

    def backward(self, dout):
        dout = dout * (self.x @ self.W > 0)
        self.dW = self.factor * self.x.T @ dout
        return dout @ self.W.T


@pytest.mark.parametrize(("factor", "verdict"), [(1.0, "right"), (1.01, "wrong"), (0.0, "wrong")])
def test_the_scans_own_differences_tell_right_from_wrong(rng, factor, verdict):
    assert own_verdict(Subject(Times(factor), [rng.standard_normal((5, 2))])) == verdict
