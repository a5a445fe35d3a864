"""Runs that were killed, stopped, or ran out of disk go on to the same bits."""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

import train
from datasets import load_digits
from layers.common.threads import cores
from networks import TwoLayerNet
from tests_support import few_quick, folder_contents, on_a_disk_of_its_own
from training import SGD, Trainer, TrainingDiverged
from training.parallel.group import Group
from training.run.checkpoints import Checkpoints, Snapshot
from training.run.folder import RunFolder

OPTIONS = "--dataset digits --network MultiLayerNet --hidden 20 --batch-norm --dropout 0.2 --no-pictures".split()
QUIET = ["--quiet", "--no-pictures"]
posix_only = pytest.mark.skipif(os.name != "posix", reason="sends POSIX signals")


def what_it_left(run):
    """Model and history to the bit, but for the seconds."""
    history = json.loads((run / "history.json").read_text())
    records = [{name: value for name, value in record.items() if name != "seconds"} for record in history["epochs"]]
    with np.load(run / "model.npz") as file:
        return records, {name: file[name].tobytes() for name in file.files}


def start(root, run, *more, options=OPTIONS):
    """Start a run, or go on with it where it has begun."""
    if (run / "history.json").exists():
        return resume(root, run, *more)
    return command(root, *options, "--quiet", "--out", str(run), *more)


def resume(root, run, *more):
    return command(root, "--resume", str(run), *QUIET, *more)


def command(root, *words):
    return subprocess.Popen(
        [sys.executable, str(root / "train.py"), *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def finish(process):
    output, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    return output, errors


def written(run):
    """When the last checkpoint was written."""
    try:
        return (run / "checkpoint.npz").stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def wait_for_progress(process, run):
    """Wait until the process has written a checkpoint, and return whether it is still running."""
    before, deadline = written(run), time.monotonic() + 60
    while written(run) in (before, 0) and process.poll() is None:  # 0: between two renames
        assert time.monotonic() < deadline, "it made no progress"
        time.sleep(0.002)
    return process.poll() is None


@pytest.fixture(scope="module")
def whole(root, tmp_path_factory):
    """A run that nobody interrupted."""
    run = tmp_path_factory.mktemp("whole") / "run"
    finish(start(root, run, "--epochs", "12"))
    return run


@pytest.mark.exhaustive
def test_killed_at_25_random_moments_a_run_ends_with_the_same_bits(root, tmp_path):
    chance, kills, times, options = random.Random(0), 0, 25, ["--epochs", "20"]
    whole, run = tmp_path / "whole", tmp_path / "run"
    finish(start(root, whole, *options))
    while kills < times:
        more = [] if (run / "history.json").exists() else options
        process = start(root, run, *more, "--checkpoint-every", "1")  # so that most moments fall into a write
        if not wait_for_progress(process, run):
            break
        time.sleep(chance.uniform(0, 0.06))
        process.kill()
        process.communicate()
        kills += 1
    assert kills == times, f"it came to its end before it was killed {times} times"
    finish(start(root, run))
    assert what_it_left(run) == what_it_left(whole)
    assert folder_contents(run) == ["checkpoint-before.npz", "checkpoint.npz", "history.json", "model.npz"]


@pytest.mark.exhaustive
@pytest.mark.skipif(
    not hasattr(os, "sched_setaffinity") or cores() < 2,
    reason="needs two cores, and a system that can take one away",
)
def test_on_another_number_of_cores_a_run_ends_with_the_same_bits(root, tmp_path):
    wide = "--dataset digits --hidden 1600 --batch-size 500 --epochs 6 --no-pictures --quiet".split()
    usual = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}

    def run(words, on_one_core=False):
        begin = "import os, sys, runpy; sys.argv = sys.argv[1:]; sys.path.insert(0, os.path.dirname(sys.argv[0]))\n"
        begin += "os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])\n" * on_one_core
        begin += "runpy.run_path(sys.argv[0], run_name='__main__')"
        words = [sys.executable, "-c", begin, str(root / "train.py"), *map(str, words)]
        return subprocess.Popen(words, env=usual, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    whole, other = tmp_path / "whole", tmp_path / "other"
    finish(run([*wide, "--out", whole]))
    assert json.loads((whole / "history.json").read_text())["config"]["threads"] == 2
    process = run([*wide, "--out", other, "--checkpoint-every", "1"])
    assert wait_for_progress(process, other)
    process.kill()
    process.communicate()
    finish(run(["--resume", other, *QUIET], on_one_core=True))
    assert what_it_left(other) == what_it_left(whole)


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "options",
    few_quick(
        [
            "--dataset curve --validation 0.1",
            "--dataset spiral --network MultiLayerNet --batch-norm --dropout 0.2",
            "--dataset digits --validation 0.2 --target-accuracy 0.99",
        ],
        "--dataset curve --validation 0.1",
    ),
)
def test_with_points_values_and_validation_a_run_that_was_killed_ends_with_the_same_bits(root, tmp_path, options):
    whole, run = tmp_path / "whole", tmp_path / "run"
    options = [*options.split(), "--epochs", "20", "--no-pictures"]
    finish(start(root, whole, options=options))
    process = start(root, run, "--checkpoint-every", "1", options=options)
    assert wait_for_progress(process, run)
    process.kill()
    process.communicate()
    finish(resume(root, run))
    assert what_it_left(run) == what_it_left(whole)


@pytest.mark.exhaustive
def test_a_table_that_has_moved_is_named_again_and_another_one_is_refused(run_command, tmp_path):
    run, table = tmp_path / "run", tmp_path / "my.csv"
    lines = ["x,y,kind", *(f"{n % 5},{n % 7},{'ab'[n % 2]}" for n in range(40))]
    table.write_text("\n".join(lines))
    result = run_command("train.py", "--data", table, "--target", "kind", "--no-pictures", "--epochs", 2, "--out", run)
    assert result.returncode == 0, result.stderr
    moved = tmp_path / "moved.csv"
    table.rename(moved)
    words = ("train.py", "--resume", run, "--no-pictures")
    assert f"there is no file {table}" in run_command(*words).stderr
    assert run_command(*words, "--data", moved).returncode == 0
    assert "was started with --data; say with it" in run_command(*words, "--data-dir", tmp_path).stderr
    table.write_text("\n".join([*lines, "9,9,a"]))
    (line,) = run_command(*words).stderr.splitlines()
    assert "are not those that the run in" in line
    assert line.endswith("pass the file of those data as --data")


@pytest.mark.exhaustive
@posix_only
@pytest.mark.parametrize(
    ("name", "status", "said"),
    [
        ("SIGINT", 130, "interrupted; kept all"),
        pytest.param("SIGTERM", 143, "interrupted; asked to end (SIGTERM); kept all", marks=pytest.mark.exhaustive),
        pytest.param("SIGHUP", 129, "interrupted; the terminal was closed (SIGHUP)", marks=pytest.mark.exhaustive),
    ],
)
def test_a_run_that_is_asked_to_end_keeps_every_step_and_says_how_to_go_on(root, tmp_path, whole, name, status, said):
    run = tmp_path / "run"
    process = start(root, run, "--epochs", "12", "--checkpoint-every", "1")
    assert wait_for_progress(process, run)
    process.send_signal(getattr(signal, name))
    _, errors = process.communicate(timeout=30)
    assert process.returncode == status, errors
    (line,) = errors.splitlines()
    assert line.startswith(f"train.py: {said}")
    assert line.endswith(f"go on with: python train.py --resume {run}")
    finish(start(root, run))
    assert what_it_left(run) == what_it_left(whole)


@pytest.mark.exhaustive
@posix_only
def test_a_terminal_that_has_gone_costs_nothing(root, tmp_path, whole):
    import pty

    run = tmp_path / "run"
    ours, terminal = pty.openpty()
    words = [sys.executable, str(root / "train.py"), *OPTIONS, "--epochs", "12", "--checkpoint-every", "1"]
    process = subprocess.Popen(
        [*words, "--out", str(run)], stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True
    )
    os.close(terminal)
    assert wait_for_progress(process, run)
    os.close(ours)
    process.send_signal(signal.SIGHUP)
    assert process.wait(timeout=30) in (129, 2)
    finish(start(root, run))
    assert what_it_left(run) == what_it_left(whole)


@pytest.mark.exhaustive
@posix_only
@pytest.mark.parametrize("damage", few_quick(["truncated", "flipped"], "flipped"))
def test_a_damaged_checkpoint_gives_way_to_the_one_before(root, tmp_path, whole, damage):
    run = tmp_path / "run"
    process = start(root, run, "--epochs", "12", "--checkpoint-every", "3")
    for _ in range(4):
        assert wait_for_progress(process, run)
    process.send_signal(signal.SIGINT)  # not killed: between two renames, there is only the one before
    process.communicate()
    content = bytearray((run / "checkpoint.npz").read_bytes())
    content[len(content) // 2] ^= 64
    (run / "checkpoint.npz").write_bytes(content if damage == "flipped" else content[:-100])
    _, errors = finish(start(root, run))
    assert errors.startswith("train.py: checkpoint.npz is damaged: ")
    assert errors.endswith("; going back to the checkpoint before it\n")
    assert what_it_left(run) == what_it_left(whole)


def test_a_run_whose_checkpoints_are_both_damaged_says_so_and_changes_nothing(root, tmp_path, whole):
    run = tmp_path / "run"
    shutil.copytree(whole, run)
    for name in ("checkpoint.npz", "checkpoint-before.npz"):
        (run / name).write_bytes(b"PK")
    process = start(root, run)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "is whole: checkpoint.npz is damaged" in errors
    assert what_it_left(run) == what_it_left(whole)


@pytest.mark.exhaustive
def test_a_run_killed_before_its_first_checkpoint_begins_again(root, tmp_path, whole):
    run = tmp_path / "run"
    run.mkdir()
    history = json.loads((whole / "history.json").read_text())
    (run / "history.json").write_text(json.dumps(history | {"epochs": [], "final_test_accuracy": None}))
    finish(start(root, run))
    assert what_it_left(run) == what_it_left(whole)


@pytest.mark.exhaustive
def test_resuming_a_finished_run_trains_no_more_and_draws_it_again(root, tmp_path, whole):
    run = tmp_path / "run"
    shutil.copytree(whole, run)
    process = subprocess.run(
        [sys.executable, str(root / "train.py"), "--resume", str(run)], capture_output=True, text=True, timeout=120
    )
    assert process.returncode == 0, process.stderr
    assert "goes on after 12 epochs and 0 steps" in process.stdout
    assert what_it_left(run) == what_it_left(whole)
    assert (run / "curves.png").exists()


@pytest.mark.exhaustive
def test_a_run_that_reached_its_target_trains_no_more(root, tmp_path):
    run = tmp_path / "run"
    options = "--dataset digits --epochs 50 --target-accuracy 0.9 --no-pictures".split()
    finish(start(root, run, options=options))
    before = what_it_left(run)
    finish(start(root, run))
    assert what_it_left(run) == before


@pytest.mark.exhaustive
def test_two_processes_never_write_into_one_folder(root, tmp_path):
    run = tmp_path / "run"
    first = start(root, run, "--epochs", "100000")
    assert wait_for_progress(first, run)
    for words in (["--resume", str(run)], [*OPTIONS, "--out", str(run)]):
        second = subprocess.run(
            [sys.executable, str(root / "train.py"), *words], capture_output=True, text=True, timeout=60
        )
        assert second.returncode == 2
        assert second.stderr == (
            f"train.py: error: another run is writing into {run}; wait for its end, or choose another folder\n"
        )
    assert first.poll() is None
    first.kill()
    first.communicate()


# Starts a run on the disk, waits for its second checkpoint, spoils the disk, and saves what the run has left.
SPOIL = """
import contextlib, os, pathlib, shutil, subprocess, sys, time

how, disk, kept, *words = sys.argv[1:]
process = subprocess.Popen([*words, "--out", disk + "/run"])
while not pathlib.Path(disk, "run", "checkpoint-before.npz").exists():
    time.sleep(0.002)
if how == "full":
    filler = os.open(disk + "/filler", os.O_CREAT | os.O_WRONLY)
    with contextlib.suppress(OSError):
        while True:
            os.write(filler, bytes(4096))
else:
    while subprocess.run(["mount", "-o", "remount,ro", disk], stderr=subprocess.DEVNULL).returncode:
        time.sleep(0.002)  # a file was open for writing
status = process.wait()
shutil.copytree(disk + "/run", kept)
sys.exit(status)
"""


FAILURES = [("full", "No space left on device"), ("read-only", "Read-only file system")]


@pytest.mark.exhaustive
@pytest.mark.parametrize(("how", "said"), few_quick(FAILURES, FAILURES[0]))
def test_a_disk_that_fails_ends_training_with_a_clear_error_and_the_last_good_checkpoint(
    root, tmp_path, whole, how, said
):
    disk, kept = tmp_path / "disk", tmp_path / "kept"
    disk.mkdir()
    train = [sys.executable, str(root / "train.py"), *OPTIONS, "--epochs", "12", "--checkpoint-every", "5", "--quiet"]
    words = [*on_a_disk_of_its_own(disk, "600k"), sys.executable, "-c", SPOIL, how, str(disk), str(kept), *train]
    result = subprocess.run(words, capture_output=True, text=True, timeout=120)
    assert result.returncode == 2, result.stderr
    (line,) = result.stderr.splitlines()
    assert line == f"train.py: error: cannot write a run to {disk}/run: {said}"
    finish(start(root, kept))
    assert what_it_left(kept) == what_it_left(whole)


def test_other_data_than_those_it_began_with_are_refused(root, tmp_path, whole):
    run = tmp_path / "run"
    shutil.copytree(whole, run)
    change_configuration(run, data_checksum="00000000")
    process = start(root, run)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "the data in the package are not those that the run in" in errors


def change_configuration(run, **changes):
    """Write the last checkpoint again, with other values in its configuration."""
    checkpoints = Checkpoints(run)
    arrays, values = checkpoints.read()
    checkpoints.write(Snapshot(arrays, values | {"config": values["config"] | changes}))


@pytest.mark.first_is_quick
@pytest.mark.parametrize("changes", [{"arguments": None}, {"arguments": [1]}, {"source": 3}, {"data_checksum": 0}])
def test_a_configuration_that_does_not_tell_how_the_run_began_takes_one_line(root, tmp_path, whole, changes):
    run = tmp_path / "run"
    shutil.copytree(whole, run)
    change_configuration(run, **changes)
    process = start(root, run)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert errors == f"train.py: error: {run} does not tell how the run began; it was made by another version\n"


@pytest.mark.exhaustive
@pytest.mark.parametrize("damage", few_quick(["lost", "cut"], "lost"))
def test_a_history_that_is_lost_or_damaged_is_written_again_from_the_checkpoint(root, tmp_path, whole, damage):
    run = tmp_path / "run"
    process = start(root, run, "--epochs", "12", "--checkpoint-every", "5")
    for _ in range(4):
        assert wait_for_progress(process, run)
    process.kill()
    process.communicate()
    history = run / "history.json"
    history.unlink() if damage == "lost" else history.write_text(history.read_text()[:-9])
    finish(resume(root, run))
    assert what_it_left(run) == what_it_left(whole)


@pytest.mark.exhaustive
@posix_only
def test_a_second_signal_does_not_cost_the_last_checkpoint(root, tmp_path, whole):
    for attempt in range(3):
        run = tmp_path / f"run{attempt}"
        process = start(root, run, "--epochs", "12", "--checkpoint-every", "1")
        assert wait_for_progress(process, run)
        while process.poll() is None:  # as somebody who is impatient
            process.send_signal(signal.SIGINT)
            time.sleep(0.0005)
        _, errors = process.communicate(timeout=30)
        assert "interrupted; kept all" in errors, errors
        finish(start(root, run))
        assert what_it_left(run) == what_it_left(whole)


def write_idx(folder, seed):
    """Write random images of 8 x 8 pixels in the format of MNIST's files."""
    rng = np.random.default_rng(seed)
    folder.mkdir()
    for part, count in (("train", 40), ("t10k", 20)):
        images, labels = rng.integers(0, 256, (count, 8, 8), np.uint8), rng.integers(0, 3, count, np.uint8)
        for name, values in ((f"{part}-images-idx3-ubyte", images), (f"{part}-labels-idx1-ubyte", labels)):
            axes = b"".join(size.to_bytes(4, "big") for size in values.shape)
            (folder / name).write_bytes(bytes([0, 0, 8, values.ndim]) + axes + values.tobytes())


@pytest.mark.exhaustive
@pytest.mark.parametrize("how", ["--data-dir", "CHAINRULE_DATA"])
def test_data_that_have_moved_are_found_by_the_option_or_in_the_usual_places(run_command, tmp_path, how):
    run, data = tmp_path / "run", tmp_path / "shapes"
    write_idx(data, seed=0)
    options = ("--dataset", "mnist", "--data-dir", data, "--epochs", 2, "--no-pictures", "--out", run)
    assert run_command("train.py", *options).returncode == 0
    (tmp_path / "moved").mkdir()
    data.rename(tmp_path / "moved" / "mnist")
    words = ("train.py", "--resume", run, "--no-pictures")
    data.mkdir()  # an empty folder in its place changes nothing
    if how == "CHAINRULE_DATA":
        result = run_command(*words, CHAINRULE_DATA=tmp_path / "moved")
    else:
        result = run_command(*words, how, tmp_path / "moved" / "mnist")
    assert result.returncode == 0, result.stderr
    write_idx(tmp_path / "other", seed=1)
    assert "was not started with --data, which says" in run_command(*words, "--data", tmp_path / "other.csv").stderr
    result = run_command(*words, "--data-dir", tmp_path / "other")
    assert result.returncode == 2
    assert f"the data in {tmp_path / 'other'} are not those" in result.stderr


@pytest.mark.exhaustive
@posix_only
def test_ctrl_c_while_the_pictures_are_made_says_that_the_run_is_whole(root, tmp_path, whole):
    run = tmp_path / "run"
    shutil.copytree(whole, run)
    process = subprocess.Popen(
        [sys.executable, str(root / "train.py"), "--resume", str(run)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    deadline = time.monotonic() + 60
    while not (run / "curves.png").exists():
        assert time.monotonic() < deadline
        time.sleep(0.002)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors.decode() == f"train.py: interrupted; the run had come to its end, and all of it is in {run}\n"
    assert (run / "report.html").exists()


def test_what_is_usual_is_a_change_too(run_command, whole):
    result = run_command("train.py", "--resume", whole, "--network", "TwoLayerNet", "--seed", 0)
    assert result.returncode == 2
    assert "can be given besides, got --network, --seed" in result.stderr


def test_nothing_that_decides_the_run_can_be_changed(run_command, whole):
    result = run_command("train.py", "--resume", whole, "--lr", "0.1", "--network", "SimpleConvNet", "--quiet")
    assert result.returncode == 2
    assert (
        "only --checkpoint-every, --data, --data-dir, --device, --no-diagnosis, --no-pictures, --parallel, --quiet can "
        "be given besides, got --network, --lr" in result.stderr
    )


@pytest.mark.first_is_quick
@pytest.mark.parametrize(
    ("prepare", "message"),
    [
        (lambda run: None, "there is no run in"),
        (lambda run: run.mkdir(), "there is no run in"),
        (lambda run: (run.mkdir(), (run / "history.json").write_text("{")), "is not the history of a run"),
        (
            lambda run: (run.mkdir(), (run / "history.json").write_text('{"config": {}, "epochs": []}')),
            "another version",
        ),
    ],
)
def test_a_folder_that_cannot_go_on_is_named(run_command, tmp_path, prepare, message):
    run = tmp_path / "run"
    prepare(run)
    result = run_command("train.py", "--resume", run)
    assert result.returncode == 2
    (line,) = result.stderr.splitlines()
    assert message in line


class BreaksAndIsInterrupted(SGD):
    """An update after which a parameter is not finite, and during which somebody presses Ctrl-C."""

    def update(self, params, grads):
        super().update(params, grads)
        if self.steps == 5:
            params["W1"][0, 0] = np.inf
            signal.raise_signal(signal.SIGINT)


def test_an_interrupt_never_keeps_parameters_that_are_not_finite(tmp_path):
    (x_train, t_train), (x_test, t_test) = load_digits()
    network, optimizer = TwoLayerNet(64, 5, 10, seed=0), BreaksAndIsInterrupted(0.1)
    trainer = Trainer(network, x_train, t_train, x_test, t_test, optimizer, epochs=1, seed=0, checkpoint_every=2)
    folder = RunFolder.create(tmp_path, {})
    with pytest.raises(TrainingDiverged, match=r"W1 holds values that are not finite at step 5 .*last checkpoint is"):
        train.train(trainer, folder, argparse.Namespace(quiet=True, no_diagnosis=True, form=train.SCRIPT), Group())
    assert folder.checkpoints.read().values["step"] == 4


def test_a_run_that_could_not_go_on_leaves_its_folder_free(tmp_path, whole):
    run = tmp_path / "run"
    shutil.copytree(whole, run)
    with pytest.raises(FileNotFoundError):
        train.main(["--resume", str(run), "--data-dir", str(tmp_path / "nowhere")])
    RunFolder.reopen(run).close()
