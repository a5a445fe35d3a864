"""Files that put a folder on Python's path by a relative name, as they are run from the folder above."""

import pytest

from written import check_text

DENSE = """
import numpy as np

class Dense:
    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_in, n_out)

    def forward(self, x):
        self.x = x
        return x @ self.W

    def backward(self, dout):
        self.dW = self.x.T @ dout
        return dout @ self.W.T
"""
NET = """
import sys
sys.path.append("PLACE")
from my_dense_layers import Dense

class Net:
    def __init__(self, n_in, n_out):
        self.layer = Dense(n_in, n_out)

    def forward(self, x):
        return self.layer.forward(x)

    def backward(self, dout):
        return self.layer.backward(dout)
"""


@pytest.mark.first_is_quick
@pytest.mark.parametrize("place", ["parts", "./parts", "../parts"])
def test_a_folder_named_from_the_folder_above_is_found(tmp_path, place):
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "my_dense_layers.py").write_text(DENSE, encoding="utf-8")
    (tmp_path / "homework").mkdir()
    found, reports = check_text(tmp_path / "homework", NET.replace("PLACE", place))
    assert found.problems == []
    assert [report.ok for report in reports] == [True]


def test_a_folder_that_is_nowhere_leaves_the_class_unchecked(tmp_path):
    (tmp_path / "homework").mkdir()
    found, reports = check_text(tmp_path / "homework", NET.replace("PLACE", "parts"))
    assert reports == []
    assert "my_dense_layers" in " ".join([*found.problems, *found.about])
