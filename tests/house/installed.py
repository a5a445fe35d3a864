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
SHARED = ("conftest.py", "tests_support.py", "formats_support.py", "graph_pictures.py", "random_stacks.py")
COMMANDS = {"train.py": "train", "gradient_check.py": "check"}  # what a clone's scripts are called there
NOT_INSTALLED = ("test_guide.py",)  # what reads the documentation


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
        if path.name in NOT_INSTALLED:
            continue
        if path.suffix != ".py":
            shutil.copy(path, copy)
            continue
        text = renamed(path.read_text(encoding="utf-8"), str(path))
        if path.name == "conftest.py":
            text = text.replace("    return ROOT\n", '    pytest.skip("it reads the files of a clone")\n')
            text = text.replace("str(ROOT / script)", f'"-m", "chainrule", {COMMANDS}[script]')
        copy.write_text(in_text.sub("chainrule.", text), encoding="utf-8")
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    settings = re.sub(r"^testpaths = .*$", 'testpaths = ["tests"]', settings, flags=re.MULTILINE)
    settings = settings.replace('pythonpath = [".", ', "pythonpath = [").replace(" --doctest-modules", "")
    (folder / "pyproject.toml").write_text(settings, encoding="utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    copy_tests(Path(sys.argv[1]))
