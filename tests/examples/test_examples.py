"""Every example runs, with MNIST and without, and leaves its picture."""

import ast
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests_support import few_quick, folder_contents, part

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted(path for path in (ROOT / "examples").glob("*.py") if path.name != "picture.py")
WITH_DIGITS = [path for path in EXAMPLES if "open_available" in path.read_text(encoding="utf-8")]
WITH_MNIST = part(WITH_DIGITS, 2)  # the others run without it
SIZES = {".png": 150_000, ".gif": 1_500_000}  # bytes, at most

# Errors, but for what an old Matplotlib still asks of a new pyparsing.
WARNINGS = ",".join(
    [
        "error",
        *(f"ignore::DeprecationWarning:matplotlib.{module}" for module in ("_fontconfig_pattern", "_mathtext")),
        *(f"ignore::DeprecationWarning:{module}" for module in ("pyparsing", "pyparsing.util")),
    ]
)


def of(paths, quick=EXAMPLES):
    return pytest.mark.parametrize("path", few_quick(paths, *quick), ids=lambda path: path.stem)


@pytest.fixture
def run_example(run_command, tmp_path):
    def run(path, *arguments, **environment):
        folder = tmp_path / "empty"
        folder.mkdir()
        environment |= {"PYTHONPATH": ROOT, "PYTHONWARNINGS": WARNINGS}
        return run_command(f"examples/{path.name}", *arguments, folder=folder, **environment), folder

    return run


def assert_is_a_picture(path):
    with Image.open(path) as image:
        pixels = np.asarray(image.convert("L"), float)
        frames = getattr(image, "n_frames", 1)
    height, width = pixels.shape
    assert 700 <= width <= 1300
    assert 300 <= height <= 1000
    assert pixels[0].min() == pixels[-1].min() == 255, "something touches the edge"
    assert 0.01 < (pixels < 200).mean() < 0.7, "blank, or black"
    assert (frames > 20) == (path.suffix == ".gif")
    assert path.stat().st_size < SIZES[path.suffix]


@pytest.mark.exhaustive
@of(
    [path for path in EXAMPLES if path not in WITH_MNIST],
    quick=[path for path in EXAMPLES if path.stem in ("linear_model", "apple_shop")],
)
def test_an_example_leaves_its_picture_and_says_something_without_mnist(run_example, path):
    result, folder = run_example(path)
    assert result.returncode == 0, result.stderr
    assert result.stderr == ""
    (name,) = folder_contents(folder)
    assert name in (f"{path.stem}.png", f"{path.stem}.gif")
    *said, wrote = result.stdout.splitlines()
    assert wrote == f"wrote {name}"
    assert re.search(r"\d", "".join(said))
    assert_is_a_picture(folder / name)


@pytest.mark.exhaustive
@of(WITH_MNIST)
def test_an_example_that_needs_digits_takes_mnist_where_it_is(run_example, mnist_folder, path):
    result, folder = run_example(path, CHAINRULE_DATA=mnist_folder.parent)
    assert result.returncode == 0, result.stderr
    assert "mnist" in result.stdout
    assert_is_a_picture(folder / f"{path.stem}.png")


@pytest.mark.exhaustive
def test_the_picture_goes_to_the_file_that_is_named(run_example, tmp_path):
    result, folder = run_example(ROOT / "examples" / "linear_model.py", tmp_path / "other.svg")
    assert result.returncode == 0, result.stderr
    assert folder_contents(folder) == []
    assert (tmp_path / "other.svg").read_bytes().startswith(b"<?xml")


@pytest.mark.exhaustive
def test_a_folder_that_is_not_there_is_refused_before_the_work(run_example, tmp_path):
    result, _ = run_example(ROOT / "examples" / "overfitting.py", tmp_path / "nowhere" / "a.png")
    assert result.returncode == 2
    assert "there is no folder" in result.stderr
    assert result.stdout == ""


@of(EXAMPLES)
def test_an_example_is_short_and_says_what_to_see(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 80
    docstring = ast.get_docstring(ast.parse(text))
    assert re.search(r"(picture|animation)\s+shows", docstring)


@pytest.mark.exhaustive
def test_the_linear_model_shows_the_numbers_of_seed_004(run_example):
    result, _ = run_example(ROOT / "examples" / "linear_model.py")
    assert "y = 1, s = -1, loss = 1; backward gives dloss/dw = -2, so w goes from 1 to 1.02" in result.stdout
    (w,) = re.findall(r"w = (1\.\d+)", result.stdout)
    assert 1.99 < float(w) < 2


@pytest.mark.exhaustive
def test_checkpoints_save_memory_and_change_no_gradient(run_example):
    result, _ = run_example(ROOT / "examples" / "checkpointing.py")
    plain, less = map(int, re.findall(r"(\d+) MB", result.stdout))
    assert less < plain / 4
    assert "the gradients are the same" in result.stdout


def test_the_gallery_shows_every_example_with_its_command_and_its_picture():
    text = (ROOT / "docs" / "examples.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^python examples/(\w+)\.py$", text, re.M)) == [path.stem for path in EXAMPLES]
    shown = re.findall(r"^!\[.{20,}\]\((images/examples/(\w+)\.(?:png|gif))\)$", text, re.M)
    assert sorted(name for _, name in shown) == [path.stem for path in EXAMPLES]
    for picture, _ in shown:
        assert_is_a_picture(ROOT / "docs" / picture)


def test_the_gallery_has_no_picture_that_it_does_not_show():
    text = (ROOT / "docs" / "examples.md").read_text(encoding="utf-8")
    assert all(f"images/examples/{name})" in text for name in folder_contents(ROOT / "docs" / "images" / "examples"))
