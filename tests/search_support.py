"""What the tests of the search share: starting processes that take part, and reading what they recorded."""

import json
import os
import subprocess
import sys
from collections import Counter

TRIALS, CREATED, TOLD = 40, 4, 6  # what the journal calls the beginning of a trial and the change of its state
FINISHED = (1, 2, 3)  # the states in which a trial has come to its end
SMALL = ("--dataset", "digits", "--epochs", "12", "--vary", "lr=0.005:5", "hidden=10:200", "optimizer=sgd,adam")


def words_of(folder, *more):
    return [sys.executable, "-m", "chainrule", "search", str(folder), *map(str, more)]


def environment_of(root, **more):
    return os.environ | {"PYTHONPATH": str(root), "MPLCONFIGDIR": str(root / ".mplconfig")} | more


def start(root, folder, *more, cwd=None):
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(words_of(folder, *more), env=environment_of(root), cwd=cwd, **pipes)


def finish(process, status=0):
    output, errors = process.communicate(timeout=240)
    assert process.returncode == status, errors
    return output, errors


def search(root, folder, *more, status=0, **how):
    return finish(start(root, folder, *more, **how), status)


def journal(folder):
    """What was recorded, without half a line that is just being written."""
    lines = (folder / "journal.log").read_text().rpartition("\n")[0].splitlines()
    return [json.loads(line) for line in lines]


def endings(folder):
    """How often each trial came to its end."""
    lines = journal(folder)
    return Counter(line["trial_id"] for line in lines if line["op_code"] == TOLD and line["state"] in FINISHED)


def taken_over(folder):
    """The trials to whose end another process brought them than the one that began them."""
    began, ended = {}, {}
    for line in journal(folder):
        if line["op_code"] == TOLD:
            (ended if line["state"] in FINISHED else began)[line["trial_id"]] = line["worker_id"]
        elif line["op_code"] == CREATED:
            began[len(began)] = line["worker_id"]
    return [number for number in ended if ended[number] != began[number]]


def frozen_trials(folder):
    """The trials as Optuna reads them, by its own reader of journals."""
    from optuna import load_study
    from optuna.storages import JournalStorage
    from optuna.storages.journal import JournalFileBackend

    storage = JournalStorage(JournalFileBackend(str(folder / "journal.log")))
    (name,) = [study.study_name for study in storage.get_all_studies()]
    return load_study(study_name=name, storage=storage).trials
