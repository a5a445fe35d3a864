"""Autolab's grader, run by make as Autolab runs it."""

import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import replace

import pytest

from coursework.making.make import make

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or shutil.which("make") is None, reason="Autolab runs make on Linux"
)


@pytest.fixture
def autolab(made, tmp_path):
    """Grade what is handed in, in a new folder; return the feedback, and the last line."""

    def run(name, content, made=made):
        folder = tmp_path / f"grading {name}"
        folder.mkdir()
        shutil.copy(made / "autolab" / "autograde.tar", folder)
        shutil.copy(made / "autolab" / "autograde-Makefile", folder / "Makefile")
        (folder / name).write_bytes(content)
        (folder / "bin").mkdir()
        (folder / "bin" / "python3").symlink_to(sys.executable)
        usual = {word: value for word, value in os.environ.items() if word not in ("PYTHONPATH", "MAKEFLAGS")}
        environment = usual | {"PATH": f"{os.path.dirname(sys.executable)}:{os.environ['PATH']}"}  # noqa: PTH120
        done = subprocess.run(["make"], cwd=folder, env=environment, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        *feedback, last = done.stdout.splitlines()
        return "\n".join(feedback), json.loads(last)

    return run


def zipped(files):
    with zipfile.ZipFile(content := io.BytesIO(), "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


def tarred(files):
    with tarfile.open(fileobj=(content := io.BytesIO()), mode="w:gz") as archive:
        for name, text in files.items():
            info = tarfile.TarInfo(f"homework/{name}")
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
    return content.getvalue()


@pytest.mark.exhaustive
@pytest.mark.parametrize(("name", "pack"), [("handin.zip", zipped), ("handin.tar.gz", tarred)])
def test_an_archive_gets_the_points_of_each_problem_in_the_last_line(autolab, exercises, name, pack):
    feedback, last = autolab(name, pack({f"{e.name}.py": e.code(solved=True) for e in exercises}))
    assert last == {"scores": {"double": 3, "total": 3}, "scoreboard": [6]}
    assert "Double dx: 2 of 2: right" in feedback


@pytest.mark.exhaustive
def test_a_wrong_backward_has_its_points_in_part_and_its_name_in_the_feedback(autolab, exercises):
    text = f"{exercises[0].code(solved=True)}\n\n{exercises[0].wrong[0].text}"
    feedback, last = autolab("handin.zip", zipped({"double.py": text}))
    assert last["scores"] == {"double": 1, "total": 0}
    assert "half-as-much" in feedback


@pytest.mark.exhaustive
def test_of_one_exercise_the_file_may_have_any_name(autolab, exercises, sheet, tmp_path):
    make(replace(sheet, exercises=exercises[:1]), tmp_path / "one")
    _, last = autolab("handin.py", exercises[0].code(solved=True).encode(), tmp_path / "one")
    assert last["scores"] == {"double": 3}


@pytest.mark.exhaustive
def test_what_is_printed_is_no_result(autolab, exercises):
    text = exercises[0].code(solved=False) + '\n\nprint(\'{"scores": {"double": 3}}\')\n'
    feedback, last = autolab("handin.zip", zipped({"double.py": text}))
    assert last["scores"]["double"] == 0
    assert '"scores"' not in feedback
