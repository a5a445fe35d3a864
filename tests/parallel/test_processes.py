"""``mpiexec ... train.py --parallel mpi``: any number of processes, the same bits, and one end for all."""

import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import time

import pytest

from parallel_support import SHARDS, TOGETHER, TRAIN, environment, ranks_of, same_model, train_words, wait_for
from tests_support import on_a_disk_of_its_own

NETWORKS = {
    "TwoLayerNet": [],
    "MultiLayerNet": ["--batch-norm", "--dropout", "0.3"],
    "SimpleConvNet": ["--filters", "4"],
}


def was_killed(said):
    """Whether a line says who was killed; there is none for one that had not joined the others yet."""
    found = re.fullmatch(
        r"train\.py: error: rank \d on \S+ was killed, and all others have ended with it(; go on with: .*)?\n", said
    )
    assert found or not said, said
    return found is not None


def numbers_of(run):
    """What was measured after each epoch: the processes share that, too."""
    epochs = json.loads((run / "history.json").read_text(encoding="utf-8"))["epochs"]
    assert "validation_loss" in epochs[0]
    return [{name: value for name, value in epoch.items() if name != "seconds"} for epoch in epochs]


@pytest.mark.exhaustive
@pytest.mark.parametrize("network", NETWORKS)
def test_any_number_of_processes_comes_to_the_same_bits(run_command, together, tmp_path, network):
    arguments = [*TRAIN, "--network", network, *NETWORKS[network], "--epochs", "3", "--validation", "0.4"]
    alone = run_command("train.py", *arguments, *SHARDS, "--out", tmp_path / "alone")
    assert alone.returncode == 0, alone.stderr
    for ranks in (1, 2, 3, 5):
        status, _, said = together(ranks, *arguments, *TOGETHER, "--out", tmp_path / str(ranks))
        assert status == 0, said
        assert same_model(tmp_path / "alone", tmp_path / str(ranks)), ranks
        assert numbers_of(tmp_path / str(ranks)) == numbers_of(tmp_path / "alone")


@pytest.mark.exhaustive
def test_a_run_that_is_killed_again_and_again_ends_with_the_same_bits(run_command, started, together, tmp_path):
    """Any of three processes is killed, and two go on, until one of them is killed, and so on, ten times in all."""
    arguments = [*TRAIN, "--network", "MultiLayerNet", "--batch-norm", "--dropout", "0.3", "--epochs", "150"]
    whole = run_command("train.py", *arguments, *SHARDS, "--out", tmp_path / "whole")
    assert whole.returncode == 0, whole.stderr
    killed, chance = tmp_path / "killed", random.Random(0)
    first = ["--out", killed, *arguments, *SHARDS]
    resume = ["--resume", killed, "--no-pictures", "--no-diagnosis", "--quiet"]
    heard = 0
    for kill in range(10):
        begun = (killed / "history.json").exists()
        process = started(3 - kill % 2, *(resume if begun else first), "--checkpoint-every", "10", "--parallel", "mpi")
        wait_for(lambda process=process: ranks_of(killed) or process.poll() is not None)
        time.sleep(chance.uniform(0.1, 1.2))
        assert process.poll() is None, "the run was over before its processes were killed"
        os.kill(chance.choice(ranks_of(killed)), signal.SIGKILL)
        _, said = process.communicate(timeout=60)
        heard += was_killed(said)
        wait_for(lambda: not ranks_of(killed))
    assert heard >= 5
    status, _, said = together(2, *resume, "--parallel", "mpi")
    assert status == 0, said
    assert same_model(tmp_path / "whole", killed)


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("ranks", "arguments", "said"),
    [
        (
            3,
            ["--parallel", "mpi", "--shards", "2"],
            "there are 3 processes and 2 shards; each process needs at least one",
        ),
        (2, ["--parallel", "mpi", "--shards", "7"], "7 shards do not divide a batch of 96; 6 would, for example"),
        (2, ["--parallel", "mpi"], "several processes share the shards of a batch; say how many with shards"),
        (2, ["--shards", "12"], "mpiexec has started 2 processes, and each of them would do the same"),
        (2, [*TOGETHER, "--lr", "x"], "argument --lr: expected a positive number, got x"),
        (2, [*TOGETHER, "--lr", "1e30"], "the loss is nan at step 2"),
        (2, [*TOGETHER, "--data-dir", "nowhere"], "nowhere"),
    ],
)
def test_what_is_wrong_is_said_once_and_ends_all(together, tmp_path, ranks, arguments, said):
    status, _, error = together(ranks, *TRAIN, *arguments, "--out", tmp_path / "run")
    assert status == 2
    (line,) = error.splitlines()
    assert line.startswith("train.py: error: ")
    assert said in line


ALONE = "mpiexec has started 2 processes, and each of them would do the same"


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (TOGETHER, [*TOGETHER, "--lr", "0.3"], "rank 1 on {host} differs from rank 0: --lr"),
        (TOGETHER, [*TOGETHER, "--validation", "0.1"], "rank 1 on {host} differs from rank 0: --validation"),
        (TOGETHER, [*TOGETHER, "--hidden", "7"], "rank 1 on {host} differs from rank 0: --hidden\n"),
        (TOGETHER, [*TOGETHER, "--lr", "x"], "argument --lr: expected a positive number, got x"),
        ([*TOGETHER, "--lr", "x"], TOGETHER, "argument --lr: expected a positive number, got x"),
        (TOGETHER, SHARDS, ALONE),
        (SHARDS, TOGETHER, ALONE),
    ],
)
def test_processes_with_other_options_are_told_apart(together, tmp_path, first, second, said):
    out = ["--out", tmp_path / "run"]
    status, _, error = together(1, *TRAIN, *first, *out, more=[(1, [*TRAIN, *second, *out])])
    assert status == 2
    assert error.count("\n") == 1
    assert error.startswith(f"train.py: error: {said.format(host=socket.gethostname())}")
    assert not (tmp_path / "run").exists()


@pytest.mark.exhaustive
def test_a_run_without_shards_goes_on_in_one_process(run_command, together, tmp_path):
    assert run_command("train.py", *TRAIN, "--epochs", "1", "--out", tmp_path / "run").returncode == 0
    status, _, error = together(2, "--resume", tmp_path / "run", "--parallel", "mpi")
    assert status == 2
    assert (
        error
        == f"train.py: error: {tmp_path / 'run'} was begun without --shards, so one process alone goes on with it\n"
    )


@pytest.mark.exhaustive
def test_one_goes_on_and_another_begins(together, tmp_path):
    assert together(2, *TRAIN, *TOGETHER, "--epochs", "1", "--out", tmp_path / "run")[0] == 0
    new = [*TRAIN, *TOGETHER, "--out", tmp_path / "new"]
    status, _, error = together(1, "--resume", tmp_path / "run", "--parallel", "mpi", more=[(1, new)])
    assert status == 2
    (line,) = error.splitlines()
    assert "differs from rank 0" in line
    assert "--resume" in line


@pytest.mark.exhaustive
def test_a_training_that_diverges_says_what_it_says_alone(run_command, together, tmp_path):
    words = ["--dataset", "digits", "--batch-size", "96", "--quiet", "--lr", "3e18", "--out", "run"]
    alone = run_command("train.py", *words, *SHARDS)
    assert (alone.returncode, len(alone.stderr.splitlines())) == (2, 1)
    shutil.rmtree(tmp_path / "run")
    assert together(2, *words, *TOGETHER) == (2, alone.stdout, alone.stderr)


@pytest.mark.exhaustive
def test_a_folder_that_is_taken_ends_all_processes(together, tmp_path):
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "model.npz").write_bytes(b"")
    status, _, error = together(2, *TRAIN, *TOGETHER, "--out", tmp_path / "run")
    assert status == 2
    assert "holds a run already" in error


@pytest.mark.exhaustive
def test_ctrl_c_keeps_all_steps(started, together, tmp_path):
    process = started(2, *TRAIN, *TOGETHER, "--epochs", "150", "--out", tmp_path / "run")
    wait_for(lambda: (tmp_path / "run" / "checkpoint.npz").exists())
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode != 0
    assert "kept all" in said
    status, out, error = together(
        2, "--resume", tmp_path / "run", "--parallel", "mpi", "--no-pictures", "--no-diagnosis"
    )
    assert status == 0, error
    assert "goes on after" in out


FULL = """
mpiexec=$1; shift
run=$1; shift
"$mpiexec" -n 2 "$@" --epochs 3 --parallel mpi --shards 12 --out "$run"
echo "status $?"
mount -o remount,size=10m "${run%/*}"
"$mpiexec" -n 3 "$1" "$2" "$3" "$4" --resume "$run" --parallel mpi --no-pictures --no-diagnosis --quiet || exit
cp "$run"/model.npz .
"""


@pytest.mark.exhaustive
def test_a_full_disk_ends_all_processes_and_with_room_the_run_goes_on(run_command, mpiexec, tmp_path):
    (tmp_path / "disk").mkdir()
    small = on_a_disk_of_its_own(tmp_path / "disk", "100k")
    words = ["sh", "-c", FULL, "sh", mpiexec, str(tmp_path / "disk" / "run"), *train_words(*TRAIN)]
    done = subprocess.run(
        [*small, *words], cwd=tmp_path, env=environment(), capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    (said,) = done.stderr.splitlines()
    assert said.startswith("train.py: error: ")
    assert said.endswith("No space left on device")
    assert "status 2" in done.stdout.splitlines()
    alone = run_command("train.py", *TRAIN, *SHARDS, "--epochs", "3", "--out", tmp_path / "alone")
    assert alone.returncode == 0, alone.stderr
    assert same_model(tmp_path, tmp_path / "alone")


def test_without_mpiexec_one_process_trains_and_says_so(run_command, tmp_path):
    pytest.importorskip("mpi4py", reason="mpi4py is not installed (pip install mpi4py mpich)")
    done = run_command("train.py", *TRAIN, *TOGETHER, "--epochs", "1", "--out", tmp_path / "run")
    assert done.returncode == 0, done.stderr
    assert done.stderr == "one process trains; mpiexec -n 4 in front of the command would start four\n"


@pytest.mark.parametrize("network", NETWORKS)
def test_batch_normalisation_in_shards_says_whose_statistics_it_takes(run_command, tmp_path, network):
    options = ["--network", network, *NETWORKS[network], *SHARDS, "--epochs", "1", "--out", tmp_path / "run"]
    done = run_command("train.py", *TRAIN[:-1], *options)
    assert done.returncode == 0, done.stderr
    said = "batch normalisation takes the statistics of a shard, 8 samples, not of a batch\n"
    assert (said in done.stdout) == ("--batch-norm" in options)


def test_without_mpi4py_it_says_how_to_get_it(run_command, tmp_path):
    (tmp_path / "mpi4py.py").write_text("raise ImportError('no module here')")
    done = run_command("train.py", *TRAIN, *TOGETHER, "--out", tmp_path / "run", PYTHONPATH=str(tmp_path))
    assert done.returncode == 2
    assert "--parallel mpi needs mpi4py and an MPI: python -m pip install mpi4py mpich (no module here)" in done.stderr
