"""``python train.py`` on data that are no images: toy sets and tables; and a part that is held out."""

import json

import numpy as np
import pytest

from datasets.opening import open_table, open_toy
from networks import Network
from tests_support import few_quick, folder_contents, part

LEARNED = {"spiral": 0.97, "moons": 0.97, "circles": 0.97, "xor": 0.9}
NOISE = 0.1**2 / 2  # the loss of the curve itself on the curve
EVERYWHERE = ["checkpoint-before.npz", "checkpoint.npz", "curves.png", "distributions.png", "history.json"]
EVERYWHERE += ["model.npz", "report.html", "traces.png"]
NETWORKS = ("TwoLayerNet", "MultiLayerNet")


def history_of(folder):
    return json.loads((folder / "history.json").read_text())


@pytest.fixture
def flowers(tmp_path):
    """A table of two numbers and a word, from which the fourth column follows."""
    rng = np.random.default_rng(0)
    lines = ["petal,sepal,colour,kind"]
    for place in range(150):
        kind = place % 3
        petal, sepal = rng.normal(2 * kind, 0.3), rng.normal(5 - kind, 0.3)
        lines.append(f"{petal:.2f},{sepal:.2f},{'red' if place % 2 else 'blue'},{('rose', 'tulip', 'daisy')[kind]}")
    (tmp_path / "flowers.csv").write_text("\n".join(lines))
    return tmp_path / "flowers.csv"


@pytest.mark.exhaustive
@pytest.mark.parametrize("network", few_quick(NETWORKS, "TwoLayerNet"))
@pytest.mark.parametrize("name", few_quick(LEARNED, "spiral", "xor"))
def test_every_toy_set_is_learned_and_its_boundary_drawn(run_command, tmp_path, name, network):
    result = run_command("train.py", "--dataset", name, "--network", network, "--out", "run")
    assert result.returncode == 0, result.stderr
    assert folder_contents(tmp_path / "run") == sorted([*EVERYWHERE, "boundary.png", "confusion.png"])
    history = history_of(tmp_path / "run")
    assert history["final_test_accuracy"] >= LEARNED[name]
    data, loaded = open_toy(name), Network.load(tmp_path / "run" / "model.npz")
    assert loaded.accuracy(data.x_test, data.t_test) == history["final_test_accuracy"]
    assert (tmp_path / "run" / "boundary.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", part(range(5), 2))
@pytest.mark.parametrize("name", [*LEARNED, "curve"])
def test_the_defaults_learn_a_toy_set_with_every_seed(run_command, tmp_path, name, seed):
    options = "--no-pictures --no-diagnosis --quiet --out run".split()
    run_command("train.py", "--dataset", name, "--seed", seed, *options)
    history = history_of(tmp_path / "run")
    if name == "curve":
        assert history["final_test_loss"] < 1.2 * NOISE
    else:
        assert history["final_test_accuracy"] >= LEARNED[name]


@pytest.mark.exhaustive
def test_of_the_curve_the_loss_is_told_where_others_have_an_accuracy(run_command, tmp_path):
    result = run_command("train.py", "--dataset", "curve", "--out", "run", "--no-diagnosis")
    assert result.returncode == 0, result.stderr
    assert folder_contents(tmp_path / "run") == sorted([*EVERYWHERE, "fit.png"])
    history, lines = history_of(tmp_path / "run"), result.stdout.splitlines()
    loss = history["final_test_loss"]
    assert history["final_test_accuracy"] is None
    assert history["epochs"][-1]["test_loss"] == loss < 1.2 * NOISE
    assert lines[1].startswith("x was stretched from 0..1 to -1..1")
    assert f"test loss {loss:.4f}" in lines[-3]
    assert lines[-2] == f"test loss {loss:.4f}"
    assert "accuracy" not in result.stdout
    data, loaded = open_toy("curve"), Network.load(tmp_path / "run" / "model.npz")
    assert loaded.loss(data.x_test, data.t_test) == pytest.approx(loss, rel=1e-5)


@pytest.mark.exhaustive
def test_what_is_held_out_is_told_kept_and_drawn(run_command, tmp_path):
    result = run_command(
        "train.py", "--dataset", "moons", "--validation", 0.25, "--epochs", 3, "--out", "run", "--no-diagnosis"
    )
    assert result.returncode == 0, result.stderr
    history, lines = history_of(tmp_path / "run"), result.stdout.splitlines()
    last = history["epochs"][-1]
    assert list(last)[2:-1] == ["train_accuracy", "test_accuracy", "validation_accuracy", "validation_loss"]
    assert history["config"]["validation"] == 0.25
    assert lines[0].startswith("moons from the package: 300 training and 100 test points")
    assert lines[1] == "100 of the 400 training samples are held out for validation"
    accuracies = f"validation accuracy {last['validation_accuracy']:.2%}{{}}test accuracy {last['test_accuracy']:.2%}"
    assert accuracies.format("  ") in lines[-3]
    assert lines[-2] == accuracies.format(", ")
    page = (tmp_path / "run" / "report.html").read_text(encoding="utf-8")
    assert '"validation_accuracy":' in page


@pytest.mark.parametrize("network", few_quick(["TwoLayerNet", "SimpleConvNet"], "TwoLayerNet"))
def test_digits_are_held_out_too(run_command, tmp_path, network):
    options = f"--dataset digits --network {network} --validation 0.1 --epochs 2 --quiet --no-pictures --out run"
    result = run_command("train.py", *options.split())
    assert result.stdout.startswith("validation accuracy "), result.stderr
    assert history_of(tmp_path / "run")["epochs"][-1]["validation_loss"] > 0


@pytest.mark.exhaustive
def test_training_stops_at_the_target_in_validation(run_command, tmp_path):
    options = "--dataset spiral --validation 0.2 --target-accuracy 0.9 --no-pictures --out run"
    run_command("train.py", *options.split())
    reached = [record["validation_accuracy"] for record in history_of(tmp_path / "run")["epochs"]]
    assert max(reached[:-1]) < 0.9 <= reached[-1]


@pytest.mark.exhaustive
def test_a_table_is_learned_by_the_names_of_its_columns(run_command, tmp_path, flowers):
    result = run_command("train.py", "--data", flowers, "--target", "kind", "--without", "colour", "--out", "run")
    assert result.returncode == 0, result.stderr
    assert folder_contents(tmp_path / "run") == sorted([*EVERYWHERE, "boundary.png", "confusion.png"])
    history = history_of(tmp_path / "run")
    assert history["final_test_accuracy"] >= 0.95
    assert (history["config"]["dataset"], history["config"]["source"]) == ("flowers", str(flowers.resolve()))
    assert "30 of 150 lines are held out as the test set" in result.stdout
    assert '"classes":["daisy","rose","tulip"]' in (tmp_path / "run" / "report.html").read_text(encoding="utf-8")


@pytest.mark.exhaustive
def test_a_table_of_values_is_a_regression_of_all_its_features(run_command, tmp_path, flowers):
    result = run_command("train.py", "--data", flowers, "--target", "petal", "--out", "run")
    assert result.returncode == 0, result.stderr
    assert folder_contents(tmp_path / "run") == sorted([*EVERYWHERE, "fit.png"])
    data, loaded = open_table(flowers, "petal"), Network.load(tmp_path / "run" / "model.npz")
    assert data.features == 6
    assert history_of(tmp_path / "run")["final_test_loss"] == pytest.approx(loaded.loss(data.x_test, data.t_test))
    assert history_of(tmp_path / "run")["final_test_loss"] < 0.1


@pytest.mark.exhaustive
def test_missing_values_are_seen_to_as_it_is_said(run_command, flowers):
    flowers.write_text(flowers.read_text() + "\n,1,red,rose")
    words = ("train.py", "--data", flowers, "--target", "kind", "--no-pictures", "--epochs", 1)
    assert_one_line(run_command(*words), "values are missing: petal: line 152")
    assert run_command(*words, "--missing", "leave-out").returncode == 0


def assert_one_line(result, message):
    assert result.returncode == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith("train.py: error: ")
    assert message in line


TABLE = "--data flowers.csv --target kind "


@pytest.mark.first_is_quick
@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("--dataset spiral --network SimpleConvNet", "SimpleConvNet is for images, and the samples of spiral are none"),
        ("--dataset curve --network ResidualNet", "train TwoLayerNet, MultiLayerNet"),
        ("--dataset curve --target-accuracy 0.9", "a target accuracy needs a network that classifies"),
        ("--dataset spiral --data-dir .", "spiral is made by the program: leave out --data-dir"),
        ("--dataset spirals", "--dataset: invalid choice: 'spirals'"),
        ("--dataset moons --validation 0", "--validation: expected a share between 0 and 1, such as 0.1, got 0"),
        ("--dataset moons --validation 1", "--validation: expected a share between 0 and 1, such as 0.1, got 1"),
        ("--dataset moons --validation some", "--validation: expected a share between 0 and 1, such as 0.1, got some"),
        ("--data flowers.csv", "--data needs --target COLUMN"),
        ("--target kind", "--target: only a table has such options, and --data FILE is missing"),
        ("--dataset moons --without x1", "--without: only a table has such options"),
        (TABLE + "--dataset mnist", "--data is a table of one's own; leave out --dataset"),
        (TABLE + "--data-dir .", "--data is a table of one's own; leave out --data-dir"),
        (TABLE + "--network DeepConvNet", "DeepConvNet is for images, and the samples of flowers are none"),
        (TABLE + "--kind values", "expected numbers, which regression is about, got words such as daisy"),
        ("--data flowers.csv --target size", "flowers.csv has no column size; it has petal, sepal, colour, kind"),
        ("--data nowhere.csv --target kind", "there is no file nowhere.csv"),
        ("--data . --target kind", ". is a folder; --data takes a file"),
        ("--data= --target kind", "--data: expected a file, got an empty name"),
        (TABLE + "--missing guess", "--missing: invalid choice: 'guess'"),
    ],
)
def test_options_that_do_not_go_together_take_one_line_and_leave_nothing(
    run_command, tmp_path, flowers, options, message
):
    assert_one_line(run_command("train.py", *options.split()), message)
    assert not (tmp_path / "runs").exists()
