"""The plan of the house: what stands in a room, what it may import, and how large a file and a function may be."""

import ast
import inspect
import re
import subprocess
import sys

import pytest

import layers

BELOW = {
    "layers": set(),
    "gradients": set(),
    "graph": set(),
    "datasets": set(),
    "networks": {"layers", "gradients"},
    "figures": {"networks", "layers", "datasets"},
    "training": {"figures", "networks", "layers", "datasets"},
    "coursework": {"training", "networks", "gradients", "datasets"},
    "page": {"coursework", "training", "figures", "networks", "gradients", "graph", "layers", "datasets"},
}
COMMANDS = ("train.py", "gradient_check.py")
MODULES = (*COMMANDS, "language.py")  # language is below all rooms
LONGEST_FILE, LONGEST_FUNCTION = 250, 40  # lines; those of a function without its docstring
LONGEST_EXERCISE = 450  # lines: what it teaches, the solution, the hints, the questions, and a dozen wrong solutions
MOST_FILES = {"training": 8, "gradients": 12, "graph": 12}  # directly in a room


@pytest.fixture(scope="module")
def product(root):
    """The syntax trees of all product files, by their paths from the root."""
    rooms = (*BELOW, "chainrule")
    paths = [root / name for name in MODULES] + [p for room in rooms for p in sorted((root / room).rglob("*.py"))]
    paths = [path for path in paths if "node_modules" not in path.parts]
    return {p.relative_to(root).as_posix(): ast.parse(p.read_text(encoding="utf-8")) for p in paths}


def imported_rooms(path):
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0])
    return names & (set(BELOW) | {"chainrule", "train", "gradient_check", "benchmarks", "examples", "tests"})


@pytest.mark.first_is_quick
@pytest.mark.parametrize("room", list(BELOW))
def test_a_room_imports_only_rooms_below_it(root, room):
    for path in (root / room).glob("**/*.py"):
        assert imported_rooms(path) <= BELOW[room] | {room}, path


def test_the_language_is_below_all_rooms(root):
    assert not imported_rooms(root / "language.py")


@pytest.mark.exhaustive
def test_a_room_imports_all_that_its_plan_allows(root):
    """So that no permission is left that nobody uses."""
    for room, below in BELOW.items():
        used = set().union(*(imported_rooms(path) for path in (root / room).glob("**/*.py")))
        assert below <= used, room


def test_only_layers_stand_directly_in_layers(root):
    others = {"__init__.py", "initializers.py", "im2col.py"}
    files = {path.name for path in (root / "layers").glob("*.py")} - others
    classes = [getattr(layers, name) for name in layers.__all__ if inspect.isclass(getattr(layers, name))]
    homes = {cls.__module__: cls.__name__ for cls in classes if cls is not layers.Layer}
    assert files == {f"{module.removeprefix('layers.')}.py" for module in homes}
    assert all(snake_case(name) == module.removeprefix("layers.") for module, name in homes.items())


def snake_case(name):
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name.replace("ReLU", "Relu")).lower()


@pytest.mark.parametrize("room", MOST_FILES)
def test_a_room_is_a_table_of_contents(root, room):
    assert len(list((root / room).glob("*.py"))) <= MOST_FILES[room]


def test_no_file_is_longer_than_it_can_be_read(root):
    for path in [root / name for name in MODULES] + [p for room in BELOW for p in (root / room).rglob("*.py")]:
        most = LONGEST_EXERCISE if path.parent == root / "coursework" / "exercises" else LONGEST_FILE
        assert len(path.read_text(encoding="utf-8").splitlines()) <= most, path


def test_no_function_is_longer_than_a_step(product):
    for path, tree in product.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                has_docstring = ast.get_docstring(node) is not None
                docstring = node.body[0].end_lineno - node.body[0].lineno + 1 if has_docstring else 0
                assert node.end_lineno - node.lineno + 1 - docstring <= LONGEST_FUNCTION, (path, node.name)


@pytest.mark.exhaustive
def test_no_files_import_each_other_in_a_circle(product):
    modules = {path.removesuffix(".py").removesuffix("/__init__").replace("/", "."): path for path in product}
    imports = {module: imported_modules(product[path], modules) - {module} for module, path in modules.items()}
    while imports:  # take away what imports nothing that is left, until nothing is left
        free = {module for module, imported in imports.items() if not imported & imports.keys()}
        assert free, f"a circle among {sorted(imports)}"
        imports = {module: imported for module, imported in imports.items() if module not in free}


def imported_modules(tree, modules):
    """The modules that a file imports, also those within its functions, and those for its annotations alone."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            found |= {name if name in modules else node.module for name in names}
    return found & modules.keys()


@pytest.mark.parametrize(
    ("layer", "lines"),
    [
        ("affine", 20),
        ("relu", 12),
        ("sigmoid", 14),
        ("softmax_with_loss", 25),
        ("convolution", 40),
        ("batch_normalization", 40),
    ],
)
def test_a_layer_file_is_its_formula(root, layer, lines):
    source = (root / "layers" / f"{layer}.py").read_text(encoding="utf-8")
    code = code_without_docstrings(source)
    assert len(code) <= lines, code
    assert not re.search(r"^\s*@|raise |check|band|cache", "\n".join(code), re.M), code


def code_without_docstrings(source):
    """The lines that are neither blank, nor a comment, nor part of a docstring."""
    documented = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(node) is not None:
            documented |= set(range(node.body[0].lineno, node.body[0].end_lineno + 1))
    lines = enumerate(source.splitlines(), start=1)
    return [line for number, line in lines if number not in documented and line.strip() and line.strip()[0] != "#"]


def test_the_readme_shows_the_house_as_it_is(root):
    text = (root / "README.md").read_text(encoding="utf-8")
    shown = set(re.findall(r"^\| \[(\w+)\]\(\w+\) \|", text, re.M))
    tracked = subprocess.run(["git", "ls-files"], cwd=root, capture_output=True, text=True, check=True).stdout.split()
    assert shown == {path.split("/")[0] for path in tracked if "/" in path} - {".ci", ".github"}
    within = set(re.findall(r"^\| \[(\w+(?:/\w+)+)\]\([\w/]+\) \|", text, re.M))
    packages = [p.parent.relative_to(root) for room in BELOW for p in (root / room).rglob("__init__.py")]
    assert within == {package.as_posix() for package in packages if len(package.parts) > 1}


def test_every_folder_with_code_is_a_known_room(root):
    tracked = {path.parent.relative_to(root).parts[0] for path in root.glob("*/__init__.py")}
    assert tracked - {"benchmarks", "examples", "chainrule"} == set(BELOW)


@pytest.mark.first_is_quick
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
