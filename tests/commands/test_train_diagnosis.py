"""What ``train.py`` and ``python -m training.diagnose`` say of a training that goes wrong, and of one that does not."""

import json
import subprocess
import sys

import numpy as np
import pytest

NOTHING = "diagnosis: nothing was found that is wrong"
DEEP_SIGMOID = "--network MultiLayerNet --hidden 60 60 60 60 --activation sigmoid --init 0.0001"


def train(run_command, options, out="run", **environment):
    words = f"--dataset digits --epochs 3 --no-pictures --out {out} {options}"
    result = run_command("train.py", *words.split(), **environment)
    assert result.returncode == 0, result.stderr
    return result.stdout.splitlines()


@pytest.fixture
def diagnose(root, tmp_path):
    """Run ``python -m training.diagnose`` with a folder in the test's own."""

    def run(folder=None, *words):
        given = [] if folder is None else [str(tmp_path / folder)]
        command = [sys.executable, "-m", "training.diagnose", *given, *words]
        return subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=120)

    return run


def findings_in(folder):
    return json.loads((folder / "history.json").read_text(encoding="utf-8"))["findings"]


@pytest.mark.first_is_quick
@pytest.mark.parametrize(
    ("options", "code"),
    [
        ("--lr 50", "learning-rate-too-high"),
        ("--init 0", "symmetric"),
        pytest.param(DEEP_SIGMOID, "vanishing", marks=pytest.mark.exhaustive),
        pytest.param("--lr 0.00001", "learning-rate-too-low", marks=pytest.mark.exhaustive),
    ],
)
def test_it_ends_with_what_is_wrong_and_what_came_of_the_remedy(run_command, tmp_path, options, code):
    lines = train(run_command, options)
    said = lines[lines.index("diagnosis:") + 1 :]
    first, *others = findings_in(tmp_path / "run")
    assert said[0].startswith(f"  {code}: ")
    assert said[0].endswith(f"({first['tried']['text']})")
    assert first["code"] == code
    assert first["tried"]["changed"] < first["tried"]["as_is"]
    assert said[-1].endswith(", ".join(finding["code"] for finding in others))
    assert len(said) <= 3


@pytest.mark.exhaustive
def test_one_line_says_that_nothing_is_wrong(run_command, tmp_path):
    assert train(run_command, "--epochs 12")[-1] == NOTHING
    assert findings_in(tmp_path / "run") == []


@pytest.mark.exhaustive
def test_without_a_diagnosis_the_model_is_the_same_to_the_last_bit(run_command, tmp_path):
    diagnosed = train(run_command, "--lr 50")
    left_out = train(run_command, "--lr 50 --no-diagnosis", out="other")
    assert "diagnosis:" in diagnosed
    assert not any("diagnosis" in line for line in left_out)
    histories = [json.loads((tmp_path / name / "history.json").read_text()) for name in ("run", "other")]
    assert "findings" not in histories[1]
    with np.load(tmp_path / "run" / "model.npz") as one, np.load(tmp_path / "other" / "model.npz") as other:
        assert all(np.array_equal(one[name], other[name]) for name in one if name != "meta")
    losses = [[record["train_loss"] for record in history["epochs"]] for history in histories]
    assert losses[0] == losses[1]


@pytest.mark.exhaustive
def test_a_training_that_diverges_is_diagnosed_before_it_ends_in_an_error(run_command, tmp_path):
    words = "--dataset digits --network MultiLayerNet --optimizer sgd --lr 1e18 --epochs 2 --no-pictures --out run"
    result = run_command("train.py", *words.split())
    assert result.returncode == 2
    assert "  learning-rate-too-high: " in result.stdout
    assert len(result.stderr.splitlines()) == 1
    assert findings_in(tmp_path / "run")[0]["code"] == "learning-rate-too-high"


@pytest.mark.exhaustive
def test_a_runs_folder_is_diagnosed_and_stays_as_it_is(run_command, diagnose, tmp_path):
    said = train(run_command, "--lr 50")
    before = {path.name: path.read_bytes() for path in (tmp_path / "run").iterdir()}
    result = diagnose("run")
    assert result.returncode == 0, result.stderr
    lines = result.stdout.splitlines()
    assert lines[0] == "diagnosis:"
    assert lines[1].split(":")[0] == said[said.index("diagnosis:") + 1].split(":")[0]
    assert {path.name: path.read_bytes() for path in (tmp_path / "run").iterdir()} == before


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["nowhere"], "there is no run with a checkpoint in "),
        ([], "the following arguments are required: RUN"),
        (["run", "--seconds", "-1"], "argument --seconds: expected a positive number, got -1"),
    ],
)
def test_wrong_arguments_take_one_line(diagnose, words, message):
    result = diagnose(*words)
    assert result.returncode == 2
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.exhaustive
def test_a_damaged_checkpoint_is_told(diagnose, tmp_path):
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "checkpoint.npz").write_bytes(b"PK nothing")
    result = diagnose("run")
    assert result.returncode == 2
    assert len(result.stderr.splitlines()) == 1
    assert "checkpoint" in result.stderr


@pytest.mark.exhaustive
def test_it_is_said_in_korean_too(run_command):
    lines = train(run_command, "--lr 50 --language ko")
    assert "진단:" in lines
    assert "학습률을 50 대신" in lines[-2]
