import json
import os
import subprocess
import sys

import pytest

from networks import TwoLayerNet
from tests_support import folder_contents
from training.run.checkpoints import CheckpointError, Checkpoints, Snapshot
from training.run.folder import RunFolder, new_run_folder
from training.run.lock import FolderInUse


def test_a_new_folder_holds_the_configuration_from_the_start(tmp_path):
    folder = RunFolder.create(tmp_path / "a" / "run", {"lr": 0.1})
    assert json.loads(folder.history.read_text()) == {
        "config": {"lr": 0.1},
        "epochs": [],
        "final_test_accuracy": None,
    }


def test_a_run_that_failed_before_its_first_checkpoint_gives_way(tmp_path):
    RunFolder.create(tmp_path, {"lr": 1e9}).close()
    RunFolder.create(tmp_path, {"lr": 0.1}).close()
    assert RunFolder.reopen(tmp_path).config == {"lr": 0.1}


@pytest.mark.parametrize("name", ["model.npz", "history.json", "curves.png", "checkpoint.npz", "checkpoint-before.npz"])
def test_a_folder_with_a_run_in_it_is_never_taken(tmp_path, name):
    (tmp_path / name).write_text("precious")
    with pytest.raises(FileExistsError, match="holds a run already"):
        RunFolder.create(tmp_path, {})
    assert (tmp_path / name).read_text() == "precious"
    assert folder_contents(tmp_path) == [name]


def test_an_empty_folder_is_taken(tmp_path):
    assert RunFolder.create(tmp_path, {}).history.exists()


def test_unnamed_runs_get_free_names(tmp_path):
    folders = [new_run_folder(tmp_path / "runs", "digits", {}) for _ in range(4)]
    assert len({folder.path for folder in folders}) == 4
    assert all(folder.path.name.startswith("digits-") for folder in folders)


def test_a_runs_that_is_a_file_is_an_error_and_no_endless_search(tmp_path):
    (tmp_path / "runs").write_text("a file")
    with pytest.raises(OSError, match="runs"):
        new_run_folder(tmp_path / "runs", "digits", {})


def test_a_run_is_found_again_with_its_configuration_and_its_checkpoint(tmp_path):
    folder = RunFolder.create(tmp_path / "run", {"lr": 0.1})
    folder.keep_checkpoint(Snapshot({}, {"step": 5}))
    folder.close()
    again = RunFolder.reopen(tmp_path / "run")
    assert again.config == {"lr": 0.1}
    assert again.snapshot.values == {"step": 5, "config": {"lr": 0.1}}


@pytest.mark.parametrize("content", [None, "", "{", '{"config": {"lr": 9}, "epochs": []}'])
def test_a_checkpoint_is_enough_to_go_on_whatever_became_of_the_history(tmp_path, content):
    folder = RunFolder.create(tmp_path, {"lr": 0.1})
    folder.keep_checkpoint(Snapshot({}, {"step": 5}))
    folder.close()
    folder.history.unlink() if content is None else folder.history.write_text(content)
    assert RunFolder.reopen(tmp_path).config == {"lr": 0.1}


def test_a_history_with_epochs_whose_checkpoints_are_gone_cannot_go_on(tmp_path):
    folder = RunFolder.create(tmp_path, {})
    folder.write_history([{"epoch": 1, "test_accuracy": 0.5}])
    folder.close()
    with pytest.raises(ValueError, match="tells of 1 epochs, but their checkpoints are gone"):
        RunFolder.reopen(tmp_path)


def test_a_checkpoint_that_does_not_tell_its_configuration_is_named_and_the_folder_left_free(tmp_path):
    Checkpoints(tmp_path).write(Snapshot({}, {"step": 5}))
    for _ in range(2):
        with pytest.raises(CheckpointError, match=r"checkpoint\.npz does not tell how its run began"):
            RunFolder.reopen(tmp_path)


def test_what_a_killed_run_never_finished_is_cleared_away(tmp_path):
    RunFolder.create(tmp_path, {}).close()
    (tmp_path / ".model.npz.0123abcd.tmp").write_text("half")
    (tmp_path / ".mine").write_text("not ours")
    RunFolder.reopen(tmp_path)
    assert folder_contents(tmp_path) == [".mine", "history.json"]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"config": 3}', "{}", '{"config": {}, "epochs": 3}', "[" * 10**5])
def test_a_history_that_is_none_is_named(tmp_path, content):
    (tmp_path / "history.json").write_text(content)
    with pytest.raises(ValueError, match=r"history\.json is not the history of a run"):
        RunFolder.reopen(tmp_path)


def test_a_folder_without_a_run_cannot_go_on(tmp_path):
    with pytest.raises(
        FileNotFoundError, match=r"there is no run in .*: it holds neither a history.json nor a checkpoint"
    ):
        RunFolder.reopen(tmp_path)


def test_two_runs_never_write_into_one_folder(tmp_path):
    folder = RunFolder.create(tmp_path, {})
    for enter in (lambda: RunFolder.create(tmp_path, {}), lambda: RunFolder.reopen(tmp_path)):
        with pytest.raises(FolderInUse, match="another run is writing into"):
            enter()
    folder.close()
    RunFolder.reopen(tmp_path).close()


@pytest.mark.skipif(os.name != "posix", reason="a folder that is in use cannot be moved here")
def test_a_run_whose_folder_was_moved_does_not_write_into_the_one_in_its_place(tmp_path):
    folder = RunFolder.create(tmp_path / "run", {})
    (tmp_path / "run").rename(tmp_path / "moved")
    other = RunFolder.create(tmp_path / "run", {"lr": 0.1})
    for write in (lambda: folder.write_history([]), lambda: folder.keep_checkpoint(Snapshot({}, {}))):
        with pytest.raises(OSError, match="the folder of this run was moved, and another one stands in its place"):
            write()
    assert json.loads(other.history.read_text())["config"] == {"lr": 0.1}


def test_a_folder_that_was_refused_is_free_again(tmp_path):
    (tmp_path / "model.npz").write_text("precious")
    for _ in range(2):
        with pytest.raises(FileExistsError):
            RunFolder.create(tmp_path, {})


def test_a_process_that_was_killed_leaves_its_folder_free(root, tmp_path):
    code = "from pathlib import Path; from training.run.folder import RunFolder; "
    code += f"RunFolder.create(Path({str(tmp_path)!r}), {{}}); print('in', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "in\n"
        with pytest.raises(FolderInUse):
            RunFolder.reopen(tmp_path)
        process.kill()
    RunFolder.reopen(tmp_path).close()


def test_model_and_history_of_an_epoch_are_kept(tmp_path):
    folder = RunFolder.create(tmp_path, {})
    folder.keep_epoch(TwoLayerNet(2, 2, 2, seed=0), [{"test_accuracy": 0.5}])
    assert folder.model.exists()
    assert json.loads(folder.history.read_text())["final_test_accuracy"] == 0.5
