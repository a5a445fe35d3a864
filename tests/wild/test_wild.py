"""The check takes what people write as they mean it: nobody who is right is accused, and no mistake passes."""

import json
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests_support import few_quick, part
from wild.verdicts import CORPUS, KINDS, expected, verdict_on, verdicts

FILES = {file: units for kind in KINDS for file, units in expected(kind).items()}
NOT_MET = json.loads((Path(__file__).parent / "not_met.json").read_text(encoding="utf-8"))
# Mistakes that pass, and why each is none under another reading.
PASSING = {
    "modes/batchnorm_until_train.py": "in training, which is what is checked, its formula is right",
}


def needs(file):
    """The libraries that a file imports and that may be absent."""
    if file.startswith("missing/"):
        return []
    text = (CORPUS / file).read_text(encoding="utf-8")
    return [name for name in ("torch", "jax", "tensorflow", "scipy") if re.search(rf"(import|from) {name}\b", text)]


def is_quick(file):
    """Whether a file is met, and checked at once: some are tried in many ways before one is right."""
    return file not in NOT_MET and file not in ("tied/highway.py", "notebooks/maxpool_debug.ipynb")


def quick_files():
    """A short file of each kind, with what is right and what is wrong in turn."""
    for number, kind in enumerate(KINDS):
        wanted = ("right", "wrong")[number % 2]
        files = [file for file, units in expected(kind).items() if wanted in units.values() and is_quick(file)]
        yield sorted(files, key=lambda file: (CORPUS / file).stat().st_size)[number % min(5, len(files))]


@pytest.mark.parametrize("file", few_quick(sorted({*part(FILES, 8), *quick_files()}), *quick_files()))
def test_the_verdict_is_that_of_central_differences(file):
    for name in needs(file):
        if find_spec(name) is None:
            pytest.skip(f"needs {name}")
    found = verdicts(file)
    for unit, verdict in FILES[file].items():
        got = verdict_on(unit, found)
        allowed = {"left out", "absent"} if verdict == "left out" else {verdict}
        assert got in {*allowed, NOT_MET.get(file, {}).get(unit)}, (unit, found)


def test_what_is_not_met_is_little_and_accuses_nearly_nobody():
    units = [(file, unit, verdict) for file, found in FILES.items() for unit, verdict in found.items()]
    got = {(file, unit): verdict for file, found in NOT_MET.items() for unit, verdict in found.items()}
    assert len(got) <= 0.1 * len(units)
    accused = [key for key, verdict in got.items() if verdict == "wrong"]
    right = [key for key in units if key[2] == "right"]
    assert len(accused) <= 0.005 * len(right) + 1
    assert {file for (file, _), verdict in got.items() if verdict == "right" and wrong(file)} == PASSING.keys()


def wrong(file):
    """Whether a file holds a mistake that is said to be right."""
    return any(FILES[file][unit] == "wrong" and got == "right" for unit, got in NOT_MET[file].items())
