"""``python train.py`` as a user types it."""

import json
import os
import signal
import struct
import subprocess
import sys
import time

import numpy as np
import pytest

from datasets import load_digits
from networks import Network, TwoLayerNet
from tests_support import few_quick, folder_contents, part, write_folder

PICTURES = ["confusion.png", "curves.png", "distributions.png", "mistakes.png", "traces.png", "weights.png"]
FILES_OF_ONE_EPOCH = sorted(["checkpoint.npz", "history.json", "model.npz", "report.html", *PICTURES])
FILES = ["checkpoint-before.npz", *FILES_OF_ONE_EPOCH]
posix_only = pytest.mark.skipif(os.name != "posix", reason="sends POSIX signals or relies on POSIX permissions")
not_root = pytest.mark.skipif(getattr(os, "geteuid", lambda: 1)() == 0, reason="root may write everywhere")


def history_of(folder):
    return json.loads((folder / "history.json").read_text())


def test_a_run_leaves_model_numbers_and_picture(run_command, tmp_path):
    result = run_command("train.py", "--dataset", "digits", "--epochs", 3, "--seed", 4, "--out", "run")
    assert result.returncode == 0, result.stderr
    assert folder_contents(tmp_path / "run") == FILES
    history = history_of(tmp_path / "run")
    assert set(history) == {"config", "epochs", "final_test_accuracy", "findings"}
    assert [set(record) for record in history["epochs"]] == [
        {"epoch", "train_loss", "train_accuracy", "test_accuracy", "seconds"}
    ] * 3
    assert history["config"]["seed"] == 4
    assert history["config"]["dataset"] == "digits"
    network = Network.load(tmp_path / "run" / "model.npz")
    assert isinstance(network, TwoLayerNet)
    assert network.accuracy(*load_digits()[1]) == history["final_test_accuracy"]
    assert all((tmp_path / "run" / name).read_bytes().startswith(b"\x89PNG") for name in PICTURES)
    assert "TwoLayerNet" in (tmp_path / "run" / "report.html").read_text()


@pytest.mark.exhaustive
def test_it_says_what_it_trains_on_what_it_trains_each_epoch_and_what_it_wrote(run_command):
    lines = run_command("train.py", "--dataset", "digits", "--epochs", 2, "--out", "run").stdout.splitlines()
    assert lines[0] == "digits from the package: 1,438 training and 359 test images of 8 x 8, 10 classes"
    assert "Affine1              (N, 200)      13,000" in lines
    epochs = [line for line in lines if line.startswith("epoch")]
    assert len(epochs) == 2
    assert all("train loss" in line and "test accuracy" in line and line.endswith(" s") for line in epochs)
    place = next(number for number, line in enumerate(lines) if line.startswith("wrote to run: "))
    assert lines[place - 1].startswith("test accuracy 9")
    assert all(name in lines[place] for name in ("model.npz", "history.json", "report.html", *PICTURES))
    assert lines[place + 1].startswith("diagnosis: ")


@pytest.mark.exhaustive
def test_quiet_prints_the_result_only(run_command):
    result = run_command("train.py", "--dataset", "digits", "--epochs", 1, "--out", "run", "--quiet")
    assert len(result.stdout.splitlines()) == 2
    assert result.stderr == ""


@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", few_quick(part(range(10), 2), 0))
def test_the_defaults_reach_96_percent_on_the_digits(run_command, tmp_path, seed):
    options = "--dataset digits --quiet --no-pictures --no-diagnosis --out run".split()
    run_command("train.py", *options, "--seed", seed)
    assert history_of(tmp_path / "run")["final_test_accuracy"] >= 0.96


@pytest.mark.exhaustive
def test_the_defaults_reach_97_5_percent_on_mnist(run_command, tmp_path, mnist_folder):
    """One seed here; benchmarks/default_accuracy.py measures all from 0 to 9."""
    run_command("train.py", "--no-pictures", "--data-dir", mnist_folder, "--quiet", "--out", "run", timeout=600)
    history = history_of(tmp_path / "run")
    assert history["config"]["dataset"] == "mnist"
    assert history["final_test_accuracy"] >= 0.975


@pytest.mark.exhaustive
def test_plain_sgd_with_50_hidden_units_reaches_97_percent_on_mnist_within_20_epochs(
    run_command, tmp_path, mnist_folder
):
    options = "--hidden 50 --batch-size 100 --lr 0.1 --epochs 20 --target-accuracy 0.97 --out run --quiet".split()
    run_command("train.py", "--no-pictures", "--data-dir", mnist_folder, *options, timeout=600)
    epochs = history_of(tmp_path / "run")["epochs"]
    assert epochs[-1]["test_accuracy"] >= 0.97
    assert all(record["test_accuracy"] < 0.97 for record in epochs[:-1])


@pytest.mark.exhaustive
def test_the_same_seed_gives_the_same_model_to_the_bit(run_command, tmp_path):
    for name in ("a", "b"):
        run_command("train.py", "--dataset", "digits", "--epochs", 2, "--quiet", "--no-pictures", "--out", name)
    a, b = (Network.load(tmp_path / name / "model.npz").params for name in ("a", "b"))
    assert all(np.array_equal(a[name], b[name]) for name in a)


@pytest.mark.exhaustive
def test_the_options_reach_the_network_and_the_trainer(run_command, tmp_path):
    options = "--hidden 7 --activation sigmoid --init 0.01 --epochs 2 --batch-size 33 --lr 0.25 --seed 3".split()
    run_command("train.py", "--no-pictures", "--dataset", "digits", *options, "--out", "run")
    config = history_of(tmp_path / "run")["config"]
    expected = {"hidden_size": 7, "activation": "sigmoid", "weight_init_std": 0.01, "epochs": 2}
    expected |= {"batch_size": 33, "lr": 0.25, "seed": 3, "command": "python train.py --no-pictures --dataset digits "}
    expected["command"] += " ".join(options) + " --out run"
    assert {name: config[name] for name in expected} == expected
    assert list(Network.load(tmp_path / "run" / "model.npz").layers) == ["Affine1", "Sigmoid1", "Affine2"]


NETWORK_OPTIONS = {
    "TwoLayerNet": ("--hidden 20 --activation tanh", {"hidden_size": 20, "activation": "tanh"}, 0.5),
    "MultiLayerNet": (
        "--hidden 30 20 --batch-norm --dropout 0.1 --activation gelu",
        {"hidden_size_list": [30, 20], "use_batchnorm": True, "use_dropout": True, "dropout_ratio": 0.1},
        0.8,
    ),
    "SimpleConvNet": (
        "--filters 8 --filter-size 3 --hidden 30",
        {"conv_param": {"filter_num": 8, "filter_size": 3}, "hidden_size": 30},
        0.8,
    ),
    "DeepConvNet": ("--hidden 40 --dropout 0.2", {"hidden_size": 40, "dropout_ratio": 0.2}, 0.8),
    "ResidualNet": ("--channels 8 16 --blocks 1 --init uniform", {"channel_list": [8, 16], "blocks": 1}, 0.8),
}


@pytest.mark.exhaustive
@pytest.mark.parametrize("network", few_quick(NETWORK_OPTIONS, "TwoLayerNet", "MultiLayerNet"))
def test_every_network_learns_and_comes_back(run_command, tmp_path, network):
    options, expected, accuracy = NETWORK_OPTIONS[network]
    result = run_command(
        "train.py",
        "--dataset",
        "digits",
        "--network",
        network,
        *options.split(),
        "--epochs",
        8,
        "--no-pictures",
        "--out",
        "run",
    )
    assert result.returncode == 0, result.stderr
    history = history_of(tmp_path / "run")
    assert {name: history["config"][name] for name in expected} == expected
    loaded = Network.load(tmp_path / "run" / "model.npz")
    assert type(loaded).__name__ == history["config"]["network"] == network
    x, t = load_digits(flatten=network in ("TwoLayerNet", "MultiLayerNet"))[1]
    assert loaded.accuracy(x, t) == history["final_test_accuracy"] > accuracy


@pytest.mark.exhaustive
def test_the_options_of_the_update_reach_the_trainer(run_command, tmp_path):
    options = "--optimizer rmsprop --weight-decay 0.001 --clip-norm 2 --schedule warm-up-cosine --epochs 2".split()
    result = run_command("train.py", "--no-pictures", "--dataset", "digits", *options, "--out", "run")
    assert result.returncode == 0, result.stderr
    config = history_of(tmp_path / "run")["config"]
    expected = {"optimizer": "RMSprop", "lr": 0.001, "weight_decay": 0.001, "clip_norm": 2.0}
    expected |= {"schedule": "warm-up-cosine", "decay_rate": 0.99}
    assert {name: config[name] for name in expected} == expected


@pytest.mark.exhaustive
def test_a_network_is_trained_as_suits_it_when_nothing_is_said(run_command, tmp_path):
    for network, expected in (
        ("TwoLayerNet", {"optimizer": "SGD", "lr": 0.5, "schedule": "constant"}),
        ("MultiLayerNet", {"optimizer": "Adam", "lr": 0.001, "schedule": "cosine"}),
    ):
        options = f"--dataset digits --network {network} --epochs 1 --quiet --out {network}"
        assert run_command("train.py", "--no-pictures", *options.split()).returncode == 0
        config = history_of(tmp_path / network)["config"]
        assert {name: config[name] for name in expected} == expected


@pytest.mark.exhaustive
def test_a_batch_size_that_leaves_one_sample_over_does_no_harm(run_command):
    options = "--dataset digits --network MultiLayerNet --batch-norm --epochs 1 --batch-size 479".split()
    assert run_command("train.py", "--no-pictures", *options).returncode == 0


@pytest.mark.exhaustive
def test_unnamed_runs_get_names_of_their_own(run_command, tmp_path):
    for _ in range(2):
        run_command("train.py", "--dataset", "digits", "--epochs", 1, "--quiet")
    folders = sorted((tmp_path / "runs").iterdir())
    assert len(folders) == 2
    assert all(
        folder.name.startswith("digits-20") and folder_contents(folder) == FILES_OF_ONE_EPOCH for folder in folders
    )


@pytest.mark.exhaustive
def test_training_stops_at_the_target(run_command, tmp_path):
    run_command("train.py", "--no-pictures", "--dataset", "digits", "--target-accuracy", 0.9, "--out", "run")
    epochs = history_of(tmp_path / "run")["epochs"]
    assert len(epochs) < 10
    assert epochs[-1]["test_accuracy"] >= 0.9


@pytest.mark.exhaustive
def test_without_mnist_and_without_a_network_auto_says_so_in_one_line_and_takes_the_digits(run_command, tmp_path):
    result = run_command("train.py", "--no-pictures", "--epochs", 1, "--out", "run")
    assert result.returncode == 0
    (line,) = result.stderr.splitlines()
    assert line.startswith("MNIST is not on this machine and cannot be downloaded (ossci-datasets.s3.amazonaws.com: ")
    assert "storage.googleapis.com: " in line
    assert "--data-dir" in line
    assert line.endswith("Training on the embedded digits instead.")
    assert history_of(tmp_path / "run")["config"]["dataset"] == "digits"


@pytest.mark.exhaustive
def test_a_cache_that_cannot_be_written_is_a_reason_too(run_command, tmp_path):
    (tmp_path / "file").write_text("")
    cache = {"XDG_CACHE_HOME": tmp_path / "file", "LOCALAPPDATA": tmp_path / "file", "HOME": tmp_path / "file"}
    result = run_command("train.py", "--no-pictures", "--epochs", 1, "--out", "run", **cache)
    assert result.returncode == 0
    assert "cannot be downloaded (" in result.stderr
    assert "Training on the embedded digits instead." in result.stderr


@pytest.mark.exhaustive
def test_mnist_asked_for_by_name_never_falls_back(run_command, tmp_path):
    assert_one_line(run_command("train.py", "--dataset", "mnist"), "cannot download train-images-idx3-ubyte.gz")
    assert not (tmp_path / "runs").exists()


@pytest.mark.exhaustive
def test_an_environment_variable_that_names_no_mnist_is_a_reason_too(run_command, tmp_path):
    result = run_command("train.py", "--dataset", "mnist", CHAINRULE_DATA=tmp_path / "nowhere")
    assert_one_line(result, f"{tmp_path / 'nowhere' / 'mnist'}: none of the four files is there; https://")


@pytest.mark.exhaustive
def test_auto_takes_the_mnist_in_the_environment(run_command, tmp_path):
    write_folder(tmp_path / "data" / "mnist")
    result = run_command("train.py", "--no-pictures", "--epochs", 1, "--out", "run", CHAINRULE_DATA=tmp_path / "data")
    assert "6 training and 4 test images of 4 x 3" in result.stdout
    assert result.stderr == ""


def test_auto_does_not_hide_a_damaged_mnist_behind_the_digits(run_command, tmp_path):
    folder = write_folder(tmp_path / "data" / "mnist")
    (folder / "train-images-idx3-ubyte.gz").write_bytes(b"damaged")
    result = run_command("train.py", CHAINRULE_DATA=tmp_path / "data")
    assert_one_line(result, "train-images-idx3-ubyte.gz: not an IDX file")


def assert_one_line(result, message):
    assert result.returncode == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith("train.py: error: ")
    assert message in line
    assert "Traceback" not in line


@pytest.mark.first_is_quick
@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("--lr 0", "--lr: expected a positive number, got 0"),
        ("--lr nan", "--lr: expected a positive number, got nan"),
        ("--lr inf", "--lr: expected a positive number, got inf"),
        ("--lr fast", "--lr: expected a positive number, got fast"),
        ("--epochs 0", "--epochs: expected a whole number of at least 1, got 0"),
        ("--hidden -3", "--hidden: expected a whole number of at least 1, got -3"),
        ("--hidden 1000000000000", "Unable to allocate"),
        ("--batch-size 1.5", "--batch-size: expected a whole number of at least 1, got 1.5"),
        ("--seed -1", "--seed: expected a whole number of at least 0, got -1"),
        ("--init kaiming", "--init: expected he, xavier, uniform or a number of at least 0, got kaiming"),
        ("--init -0.1", "--init: expected he, xavier, uniform or a number of at least 0, got -0.1"),
        ("--activation swish", "--activation: invalid choice: 'swish'"),
        (
            "--target-accuracy 97",
            "--target-accuracy: expected a share greater than 0 and at most 1, such as 0.97, got 97",
        ),
        ("--dataset cifar", "--dataset: invalid choice: 'cifar'"),
        ("--network AlexNet", "--network: invalid choice: 'AlexNet' (choose from"),
        (
            "--network SimpleConvNet --blocks 2",
            "SimpleConvNet has no option --blocks; it has --hidden",
        ),
        ("--network SimpleConvNet --filter-size 9", "a window 9 high does not fit into an image 8 high"),
        ("--hidden 5 4", "TwoLayerNet has one hidden layer, got --hidden 5 4"),
        ("--batch-norm", "TwoLayerNet has no option --batch-norm; it has --hidden, --activation, --init"),
        ("--network DeepConvNet --dropout 1", "--dropout: expected a share of at least 0 and less than 1"),
        ("--optimizer sgdm", "--optimizer: invalid choice: 'sgdm'"),
        ("--schedule linear", "--schedule: invalid choice: 'linear'"),
        ("--weight-decay -1", "--weight-decay: expected a number of at least 0, got -1"),
        ("--clip-norm 0", "--clip-norm: expected a positive number, got 0"),
        ("--lerning-rate 1", "unrecognized arguments: --lerning-rate 1"),
        ("--data-dir nowhere", "there is no digits.npz in nowhere"),
        ("--out=", "--out: expected a folder, got an empty name"),
    ],
)
def test_options_out_of_range_take_one_line_and_leave_nothing(run_command, tmp_path, options, message):
    dataset = [] if "--dataset" in options else ["--dataset", "digits"]
    assert_one_line(run_command("train.py", *dataset, *options.split()), message)
    assert not (tmp_path / "runs").exists()


@pytest.mark.exhaustive
def test_a_folder_with_a_run_in_it_is_never_overwritten(run_command, tmp_path):
    run_command("train.py", "--dataset", "digits", "--epochs", 1, "--no-pictures", "--out", "run")
    before = {path: path.read_bytes() for path in (tmp_path / "run").iterdir()}
    result = run_command("train.py", "--dataset", "digits", "--epochs", 1, "--out", "run")
    assert_one_line(result, "run holds a run already, and a run is never overwritten; choose another folder")
    assert {path: path.read_bytes() for path in (tmp_path / "run").iterdir()} == before


def test_an_out_that_is_a_file_is_refused_and_kept(run_command, tmp_path):
    (tmp_path / "file").write_text("precious")
    for out in ("file", "file/run"):
        assert_one_line(run_command("train.py", "--dataset", "digits", "--out", out), "file")
    assert (tmp_path / "file").read_text() == "precious"


@pytest.mark.skipif(sys.platform != "linux", reason="/proc, where nobody may write, is Linux's")
def test_an_out_that_cannot_be_written_is_refused_even_for_root(run_command):
    assert_one_line(
        run_command("train.py", "--dataset", "digits", "--out", "/proc/run"), "cannot write a run to /proc/run"
    )


@posix_only
@not_root
def test_an_out_without_write_permission_is_refused(run_command, tmp_path):
    (tmp_path / "closed").mkdir(mode=0o555)
    result = run_command("train.py", "--dataset", "digits", "--out", "closed/run")
    assert_one_line(result, "cannot write a run to closed/run: Permission denied")


@pytest.mark.exhaustive
def test_a_loss_that_explodes_takes_one_line_with_step_and_learning_rate(run_command, tmp_path):
    result = run_command("train.py", "--dataset", "digits", "--lr", "1e9", "--out", "run")
    assert_one_line(result, "with learning rate 1e+09")
    assert "no epoch was whole, so there is no model in run" in result.stderr
    assert history_of(tmp_path / "run")["epochs"] == []


def wait_for(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come to that"
        time.sleep(0.02)


@posix_only
def test_ctrl_c_keeps_the_history_and_the_model_of_the_last_whole_epoch(start_command, tmp_path):
    run = tmp_path / "run"
    process = start_command("train.py", "--dataset", "digits", "--epochs", 100_000, "--out", run)
    wait_for(lambda: (run / "history.json").exists() and len(history_of(run)["epochs"]) >= 3)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=5)
    assert process.returncode == 130
    history = history_of(run)
    (line,) = errors.splitlines()
    assert line.startswith("train.py: interrupted; kept all ")
    network = Network.load(run / "model.npz")
    assert network.accuracy(*load_digits()[1]) == history["final_test_accuracy"]
    assert folder_contents(run) == ["checkpoint-before.npz", "checkpoint.npz", "history.json", "model.npz"]


# A program, and a module that it imports before it does anything else.
IMPORTS = [
    ("train.py", "numpy"),
    ("gradient_check.py", "numpy"),
    ("train.py", "layers"),
    ("gradient_check.py", "gradients"),
]


@posix_only
@pytest.mark.parametrize(("script", "module"), few_quick(IMPORTS, *IMPORTS[:2]))
def test_ctrl_c_during_the_imports_shows_no_traceback(root, script, module):
    words = [sys.executable, "-X", "importtime", str(root / script)]  # which says when a module has been imported
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    shown = [next(line for line in process.stderr if f" {module}." in line)]
    process.send_signal(signal.SIGINT)
    shown += process.communicate(timeout=60)[1].splitlines()
    assert process.returncode == -signal.SIGINT
    assert all(line.startswith("import time:") for line in shown if line.strip())


@pytest.mark.exhaustive
@posix_only
def test_ctrl_c_before_the_first_epoch_is_whole_keeps_the_steps(start_command, tmp_path, mnist_folder):
    run = tmp_path / "run"
    process = start_command("train.py", "--data-dir", mnist_folder, "--hidden", 2000, "--out", run)
    wait_for(lambda: (run / "history.json").exists() and (run / "history.json").stat().st_size > 0)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert errors.endswith(f"in {run}; go on with: python train.py --resume {run}\n")
    assert history_of(run)["epochs"] == []
    assert folder_contents(run) == ["checkpoint.npz", "history.json"]


@pytest.mark.exhaustive
@posix_only
def test_on_a_terminal_a_bar_shows_the_running_loss(root, tmp_path):
    import fcntl
    import pty
    import termios

    ours, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
    options = ["--dataset", "digits", "--epochs", "2", "--no-pictures", "--out", str(tmp_path / "run")]
    command = [sys.executable, str(root / "train.py"), *options]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=terminal) as process:
        os.close(terminal)
        shown = b""
        while chunk := read_terminal(ours):
            shown += chunk
    os.close(ours)
    assert process.returncode == 0
    assert b"epoch 1:" in shown
    assert b"loss=" in shown


def read_terminal(descriptor):
    """Read from a terminal whose other end may have been closed, which Linux calls an error."""
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""


@pytest.mark.exhaustive
def test_the_command_that_is_kept_runs_again(run_command, tmp_path):
    run_command("train.py", "--dataset", "digits", "--epochs", 1, "--no-pictures", "--out", "my run")
    command = history_of(tmp_path / "my run")["config"]["command"]
    assert command == "python train.py --dataset digits --epochs 1 --no-pictures --out 'my run'"


@pytest.mark.exhaustive
def test_a_data_set_in_mnists_format_bears_its_folders_name(run_command, tmp_path):
    folder = write_folder(tmp_path / "fashion")
    result = run_command("train.py", "--data-dir", folder, "--epochs", 1, "--no-pictures")
    assert result.stdout.startswith("fashion from ")
    (run,) = (tmp_path / "runs").iterdir()
    assert run.name.startswith("fashion-")
    assert history_of(run)["config"]["dataset"] == "fashion"


@posix_only
def test_a_reader_that_goes_away_is_no_crash(root, tmp_path):
    command = f"{sys.executable} {root / 'train.py'} --dataset digits --epochs 3 --out {tmp_path / 'run'} | head -1"
    result = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=60)
    assert result.stdout.startswith("digits from")
    assert "Traceback" not in result.stderr


@pytest.mark.exhaustive
@posix_only
@pytest.mark.parametrize("closed", few_quick([">&-", "2>&-", "<&-"], ">&-"))
def test_closed_streams_are_no_crash(root, tmp_path, closed):
    command = f"{sys.executable} {root / 'train.py'} --dataset digits --epochs 1 --out {tmp_path / 'run'} {closed}"
    result = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=60)
    assert result.returncode == 0
    assert result.stderr == ""
    assert folder_contents(tmp_path / "run") == FILES_OF_ONE_EPOCH


@pytest.mark.exhaustive
def test_a_name_that_the_terminal_cannot_show_is_printed_in_escapes(run_command):
    result = run_command("train.py", "--dataset", "digits", "--epochs", 1, "--out", "学習", PYTHONIOENCODING="ascii")
    assert result.returncode == 0
    assert r"wrote to \u5b66\u7fd2" in result.stdout
