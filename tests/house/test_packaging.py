"""What is installed is one package, ``chainrule``; in a clone its modules have short names as well."""

import hashlib
import os
import re
import subprocess
import sys
import tarfile
import zipfile

import pytest

import layers
from chainrule import MODULES, ROOMS, __version__
from chainrule.building import HOME, NOT_INSTALLED, readme, renamed

CODE = """
import datasets
assert datasets.theirs == "untouched"
from chainrule import datasets as ours, gradient_check, layers, train
from chainrule.figures.report.embedding import one_page
from chainrule.networks import TwoLayerNet
(x, t), _ = ours.load_digits()
assert x.shape == (1438, 64)
assert gradient_check.check_layer(layers.ReLU(), x[:3, :9]).ok
network = TwoLayerNet(64, 8, 10, seed=0)
network.save("model.npz")
assert type(network).load("model.npz").loss(x[:9], t[:9]) == network.loss(x[:9], t[:9])
assert "<canvas" in one_page({})
print(layers.__file__)
"""


def install(wheel, target, python=sys.executable):
    pip = [python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", *target, wheel]
    subprocess.run(pip, check=True, capture_output=True, text=True, timeout=300)


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A folder with the installed package beside a package called datasets, whose checksums are ``before``."""
    target = tmp_path_factory.mktemp("installed")
    (target / "datasets").mkdir()
    (target / "datasets" / "__init__.py").write_text("theirs = 'untouched'")
    before = checksums(target)
    install(wheel, ["--target", target])
    return target, before


def test_the_wheel_has_one_package_with_all_rooms(root, wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        top_level = archive.read(f"chainrule-{__version__}.dist-info/top_level.txt").decode().split()
    assert {name.partition("/")[0] for name in names} == {"chainrule", f"chainrule-{__version__}.dist-info"}
    assert top_level == ["chainrule"]
    packages = {path.parent.relative_to(root) for room in ROOMS for path in (root / room).rglob("__init__.py")}
    assert {f"chainrule/{package.as_posix()}/__init__.py" for package in packages} <= set(names)
    assert {f"chainrule/{module}.py" for module in MODULES} <= set(names)
    assert {"chainrule/py.typed", "chainrule/datasets/digits.npz", "chainrule/figures/report/page.html"} <= set(names)
    assert {"chainrule/figures/drawing/plot.js", "chainrule/figures/drawing/charts.css"} <= set(names)
    assert "chainrule/training/search/page.css" in names
    assert "chainrule/locale/ko/LC_MESSAGES/chainrule.mo" in names
    assert not {f"chainrule/{module}.py" for module in NOT_INSTALLED} & set(names)


def test_the_sdist_is_the_clone(root, built):
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    expected = ["setup.py", "train.py", "gradient_check.py", "chainrule/building.py", "chainrule/clone.py", "LICENSE"]
    assert {*expected, "layers/affine.py", "datasets/digits.npz", "tests/conftest.py", "CITATION.cff"} <= names


@pytest.mark.exhaustive
def test_an_installed_copy_leaves_a_package_called_datasets_alone(installed, tmp_path):
    target, before = installed
    assert {name: sum for name, sum in checksums(target).items() if name in before} == before
    code = f"import sys; sys.path.insert(0, {str(target)!r})\n{CODE}"
    result = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith(str(target))


def checksums(folder):
    """The checksums of all files of a folder but compiled ones, by name."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.exhaustive
def test_the_installed_command_checks_a_file(root, installed, tmp_path):
    environment = os.environ | {"PYTHONPATH": str(installed[0])}
    homework = root / "docs" / "homework.py"
    words = [sys.executable, "-m", "chainrule", "check", homework]
    result = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120)
    assert result.returncode == 1, result.stderr
    words = [sys.executable, root / "gradient_check.py", homework]
    in_the_clone = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert result.stdout == in_the_clone.stdout


def test_the_installed_command_speaks_korean(installed, tmp_path):
    environment = os.environ | {"PYTHONPATH": str(installed[0]), "PYTHONUTF8": "1"}
    words = [sys.executable, "-m", "chainrule", "check", "--language", "ko", "--help"]
    result = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", timeout=120)
    assert "역전파가 맞는지" in result.stdout, result.stderr


@pytest.mark.exhaustive
@pytest.mark.long
def test_it_works_beside_the_datasets_of_hugging_face_and_the_rooms_tests_pass_there(root, wheel, tmp_path):
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "env"], check=True, timeout=300)
    python = tmp_path / "env" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    needs = ["datasets", "numpy", "matplotlib", "tqdm", "pytest", "pytest-xdist", "pytest-randomly", "hypothesis"]
    pip = [python, "-m", "pip", "install", "--quiet", "--no-compile"]  # most of it is never imported
    fetched = subprocess.run([*pip, *needs], capture_output=True, text=True)
    if fetched.returncode:
        pytest.skip(f"datasets of Hugging Face cannot be installed here: {fetched.stderr[-300:]}")
    where = "import importlib.util as u; print(u.find_spec('datasets').submodule_search_locations[0])"
    asked = subprocess.run([python, "-c", where], check=True, cwd=tmp_path, capture_output=True, text=True)
    theirs = tmp_path.joinpath(asked.stdout.strip())
    before = checksums(theirs)
    assert len(before) > 100
    install(wheel, [], python)
    assert checksums(theirs) == before
    code = (
        "import datasets; from chainrule.datasets import load_digits\n"
        "(x, t), _ = load_digits()\n"
        "table = datasets.Dataset.from_dict({'label': t.tolist()})\n"
        "assert len(table) == len(x) and table[0]['label'] == t[0]"
    )
    subprocess.run([python, "-c", code], check=True, cwd=tmp_path, timeout=120)
    folder = tmp_path / "tests_of_the_rooms"
    subprocess.run([sys.executable, root / "tests" / "house" / "installed.py", folder], check=True, timeout=120)
    tests = subprocess.run(
        [python, "-m", "pytest", "-q", "-n", "auto", "--hypothesis-profile", "quick"],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert tests.returncode == 0, tests.stdout[-3000:]
    assert int(re.search(r"(\d+) passed", tests.stdout)[1]) > 1000


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("from layers import Affine", "from chainrule.layers import Affine"),
        ("    from layers.common.threads import cores", "    from chainrule.layers.common.threads import cores"),
        ("import layers as ours", "from chainrule import layers as ours"),
        ("import gradients", "from chainrule import gradients"),
        ("    >>> from graph import Variable", "    >>> from chainrule.graph import Variable"),
        ("see :class:`~layers.affine.Affine`", "see :class:`~chainrule.layers.affine.Affine`"),
        ("from datasets_of_others import x", "from datasets_of_others import x"),
        ("from chainrule.layers import Affine", "from chainrule.layers import Affine"),
        ("layers = network.layers", "layers = network.layers"),
        ("from training to testing", "from training to testing"),
    ],
)
def test_the_first_word_of_an_import_is_all_that_changes(line, expected):
    assert renamed(f'"""\n{line}\n"""') == f'"""\n{expected}\n"""'


@pytest.mark.parametrize("line", ["import layers.relu", "import os, layers", "import datasets.mnist as m"])
def test_an_import_that_cannot_be_renamed_stops_the_build(line):
    with pytest.raises(ValueError, match=r"homework.py:2: write 'from \.\.\. import \.\.\.' for (layers|datasets)"):
        renamed(f"import os\n{line}\n", "homework.py")


def test_in_a_clone_both_names_are_the_same_module():
    import chainrule.layers.common.threads
    from chainrule.layers import Affine

    from layers.common import threads

    assert chainrule.layers is layers
    assert Affine is layers.Affine
    assert chainrule.layers.common.threads is threads
    assert layers.__spec__.name == "layers"
    assert chainrule.gradient_check.check_layer is not None
    with pytest.raises(ModuleNotFoundError, match=re.escape("layers.nothing")):
        import chainrule.layers.nothing
    with pytest.raises(AttributeError, match="no attribute nothing"):
        _ = chainrule.nothing


def test_the_links_of_the_readme_are_absolute_in_what_a_package_index_shows(root):
    text = readme(root / "README.md")
    targets = re.findall(r"\]\(([^)]+)\)", text)
    assert targets
    assert all(target.startswith(("https://", "#")) for target in targets)
    assert f"({HOME}/blob/v{__version__}/docs/training.md)" in text
    assert f"({HOME}/raw/v{__version__}/docs/images/report.png)" in text


def test_the_licence_and_the_way_to_cite_have_the_version(root):
    cited = (root / "CITATION.cff").read_text(encoding="utf-8")
    assert re.search(rf"^version: {re.escape(__version__)}$", cited, re.MULTILINE)
    assert re.match(r"\d+\.\d+\.\d+$", __version__)
