"""Processes share a search, come and go, and are killed: each trial is recorded once, and none is lost."""

import os
import random
import signal
import time

import pytest

from search_support import SMALL, TRIALS, endings, finish, frozen_trials, journal, search, start, taken_over

pytest.importorskip("optuna", reason="Optuna is not installed (pip install optuna)")
pytestmark = pytest.mark.exhaustive
BETWEEN_KILLS = 3  # trials
posix_only = pytest.mark.skipif(os.name != "posix", reason="sends POSIX signals")


def wait_for_lines(folder, count, process):
    """Wait until the journal has so many lines."""
    deadline = time.monotonic() + 120
    path = folder / "journal.log"
    while not path.exists() or path.read_bytes().count(b"\n") < count:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.01)


def wait_for_endings(folder, count, process):
    """Wait until so many trials have come to their end."""
    wait_for_lines(folder, 1, process)
    deadline = time.monotonic() + 240
    while len(endings(folder)) < count and process.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.fixture(scope="module")
def killed(root, tmp_path_factory):
    """A search by four processes, three of which were killed at random moments and started again, and the kills."""
    folder, chance, kills = tmp_path_factory.mktemp("killed") / "search", random.Random(22), 0
    processes = [start(root, folder, *SMALL, "--trials", TRIALS) for _ in range(4)]
    for ended in range(BETWEEN_KILLS, TRIALS - BETWEEN_KILLS, BETWEEN_KILLS):
        wait_for_endings(folder, ended, processes[0])
        time.sleep(chance.uniform(0, 0.3))
        place = chance.randrange(1, 4)
        if processes[place].poll() is None:
            processes[place].kill()
            processes[place].communicate()
            processes[place] = start(root, folder)
            kills += 1
    outputs = [finish(process)[0] for process in processes]
    return folder, kills, outputs


def test_killed_at_random_and_started_again_four_processes_record_each_trial_once_and_lose_none(killed):
    folder, kills, _ = killed
    assert kills >= 10
    assert taken_over(folder), "no trial was left behind by a process that was killed"
    assert endings(folder) == dict.fromkeys(range(TRIALS), 1)
    trials = frozen_trials(folder)
    assert [trial.number for trial in trials] == list(range(TRIALS))
    assert all(trial.state.is_finished() and len(trial.params) == 3 for trial in trials)


def test_the_best_of_them_is_at_least_as_good_as_the_defaults(killed):
    folder, _, outputs = killed
    trials = frozen_trials(folder)
    assert trials[0].params == {"lr": 0.5, "hidden": 200, "optimizer": "sgd"}
    assert trials[0].state.name == "COMPLETE"
    assert max(trial.value for trial in trials if trial.state.name == "COMPLETE") >= trials[0].value
    (best,) = {line for output in outputs for line in output.splitlines() if line.startswith("best: ")}
    assert f"trial {max((t for t in trials if t.state.name == 'COMPLETE'), key=by_merit).number}, " in best


def by_merit(trial):
    return trial.value, -trial.user_attrs["validation_loss"], -trial.number


def test_nothing_but_what_belongs_to_a_search_is_left(killed):
    folder, _, _ = killed
    assert {path.name for path in folder.iterdir()} == {"journal.log", "locks", "search.html", "search.json", "trials"}
    assert not list((folder / "trials").iterdir())


@posix_only
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_end_a_process_keeps_its_trial_and_says_how_to_go_on(root, tmp_path, number):
    folder = tmp_path / "search"
    options = "--dataset digits --epochs 4000 --vary lr=0.1:1 --trials 1".split()
    process = start(root, folder, *options)
    wait_for_lines(folder, 8, process)
    process.send_signal(number)
    _, errors = finish(process, 128 + number)
    assert errors.startswith("python -m chainrule search: interrupted; ")
    assert errors.endswith(f"nothing that was tried is lost; go on with: python -m chainrule search {folder}\n")
    assert errors.count("\n") == 1
    assert (folder / "trials" / "0" / "checkpoint.npz").exists()
    assert not endings(folder)


def test_a_trial_that_was_interrupted_goes_on_to_what_it_would_have_come_to(root, tmp_path):
    options = "--dataset digits --epochs 60 --hidden 30 --vary lr=0.1:1 --trials 1".split()
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    search(root, whole, *options)
    process = start(root, cut, *options)
    wait_for_lines(cut, 12, process)
    process.send_signal(signal.SIGINT)
    process.communicate()
    epochs = sum(line["op_code"] == 7 for line in journal(cut))
    assert 0 < epochs < 60, "it was not interrupted in the middle"
    search(root, cut)
    (first,), (second,) = frozen_trials(whole), frozen_trials(cut)
    assert first.intermediate_values == second.intermediate_values
    assert first.user_attrs["validation_loss"] == second.user_attrs["validation_loss"]
    assert sum(line["op_code"] == 7 for line in journal(cut)) == 60, "an epoch was reported twice"


def test_a_process_waits_for_the_trials_of_others_and_takes_them_over_when_they_are_killed(root, tmp_path):
    folder = tmp_path / "search"
    first = start(root, folder, *"--dataset digits --epochs 400 --vary lr=0.1:1 --trials 1".split())
    wait_for_lines(folder, 8, first)
    second = start(root, folder)
    assert "held out" in second.stdout.readline()
    assert "varied" in second.stdout.readline()
    assert second.stdout.readline() == "\n"
    assert second.stdout.readline() == "waiting for 1 trial of other processes, to take it over if they end\n"
    first.kill()
    first.communicate()
    finish(second)
    assert endings(folder) == {0: 1}
    assert taken_over(folder) == [0]
