"""The tests of the rooms, as they run against an installed ``chainrule``: their imports are renamed as in the wheel.

::

    python tests/house/installed.py FOLDER
    cd FOLDER && python -m pytest -n auto      # in an environment with the wheel
"""

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    *("layers", "networks", "gradients", "graph", "datasets", "training", "figures"),
    *("gradient_check", "graph_formulas", "seeds"),
)
SHARED = (
    "conftest.py",
    "tests_support.py",
    "formats_support.py",
    "graph_pictures.py",
    "random_stacks.py",
    "trainings.py",
)
COMMANDS = {"train.py": "train", "gradient_check.py": "check"}  # what a clone's scripts are called there
NOT_INSTALLED = ("test_guide.py",)  # what reads the documentation
# Of the gradient check these: the others ask what is said of a layer, which is the same wherever the check stands.
CHECKS = ("test_check_layer.py", "test_check_network.py", "test_custom_gradients.py", "test_in_korean.py")
CHECKS += ("test_mistakes.py", "test_places.py", "test_right_layers.py")
ONE_CASE = """

@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    \"\"\"One case of each test will do: the others ask for other numbers, not for other modules.\"\"\"
    cases = {}
    for item in items:
        cases.setdefault(item.nodeid.partition("[")[0], []).append(item)
    items[:] = [item for of_one_test in cases.values() for item in of_one_test[:1]]
"""


def copy_tests(folder):
    """Copy the tests of the rooms into a folder, for the installed package."""
    from chainrule.building import NAMES, renamed

    in_text = re.compile(rf"(?<=setattr\(\")(?=({NAMES})\.)|(?<=__module__\": \")(?=({NAMES})\.)")
    paths = [ROOT / "tests" / name for name in SHARED]
    for room in ROOMS:
        paths += [p for p in (ROOT / "tests" / room).rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    for path in paths:
        copy = folder / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        if path.name in NOT_INSTALLED or (is_test_of_checks(path) and path.name not in CHECKS):
            continue
        if path.suffix != ".py":
            shutil.copy(path, copy)
            continue
        text = renamed(path.read_text(encoding="utf-8"), str(path))
        if path.name == "conftest.py":
            text = text.replace("    return ROOT\n", '    pytest.skip("it reads the files of a clone")\n')
            text = text.replace("str(ROOT / script)", f'"-m", "chainrule", {COMMANDS}[script]')
            text += ONE_CASE if path.parent == ROOT / "tests" else ""
        copy.write_text(in_text.sub("chainrule.", text), encoding="utf-8")
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    settings = re.sub(r"^testpaths = .*$", 'testpaths = ["tests"]', settings, flags=re.MULTILINE)
    settings = settings.replace('pythonpath = [".", ', "pythonpath = [").replace(" --doctest-modules", "")
    (folder / "pyproject.toml").write_text(settings, encoding="utf-8")


def is_test_of_checks(path):
    return path.parent == ROOT / "tests" / "gradient_check" and path.name.startswith("test_")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    copy_tests(Path(sys.argv[1]))
