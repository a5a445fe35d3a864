import json
import signal
import threading

import pytest

from networks import TwoLayerNet
from tests_support import folder_contents
from training.interrupts import ctrl_c_deferred
from training.run_folder import RunFolder, new_run_folder


def test_a_new_folder_holds_the_configuration_from_the_start(tmp_path):
    folder = RunFolder(tmp_path / "a" / "run", {"lr": 0.1})
    assert json.loads(folder.history.read_text()) == {
        "config": {"lr": 0.1},
        "epochs": [],
        "final_test_accuracy": None,
    }


@pytest.mark.parametrize("name", ["model.npz", "history.json", "curves.png"])
def test_a_folder_with_a_run_in_it_is_never_taken(tmp_path, name):
    (tmp_path / name).write_text("precious")
    with pytest.raises(FileExistsError, match="holds a run already"):
        RunFolder(tmp_path, {})
    assert (tmp_path / name).read_text() == "precious"
    assert folder_contents(tmp_path) == [name]


def test_an_empty_folder_is_taken(tmp_path):
    assert RunFolder(tmp_path, {}).history.exists()


def test_unnamed_runs_get_free_names(tmp_path):
    folders = [new_run_folder(tmp_path / "runs", "digits", {}) for _ in range(4)]
    assert len({folder.path for folder in folders}) == 4
    assert all(folder.path.name.startswith("digits-") for folder in folders)


def test_a_runs_that_is_a_file_is_an_error_and_no_endless_search(tmp_path):
    (tmp_path / "runs").write_text("a file")
    with pytest.raises(OSError, match="runs"):
        new_run_folder(tmp_path / "runs", "digits", {})


def test_ctrl_c_while_an_epoch_is_written_leaves_model_and_history_of_the_same_epoch(tmp_path):
    folder = RunFolder(tmp_path / "run", {})
    network = TwoLayerNet(2, 2, 2, seed=0)

    class Interrupted:
        def save(self, path):
            network.save(path)
            signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        folder.keep_epoch(Interrupted(), [{"test_accuracy": 0.5}])
    assert folder.model.exists()
    assert json.loads(folder.history.read_text())["final_test_accuracy"] == 0.5


def test_deferring_works_in_a_thread_where_ctrl_c_never_arrives():
    done = []

    def work():
        with ctrl_c_deferred():
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


def test_deferring_gives_the_handler_back_even_after_an_error():
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(ZeroDivisionError), ctrl_c_deferred():
        _ = 1 / 0
    assert signal.getsignal(signal.SIGINT) is before
