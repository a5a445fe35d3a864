"""What the tests of the house share: the wheel and the sdist, built once."""

import shutil
import subprocess
import sys

import pytest

IGNORED = shutil.ignore_patterns(".git", ".venv*", "build", "dist", "*.egg-info", "runs", "__pycache__", ".mplconfig")


@pytest.fixture(scope="session")
def built(root, tmp_path_factory):
    """A folder with the wheel and the sdist, built from a copy in which an older build has left something."""
    source, built = tmp_path_factory.mktemp("source") / "chainrule", tmp_path_factory.mktemp("built")
    shutil.copytree(root, source, ignore=IGNORED)
    (source / "build" / "lib" / "datasets").mkdir(parents=True)
    (source / "build" / "lib" / "datasets" / "__init__.py").write_text("left = 1")
    code = f"from setuptools import build_meta as b; b.build_sdist({str(built)!r}); b.build_wheel({str(built)!r})"
    done = subprocess.run([sys.executable, "-c", code], cwd=source, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return built


@pytest.fixture(scope="session")
def wheel(built):
    return next(built.glob("*.whl"))
