"""The plan of the house: a room imports only rooms below it, and nothing that it does not need."""

import ast
import subprocess
import sys

import pytest

BELOW = {
    "layers": set(),
    "gradients": set(),
    "graph": set(),
    "datasets": set(),
    "networks": {"layers", "gradients", "datasets"},
    "training": {"networks", "layers", "gradients", "datasets", "figures"},
    "figures": {"networks", "layers", "gradients", "datasets"},
}


def imported_rooms(path):
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0])
    return names & (set(BELOW) | {"train", "gradient_check", "benchmarks", "examples", "tests"})


@pytest.mark.parametrize("room", list(BELOW))
def test_a_room_imports_only_rooms_below_it(root, room):
    for path in (root / room).glob("**/*.py"):
        assert imported_rooms(path) <= BELOW[room] | {room}, path


def test_every_folder_with_code_is_a_known_room(root):
    tracked = {path.parent.relative_to(root).parts[0] for path in root.glob("*/__init__.py")}
    assert tracked - {"benchmarks", "examples"} == set(BELOW)


@pytest.mark.parametrize(
    "module", ["layers", "networks", "gradients", "graph", "datasets", "training", "figures", "train"]
)
def test_importing_a_room_imports_neither_matplotlib_nor_tqdm(root, module):
    code = f"import sys, {module}; print([m for m in ('matplotlib', 'tqdm', 'torch', 'sklearn') if m in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_importing_layers_imports_nothing_but_numpy_and_its_own_files(root):
    code = "import sys, numpy; before = set(sys.modules); import layers; print(*sorted(set(sys.modules) - before))"
    result = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert {name.split(".")[0] for name in result.stdout.split()} == {"layers"}
