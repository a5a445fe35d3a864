"""The script that compares the trainings of two checkouts."""

import shutil
import subprocess
import sys

import pytest

IGNORED = shutil.ignore_patterns(
    ".git", ".venv*", ".pytest_cache", "runs", "docs", "tests", "__pycache__", ".mplconfig"
)


@pytest.mark.exhaustive
def test_another_checkout_trains_to_the_same_bits_and_one_with_another_formula_does_not(root, tmp_path):
    other = tmp_path / "other"
    shutil.copytree(root, other, ignore=IGNORED)
    words = [sys.executable, str(root / "tests" / "house" / "same_bits.py"), str(other), "20"]
    same = subprocess.run(words, capture_output=True, text=True, timeout=300)
    assert (same.returncode, same.stdout) == (0, "35 of 35 trainings end with the same bits\n")
    relu = other / "layers" / "relu.py"
    relu.write_text(relu.read_text().replace("np.maximum(x, 0)", "np.maximum(x, 1e-6)"))
    differs = subprocess.run(words, capture_output=True, text=True, timeout=300)
    assert differs.returncode == 1
    assert "TwoLayerNet sgd" in differs.stdout.splitlines()
