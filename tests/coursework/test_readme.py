"""The README's commands for coursework, one after the other, in an empty folder."""

import re
import shlex
import subprocess
import sys

import pytest


def commands(root):
    (block,) = re.findall(r"^```sh\n(python -m coursework make .*?)^```", (root / "README.md").read_text(), re.M | re.S)
    return [shlex.split(line) for line in block.splitlines()]


@pytest.mark.exhaustive
def test_a_sheet_is_made_checked_and_graded_by_the_commands_of_the_readme(root, tmp_path):
    pytest.importorskip("jupytext")
    make, check, grade = commands(root)

    def run(words, expected):
        words = [sys.executable, *words[1:]]
        environment = {"PYTHONPATH": str(root), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
        result = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=600)
        if "--wheels" in result.stderr:
            pytest.skip(f"NumPy's wheels cannot be downloaded here: {result.stderr}")
        assert result.returncode == expected, result.stdout + result.stderr
        return result.stdout

    assert "Sheet of 3 exercises" in run(make, 0)
    assert "Hint 1 of 3" in run(check, 1)
    (tmp_path / "submissions").mkdir()
    (tmp_path / "sheet" / "teacher" / "solutions").rename(tmp_path / "submissions" / "anna")
    assert "1 submission," in run(grade, 0)
    assert (tmp_path / "grades" / "class.html").is_file()
