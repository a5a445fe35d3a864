"""The command that searches: what it leaves and says, and what it says to what is wrong."""

import html
import json
import os
import re
import shlex
import subprocess
import sys

import pytest

from search_support import endings, environment_of, frozen_trials, journal, search, words_of
from training.search.command import command

pytest.importorskip("optuna", reason="Optuna is not installed (pip install optuna)")
QUICK = "--dataset spiral --epochs 3 --vary lr=0.001:0.1 hidden=5:60".split()


@pytest.fixture
def run(capsys):
    """Run the command in this process, and return what it printed."""

    def call(*words, status=0):
        ended = command([str(word) for word in words])
        output, errors = capsys.readouterr()
        assert ended == status, errors
        return output if status == 0 else errors

    return call


@pytest.fixture
def refused(capsys):
    """What the command says to what is wrong, without the program's name."""

    def call(*words):
        try:
            status = command([str(word) for word in words])
        except SystemExit as ended:  # of argparse
            status = ended.code
        _, errors = capsys.readouterr()
        assert status == 2
        assert errors.count("\n") == 1
        beginning = "python -m training.search: error: "
        assert errors.startswith(beginning)
        return errors.removeprefix(beginning).removesuffix(" (see python -m training.search --help)\n").rstrip("\n")

    return call


def test_a_search_leaves_its_trials_and_a_page_and_says_what_is_best(run, tmp_path):
    output = run(tmp_path / "study", *QUICK, "--trials", 3)
    lines = output.splitlines()
    assert [line.partition(":")[0] for line in lines if line.startswith("trial ") and ":" in line] == [
        "trial 0",
        "trial 1",
        "trial 2",
    ]
    assert "3 of 3 trials: 3 complete" in lines
    assert lines[-1] == f"wrote {tmp_path / 'study' / 'search.html'}"
    assert endings(tmp_path / "study") == {0: 1, 1: 1, 2: 1}


@pytest.mark.exhaustive
def test_the_first_trial_is_the_defaults_as_far_as_they_lie_in_what_is_varied(run, tmp_path):
    run(tmp_path / "study", *"--dataset spiral --epochs 2 --trials 1 --vary lr=0.02:0.1 hidden=20:300".split())
    (trial,) = frozen_trials(tmp_path / "study")
    assert trial.params == {"lr": 0.02, "hidden": 200}  # train.py has 0.01


@pytest.mark.exhaustive
def test_the_test_samples_decide_nothing_and_are_not_even_computed_with(monkeypatch, run, tmp_path):
    from datasets import opening
    from training.search import definition

    def spoiled(options):
        data = opening.open_toy("spiral")
        return data._replace(x_test=data.x_test * float("nan"))

    monkeypatch.setattr(definition, "open_dataset", spoiled)
    run(tmp_path / "spoiled", *QUICK, "--trials", 2)
    monkeypatch.undo()
    run(tmp_path / "usual", *QUICK, "--trials", 2)
    spoiled, usual = (
        [trial.intermediate_values for trial in frozen_trials(tmp_path / name)] for name in ("spoiled", "usual")
    )
    assert spoiled == usual


@pytest.mark.exhaustive
def test_one_process_alone_makes_the_same_trials_again(run, tmp_path):
    for name in ("first", "second"):
        run(tmp_path / name, *QUICK, "--trials", 4)
    first, second = ([trial.params for trial in frozen_trials(tmp_path / name)] for name in ("first", "second"))
    assert first == second


@pytest.mark.exhaustive
def test_a_search_goes_on_with_more_trials_and_with_the_folder_alone(run, tmp_path):
    run(tmp_path / "study", *QUICK, "--trials", 2)
    run(tmp_path / "study", "--trials", 3)
    assert "3 of 3 trials" in run(tmp_path / "study")
    assert endings(tmp_path / "study") == {0: 1, 1: 1, 2: 1}


@pytest.mark.exhaustive
def test_show_trains_nothing_and_shows_every_trial(run, tmp_path):
    run(tmp_path / "study", *QUICK, "--trials", 2)
    before = journal(tmp_path / "study")
    (tmp_path / "study" / "search.html").unlink()
    output = run(tmp_path / "study", "--show")
    assert [line.split()[0] for line in output.splitlines()[1:3]] in (["0", "1"], ["1", "0"])
    assert (tmp_path / "study" / "search.html").exists()
    assert journal(tmp_path / "study") == before


@pytest.mark.exhaustive
def test_a_regression_is_judged_by_its_loss(run, tmp_path):
    output = run(tmp_path / "study", *"--dataset curve --epochs 3 --trials 3 --vary lr=0.001:0.1".split())
    losses = [trial.value for trial in frozen_trials(tmp_path / "study")]
    best = re.search(r"^best: trial (\d), validation loss (\S+):", output, re.M)
    assert int(best[1]) == losses.index(min(losses))
    assert float(best[2]) == pytest.approx(min(losses), rel=1e-3)


def test_a_trial_that_diverges_is_recorded_with_its_reason_and_the_search_goes_on(run, tmp_path):
    words = "--dataset curve --epochs 2 --trials 2 --optimizer sgd --vary lr=1e30,0.01".split()
    output = run(tmp_path / "study", *words)
    reasons = [trial.user_attrs.get("reason") for trial in frozen_trials(tmp_path / "study")]
    assert len(reasons) == 2
    assert any(reason and "is not finite" in reason for reason in reasons), reasons
    assert re.search(r"^trial \d: diverged: ", output, re.M)


@pytest.mark.exhaustive
def test_a_trial_that_cannot_be_built_is_recorded_with_its_reason_and_the_search_goes_on(run, tmp_path):
    output = run(tmp_path / "study", *"--dataset spiral --epochs 1 --trials 4".split(), "--vary", "hidden=20,20 10")
    states = {trial.params["hidden"]: trial for trial in frozen_trials(tmp_path / "study")}
    assert states["20"].state.name == "COMPLETE"
    assert states["20 10"].user_attrs["reason"] == "TwoLayerNet has one hidden layer, got --hidden 20 10"
    assert "failed: TwoLayerNet has one hidden layer" in output


@pytest.mark.exhaustive
def test_hopeless_trials_are_stopped_early_and_never_the_defaults(run, tmp_path):
    words = "--dataset digits --epochs 8 --trials 20 --vary lr=0.00001:5".split()
    output = run(tmp_path / "study", *words)
    trials = frozen_trials(tmp_path / "study")
    cut = [trial for trial in trials if trial.state.name == "PRUNED"]
    assert cut
    assert all(2 <= len(trial.intermediate_values) < 8 for trial in cut)
    assert trials[0].state.name == "COMPLETE"
    assert f"{len(cut)} stopped early" in output


@pytest.mark.exhaustive
def test_the_best_network_is_trained_anew_by_exactly_the_command_that_was_printed(root, tmp_path):
    options = "--dataset digits --network MultiLayerNet --epochs 3 --trials 2 --train-best".split()
    output, _ = search(root, "my study", *options, "--vary", "hidden=30,40 20", "batch-norm=yes,no", cwd=tmp_path)
    (line,) = {line.strip() for line in output.splitlines() if line.strip().startswith("python -m chainrule train ")}
    (run,) = (tmp_path / "my study").glob("best-*")
    config = json.loads((run / "history.json").read_text())["config"]
    assert shlex.split(line)[4:] == config["arguments"][:-2]  # behind which stands the language
    assert "validation" not in config
    again = [sys.executable, *shlex.split(line.replace("best-", "again-"))[1:]]
    subprocess.run(again, check=True, cwd=tmp_path, env=environment_of(root), capture_output=True)
    (other,) = (tmp_path / "my study").glob("again-*")
    first, second = (json.loads((each / "history.json").read_text())["epochs"] for each in (run, other))
    assert [record["train_loss"] for record in first] == [record["train_loss"] for record in second]


@pytest.mark.exhaustive
def test_the_page_shows_names_as_they_are_whatever_is_in_them(run, tmp_path):
    table = tmp_path / "<b>&amp;.csv"
    rows = [f"{i % 7},{i % 5},{'yes' if i % 7 > 3 else 'no'}" for i in range(120)]
    table.write_text("\n".join(["a,b,<script>alert(1)</script>", *rows]) + "\n")
    words = ["--data", table, "--target", "<script>alert(1)</script>", "--epochs", 2, "--trials", 2]
    run(tmp_path / "study", *words, "--vary", "lr=0.001:0.1")
    page = (tmp_path / "study" / "search.html").read_text()
    assert "<script" not in page
    assert html.escape("<script>alert(1)</script>", quote=False) in html.unescape(page).replace("<", "&lt;").replace(
        ">", "&gt;"
    )
    assert f"<h1>Search on {html.escape('<b>&amp;')}</h1>" in page
    assert not re.search(r"(?:src|href)=\"(?!data:)", page)


def test_what_is_wrong_is_said_in_one_line_before_anything_is_written(refused, tmp_path):
    study = tmp_path / "study"
    said = {
        "--vary lr": "argument --vary: expected NAME=LOW:HIGH or NAME=ONE,OTHER",
        "--vary lr=1:0.1": "argument --vary: expected lr=LOW:HIGH with numbers LOW < HIGH",
        "--vary lr=0.1": "argument --vary: lr=0.1 is one value only; give it as --lr 0.1",
        "--vary lr=0:1:log": "argument --vary: a logarithmic range begins above 0",
        "--vary lr=-1:1": "argument --lr: expected a positive number, got -1.0",
        "--vary seed=1:3": "argument --vary: seed cannot be varied; lr, weight_decay",
        "--vary hidden=1.5:20": "argument --vary: hidden is a whole number, got hidden=1.5:20",
        "--vary optimizer=1:2": "argument --vary: optimizer has no range",
        "--vary optimizer=sgd,none": "argument --optimizer: invalid choice: 'none'",
        "--vary dropout=0:0.5": "TwoLayerNet has no option --dropout",
        "--vary batch-norm=on,off": "argument --vary: batch_norm is varied as batch_norm=yes,no",
        "--vary lr=0.1:1 lr=0.2:1": "--vary names lr twice",
        "--lr 1 --vary lr=0.1:1": "--lr is fixed and varied",
        "--trials 0": "argument --trials: expected a whole number of at least 1, got 0",
        "--validation 1": "argument --validation: expected a share between 0 and 1",
        "--out x": "unrecognized arguments: --out x",
        "--show --train-best": "--show only shows, and --train-best trains",
        "--show": f"there is no search in {study}: it has no search.json",
        "--data nowhere.csv --target a": f"there is no file {os.path.realpath('nowhere.csv')}",
        "--dataset spiral --network SimpleConvNet": "SimpleConvNet is for images",
    }
    for words, beginning in said.items():
        assert refused(study, *words.split()).startswith(beginning), words
    assert not study.exists()


@pytest.mark.exhaustive
def test_another_search_in_the_folder_is_refused_and_what_differs_is_named(run, refused, tmp_path):
    study = tmp_path / "study"
    run(study, *QUICK, "--trials", 1)
    before = journal(study)
    holds = f"{study} holds another search: "
    again = "; choose another folder, or give the folder alone to take part"
    other = "--dataset spiral --epochs 4 --vary lr=0.001:0.2 hidden=5:60".split()
    differences = "--epochs is 3 there and 4 here; --vary lr is 0.001:0.1:log there and 0.001:0.2:log here"
    assert refused(study, *other) == holds + differences + again
    assert refused(study, *QUICK, "--validation", 0.2) == f"{holds}--validation is 0.1 there and 0.2 here{again}"
    assert "the data is spiral (befd2cbc) there and moons (" in refused(study, *QUICK, "--dataset", "moons")
    assert journal(study) == before
    run(study, *QUICK[4:], *QUICK[:4])  # in another order it is the same


@pytest.mark.first_is_quick
@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda s: (s / "search.json").write_text("{"), "search.json is not the file of a search: "),
        (lambda s: (s / "search.json").write_text('{"format": "x", "version": 1}'), "it is of format ('x', 1)"),
        (lambda s: (s / "search.json").write_text("[]"), "search.json is not the file of a search: "),
        (lambda s: (s / "journal.log").unlink(), "the journal of the search is gone: there is no "),
        (lambda s: (s / "journal.log").write_text("no journal\n"), "line 1 of "),
        (lambda s: exchange(s, '"id": "', '"id": "0'), "journal.log is the journal of another search than "),
        (lambda s: exchange(s, '"checksum": "', '"checksum": "0'), "are not those of the search in "),
        (lambda s: (s / "search.json").unlink(), "holds files and no search.json, so it is no search"),
    ],
)
def test_files_of_another_search_and_damaged_ones_are_told(run, refused, tmp_path, spoil, said):
    study = tmp_path / "study"
    run(study, *QUICK, "--trials", 1)
    spoil(study)
    assert said in refused(study)


def exchange(study, old, new):
    path = study / "search.json"
    path.write_text(path.read_text().replace(old, new))


def test_folders_and_files_of_others_are_left_alone(refused, tmp_path):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "mine.txt").write_text("mine")
    assert refused(tmp_path / "notes", *QUICK).startswith(f"{tmp_path / 'notes'} holds files and no search.json")
    assert refused(tmp_path / "notes" / "mine.txt", *QUICK).endswith(
        "mine.txt is a file, expected a folder for the search"
    )
    assert [path.name for path in (tmp_path / "notes").iterdir()] == ["mine.txt"]


def test_without_optuna_the_command_that_installs_it_is_named(root, tmp_path):
    (tmp_path / "optuna.py").write_text("raise ImportError('no optuna')\n")
    result = subprocess.run(
        words_of(tmp_path / "study"),
        env=environment_of(root, PYTHONPATH=f"{tmp_path}{os.pathsep}{root}"),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode == 2
    assert result.stderr == (
        "python -m chainrule search: error: a search needs Optuna, which is not installed: "
        'python -m pip install "chainrule[search]"\n'
    )
    assert not (tmp_path / "study").exists()
