"""Several machines, namespaces of this one that reach each other by TCP: the same bits, and one end for all."""

import os
import signal
import subprocess

import pytest

from benchmarks.parallel.launching import measured
from benchmarks.parallel.machines import machines, why_not
from benchmarks.parallel.model import bytes_sent
from parallel_support import SHARDS, TOGETHER, TRAIN, environment, ranks_of, same_model, train_words, wait_for

pytestmark = pytest.mark.exhaustive
NETWORK = ["--network", "MultiLayerNet", "--batch-norm", "--dropout", "0.3"]


@pytest.fixture(scope="module", autouse=True)
def they_can_be_made(mpiexec):
    if reason := why_not():
        pytest.skip(f"machines within this one cannot be made: {reason}")


def test_several_machines_come_to_the_bits_of_one(mpiexec, run_command, tmp_path):
    arguments = [*TRAIN, *NETWORK, "--epochs", "2"]
    alone = run_command("train.py", *arguments, *SHARDS, "--out", tmp_path / "alone")
    assert alone.returncode == 0, alone.stderr
    with machines(3, "1gbit") as three:
        words = three.command(mpiexec, train_words(*arguments, *TOGETHER, "--out", tmp_path / "three"))
        done = subprocess.run(words, cwd=tmp_path, env=environment(), capture_output=True, text=True, timeout=200)
    assert (done.returncode, done.stderr) == (0, "")
    assert same_model(tmp_path / "alone", tmp_path / "three")


def started(mpiexec, machines, run):
    """A training on some machines that goes on for long, once it has its first checkpoint."""
    words = machines.command(mpiexec, train_words(*TRAIN, *TOGETHER, "--epochs", "100000", "--out", run))
    process = subprocess.Popen(
        words, cwd=run.parent, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    wait_for(lambda: (run / "checkpoint.npz").exists() or process.poll() is not None)
    return process


def assert_said(said, what, run):
    """That is our line, if it came: the launcher may end before it has handed on what the witness said."""
    lines = [line for line in said.splitlines() if not line.startswith("[")]  # the launcher has lines of its own
    assert lines in ([], [f"train.py: error: {what}; go on with: python train.py --resume {run}"])


@pytest.mark.parametrize("victim", [0, 2])
def test_a_process_that_is_killed_on_a_machine_ends_those_on_all_others(mpiexec, tmp_path, victim):
    run = tmp_path / "run"
    with machines(3) as three:
        process, host = started(mpiexec, three, run), f"{three.name}m{11 + victim}"
        (number,) = [number for number in ranks_of(run) if host_of(number) == host]
        os.kill(number, signal.SIGKILL)
        _, said = process.communicate(timeout=60)
        wait_for(lambda: not ranks_of(run))
    assert process.returncode != 0
    assert_said(said, f"rank {victim} on {host} was killed, and all others have ended with it", run)


def test_a_machine_that_is_lost_ends_all_others(mpiexec, tmp_path):
    """As when its power fails, or somebody pulls the cable: nothing comes from it any more, not even a farewell."""
    run = tmp_path / "run"
    with machines(2) as two:
        process, lost = started(mpiexec, two, run), f"{two.name}m12"
        subprocess.run(["ip", "-n", lost, "link", "set", "eth0", "down"], check=True)
        try:
            wait_for(lambda: f"{two.name}m11" not in map(host_of, ranks_of(run)), 90)
        finally:
            for number in ranks_of(run):
                os.kill(number, signal.SIGKILL)
            process.terminate()
        _, said = process.communicate(timeout=60)
    assert_said(said, f"rank 1 on {lost} does not answer any more, and all others are ended", run)


def test_machines_with_other_data_are_told_apart(mpiexec, tmp_path):
    for number in (11, 12):
        rows = [f"{row * number % 7},{row % 3}" for row in range(200)]
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / "table.csv").write_text("\n".join(["x,label", *rows]), encoding="utf-8")
    with machines(2) as two:
        name = f'"$(hostname | sed s/{two.name}m//)/table.csv"'
        train = " ".join(train_words("--data", name, "--target", "label", "--batch-size", "12", *TOGETHER))
        words = two.command(mpiexec, ["sh", "-c", f"exec {train} --out run"])
        done = subprocess.run(words, cwd=tmp_path, env=environment(), capture_output=True, text=True, timeout=100)
    assert done.returncode != 0
    (line,) = (line for line in done.stderr.splitlines() if line.startswith("train.py"))
    assert line == f"train.py: error: rank 1 on {two.name}m12 differs from rank 0: the data"
    assert not (tmp_path / "run").exists()


def host_of(number):
    return subprocess.run(
        ["nsenter", "--target", str(number), "--uts", "hostname"], capture_output=True, text=True, check=True
    ).stdout.strip()


@pytest.mark.parametrize("count", [2, 4])
def test_what_travels_is_what_the_model_says(mpiexec, count):
    sent = {}
    with machines(count) as some:
        for times in (2, 12):
            before = some.bytes_sent()
            job = {"do": "steps", "hidden": [100], "batch": 240, "shards": 4, "times": times}
            numbers = measured(job, some)["numbers"]
            sent[times] = [now - then for now, then in zip(some.bytes_sent(), before, strict=True)]
    for few, many in zip(sent[2], sent[12], strict=True):
        assert many - few == pytest.approx(10 * bytes_sent(numbers, 4, count), rel=0.1)
