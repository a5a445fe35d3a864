"""Grading on a Dask cluster: the same bytes as here, also when a worker dies."""

import json
import subprocess
import sys
import time
from importlib.util import find_spec

import pytest

from coursework.grading.command import grade
from tests.coursework.test_grading import contents

needs_dask = pytest.mark.skipif(find_spec("distributed") is None, reason="needs Dask (chainrule[cluster])")


@pytest.fixture
def cluster(tmp_path, root):
    """The address of a scheduler with two workers, and their processes."""
    words = {"cwd": root, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    at = ["--host", "127.0.0.1", "--no-dashboard"]
    file = tmp_path / "scheduler.json"
    start = [sys.executable, "-m", "distributed.cli.dask_scheduler", *at, "--port", "0", "--scheduler-file", str(file)]
    processes = [subprocess.Popen(start, **words)]
    for _ in range(2):
        start = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(file), "--nthreads", "1"]
        start += [*at, "--local-directory", str(tmp_path / "dask"), "--no-nanny"]
        processes.append(subprocess.Popen(start, **words))
    deadline = time.monotonic() + 60
    try:
        while not (file.exists() and file.read_text()) and time.monotonic() < deadline:
            time.sleep(0.1)
        yield json.loads(file.read_text())["address"], processes
    finally:
        for process in processes:
            process.kill()
            process.wait()


@needs_dask
@pytest.mark.exhaustive
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_of_which_one_worker_dies_gives_the_same_bytes(cluster, hand_in, assignment, exercises, tmp_path):
    address, (_, worker, _) = cluster
    for number in range(10):
        double = exercises[0]
        wrong = double.code(solved=True) + double.wrong[0].text if number % 2 else double.code(solved=True)
        folder = hand_in(f"student {number}", double=wrong)
    killer = subprocess.Popen([sys.executable, "-c", f"import time, os; time.sleep(4); os.kill({worker.pid}, 9)"])
    try:
        grade(folder, assignment, tmp_path / "there", cluster=address)
    finally:
        killer.wait()
    assert worker.wait(timeout=60) == -9
    grade(folder, assignment, tmp_path / "here")
    assert contents(tmp_path / "there") == contents(tmp_path / "here")


@pytest.mark.exhaustive
@needs_dask
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_that_is_not_there_is_an_error(hand_in, assignment, tmp_path, monkeypatch):
    monkeypatch.setattr("coursework.grading.cluster.PATIENCE", 1)
    with pytest.raises(ValueError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"):
        grade(hand_in("anna"), assignment, tmp_path / "grades", cluster="tcp://127.0.0.1:9")


@pytest.mark.skipif(find_spec("distributed") is not None, reason="Dask is installed")
def test_without_dask_the_command_that_installs_it_is_named(hand_in, assignment, tmp_path):
    with pytest.raises(ValueError, match=r"pip install .chainrule\[cluster\]"):
        grade(hand_in("anna"), assignment, tmp_path / "grades", cluster="tcp://127.0.0.1:9")
