"""The journal and the locks that processes share."""

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.search.journal import Journal
from training.search.locks import FileLock, free_lock


def lines(count, start=0):
    return [{"op_code": 7, "number": number} for number in range(start, start + count)]


@pytest.fixture
def journal(tmp_path):
    (tmp_path / "journal").touch()
    return Journal(tmp_path / "journal", tmp_path / "lock")


def test_what_was_written_is_read_from_any_line_on(journal):
    journal.append_logs(lines(3))
    journal.append_logs(lines(2, start=3))
    for start in (0, 5, 2, 4, 0, 7):
        assert list(journal.read_logs(start)) == lines(5)[start:]


def test_what_others_write_is_read_without_reading_again_what_was_read(journal, tmp_path):
    other = Journal(tmp_path / "journal", tmp_path / "lock")
    for count in range(3):
        other.append_logs(lines(1, start=count))
        assert list(journal.read_logs(count)) == lines(1, start=count)
        assert journal.bytes == (tmp_path / "journal").stat().st_size


@given(cut=st.integers(1, 60))
def test_half_a_line_of_a_killed_process_is_neither_read_nor_kept(tmp_path_factory, cut):
    folder = tmp_path_factory.mktemp("journal")
    path = folder / "journal"
    content = "".join(json.dumps(line) + "\n" for line in lines(4)).encode()
    path.write_bytes(content[: len(content) - min(cut, len(content))])
    whole = path.read_bytes().count(b"\n")
    journal = Journal(path, folder / "lock")
    assert list(journal.read_logs(0)) == lines(whole)
    journal.append_logs([{"op_code": 4}])
    assert list(journal.read_logs(whole)) == [{"op_code": 4}]
    assert list(Journal(path, folder / "lock").read_logs(0)) == [*lines(whole), {"op_code": 4}]


def test_optuna_reads_the_journal_as_its_own(journal, tmp_path):
    backends = pytest.importorskip("optuna.storages.journal", reason="Optuna is not installed (pip install optuna)")
    journal.append_logs(lines(3))
    assert list(backends.JournalFileBackend(str(tmp_path / "journal")).read_logs(1)) == lines(2, start=1)


def test_a_lock_vanishes_with_its_process_however_it_ends(root, tmp_path):
    code = "import sys, time; from training.search.locks import FileLock; from pathlib import Path\n"
    code += "lock = FileLock(Path(sys.argv[1])); print('held', flush=True); time.sleep(60)"
    words = [sys.executable, "-c", code, str(tmp_path / "lock")]
    with subprocess.Popen(words, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "held\n"
        assert free_lock(tmp_path / "lock") is None
        process.kill()
    FileLock(tmp_path / "lock").release()
