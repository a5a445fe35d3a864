"""A disk that is full ends a search with one line; when there is room again, it goes on, and nothing was lost."""

import errno
import json
import subprocess
import sys

import pytest

from search_support import environment_of, words_of
from tests_support import on_a_disk_of_its_own
from training.search.journal import Journal

pytest.importorskip("optuna", reason="Optuna is not installed (pip install optuna)")
OPTIONS = "--dataset digits --epochs 3 --hidden 10 --vary lr=0.1:1 --trials 12".split()

# Starts a search on the disk, fills the disk when some trials are told, waits for the end, makes room, and goes on.
FILL = """
import contextlib, json, os, pathlib, subprocess, sys, time

disk, *words = sys.argv[1:]
journal = pathlib.Path(disk, "study", "journal.log")
process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
while not journal.exists() or journal.read_bytes().count(b'"op_code":6') < 4:
    assert process.poll() is None
    time.sleep(0.002)
filler = os.open(disk + "/filler", os.O_CREAT | os.O_WRONLY)
with contextlib.suppress(OSError):
    while True:
        os.write(filler, bytes(512))
errors = process.communicate()[1]
full = journal.read_text()
os.close(filler)
os.unlink(disk + "/filler")
again = subprocess.run(words, capture_output=True, text=True)
told = [json.loads(line) for line in journal.read_text().splitlines()]
ended = [line["trial_id"] for line in told if line["op_code"] == 6 and line["state"] in (1, 2, 3)]
print(json.dumps([process.returncode, errors, full[-1:], again.returncode, again.stderr, sorted(ended)]))
"""


@pytest.mark.exhaustive
def test_a_full_disk_ends_the_search_with_one_line_and_it_goes_on_when_there_is_room(root, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    script = [sys.executable, "-c", FILL, str(disk), *words_of(disk / "study", *OPTIONS)]
    words = [*on_a_disk_of_its_own(disk, "4m"), *script]
    result = subprocess.run(words, capture_output=True, text=True, timeout=200, env=environment_of(root))
    assert result.returncode == 0, result.stderr
    status, errors, end, status_again, errors_again, ended = json.loads(result.stdout)
    assert status == 2
    assert errors == (
        f"python -m chainrule search: error: cannot write to the search in {disk / 'study'}: No space left on device; "
        "what it has recorded is not lost\n"
    )
    assert end == "\n", "half a line was left in the journal"
    assert status_again == 0, errors_again
    assert ended == list(range(12))


def test_of_a_line_that_does_not_fit_nothing_is_left(monkeypatch, tmp_path):
    path = tmp_path / "journal"
    path.touch()
    journal = Journal(path, tmp_path / "lock")
    journal.append_logs([{"op_code": 0, "name": "first"}])
    whole = path.read_bytes()

    def half(opened, *_):
        with open(path, "ab") as file:
            file.write(b'{"op_co')
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("training.search.journal.os.fsync", half)
    with pytest.raises(OSError, match="No space left"):
        journal.append_logs([{"op_code": 0, "name": "second"}])
    assert path.read_bytes() == whole
    monkeypatch.undo()
    journal.append_logs([{"op_code": 0, "name": "third"}])
    assert [line["name"] for line in journal.read_logs(0)] == ["first", "third"]
