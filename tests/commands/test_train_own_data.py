"""``train.py`` on data of one's own: what was done to them is said, and what is broken ends in one line."""

import json
import re
import shutil

import numpy as np
import pytest

from datasets import load_digits
from formats_support import csv_lines, images, pickled, write, write_pictures

SHORT = ("--epochs", "2", "--no-pictures", "--out", "run")


def digits():
    """The embedded digits as bytes (N, 8, 8), with their labels."""
    (x, t), _test = load_digits(False, False)
    return x[:300, 0], t[:300]


@pytest.mark.exhaustive
def test_images_are_trained_on_and_what_was_done_to_them_is_said(run_command, tmp_path):
    x, t = digits()
    np.savez(tmp_path / "mine.npz", x=x, y=t + 1)
    result = run_command("train.py", "--data-dir", "mine.npz", *SHORT)
    assert result.returncode == 0, result.stderr
    first, *notes = result.stdout.splitlines()
    assert re.fullmatch("mine from mine.npz: 2.. training and .. test images of 8 x 8, 10 classes", first)
    assert "the labels are 1..10 in the files; they became 0..9" in notes
    assert "no pixel is above 16, so 16 is white" in notes
    kept = json.loads((tmp_path / "run" / "history.json").read_text(encoding="utf-8"))["config"]["notes"]
    assert kept == notes[: len(kept)]


@pytest.mark.exhaustive
def test_a_run_on_a_file_goes_on(run_command, tmp_path):
    x, t = digits()
    write(tmp_path / "digits.csv", csv_lines(x, t))
    assert run_command("train.py", "--data-dir", "digits.csv", *SHORT).returncode == 0
    shutil.move(tmp_path / "digits.csv", tmp_path / "moved.csv")
    assert run_command("train.py", "--resume", "run").returncode == 2
    result = run_command("train.py", "--resume", "run", "--data-dir", "moved.csv", "--no-pictures")
    assert result.returncode == 0, result.stderr


@pytest.mark.exhaustive
def test_a_folder_of_pictures_is_trained_on(run_command, tmp_path):
    x, t = digits()
    write_pictures(tmp_path / "pictures", x * 15, t)
    result = run_command("train.py", "--data-dir", "pictures", "--network", "SimpleConvNet", *SHORT)
    assert result.returncode == 0, result.stderr
    assert "20% of each class" in result.stdout


@pytest.mark.first_is_quick
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--data-dir", "mnist.pkl.gz"), r"mnist.pkl.gz is a pickle, which can run any program"),
        (("--data-dir", "table.csv"), "table.csv: expected lines of 785 values.*is read with --data and --target"),
        (("--data-dir", "."), r"\. holds 2 sets: a, b; pass a file of"),
        (("--data", ".", "--target", "c"), "error: . is a folder; --data takes a file"),
        (("--data", "table.csv", "--target", "c"), "table.csv has no column c; it has a, b"),
        (("--data", "hole.csv", "--target", "b"), "hole.csv: values are missing: a: line 4. With --missing leave-out"),
    ],
)
def test_what_cannot_be_read_ends_in_one_line(run_command, tmp_path, arguments, message):
    lines = [f"{n},{n % 2}" for n in range(20)]
    write(tmp_path / "table.csv", "\n".join(["a,b", *lines]).encode())
    write(tmp_path / "hole.csv", "\n".join(["a,b", *lines]).replace("2,0", ",0", 1).encode())
    write(tmp_path / "mnist.pkl.gz", pickled(2), compressed=True)
    write(tmp_path / "a_train.csv", csv_lines(*images(9)))
    write(tmp_path / "b_train.csv", csv_lines(*images(9)))
    result = run_command("train.py", *arguments, *SHORT)
    assert result.returncode == 2
    assert re.search(message, result.stderr), result.stderr
    assert result.stderr.count("\n") == 1
    assert not (tmp_path / "run").exists()


def test_the_examples_on_the_page_about_data_run(root, tmp_path, monkeypatch):
    text = (root / "docs" / "data.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```python\n(.*?)^```", text, re.M | re.S)
    x, t = images(30)
    (tmp_path / "emnist").mkdir()
    np.savez(tmp_path / "emnist" / "any.npz", x=x, y=t)
    rows = [f"{n},{n * n},{'setosa' if n % 2 else 'virginica'}" for n in range(30)]
    write(tmp_path / "iris.csv", "\n".join(["length,width,species", *rows]).encode())
    monkeypatch.chdir(tmp_path)
    found = {}
    exec(compile(example, "docs/data.md", "exec"), found)
    assert found["table"].class_names == ("setosa", "virginica")
    assert found["x_train"].shape == (24, 5, 5)
