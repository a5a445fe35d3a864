"""``pip install .`` puts every room and the embedded data where any folder can import them."""

import shutil
import subprocess
import sys

IGNORED = shutil.ignore_patterns(".git", ".venv*", ".ci*", "build", "*.egg-info", "runs", "__pycache__", ".mplconfig")

ROOMS = ("layers", "networks", "gradients", "graph", "datasets", "training", "figures")
CODE = """
import layers, networks, gradients, gradients.diagnosis, graph, datasets, training, figures, train, gradient_check
from layers import Affine
from datasets import load_digits
assert load_digits()[0][0].shape == (1438, 64)
assert gradient_check.check_layer(layers.ReLU(), load_digits()[0][0][:3, :9]).ok
from figures.report.embedding import one_page
assert "<canvas" in one_page({})
print(layers.__file__)
"""


def test_an_installed_copy_is_imported_from_any_folder(root, tmp_path):
    source, target, elsewhere = tmp_path / "source", tmp_path / "target", tmp_path / "elsewhere"
    shutil.copytree(root, source, ignore=IGNORED)
    elsewhere.mkdir()
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, "--target", target, source], check=True, capture_output=True, text=True, timeout=300)
    code = f"import sys; sys.path.insert(0, {str(target)!r}); {CODE.strip()}".replace("\n", "; ")
    result = subprocess.run([sys.executable, "-c", code], cwd=elsewhere, capture_output=True, text=True, timeout=120)
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith(str(target))
    packages = {path.parent.relative_to(root) for room in ROOMS for path in (root / room).rglob("__init__.py")}
    assert all((target / package / "__init__.py").is_file() for package in packages)
    names = {path.name for path in target.iterdir()}
    assert not names & {"tests", "benchmarks", "examples"}
