"""What computes and draws in a browser, as far as it needs no page: run by Node, where that is installed."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
OLDEST = (20, 19)  # which takes a file for a module by what is written in it


@pytest.fixture(scope="module")
def node():
    found = shutil.which("node")
    if found is None:
        pytest.skip("Node is not installed")
    version = subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout
    if tuple(map(int, re.findall(r"\d+", version)[:2])) < OLDEST:
        pytest.skip(f"Node {version.strip()} is older than {'.'.join(map(str, OLDEST))}")
    return found


@pytest.mark.first_is_quick
@pytest.mark.parametrize("path", sorted(HERE.glob("*.test.mjs")), ids=lambda path: path.name)
def test_what_is_claimed_in_javascript_is_true(node, path):
    result = subprocess.run(
        [node, "--test", "--test-reporter=tap", path], capture_output=True, encoding="utf-8", timeout=60
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert re.search(r"# pass [1-9]", result.stdout)
