"""What stands in the README works."""

import os
import re
import shlex
import subprocess
import sys

import pytest

from datasets import find_mnist
from tests_support import few_quick


def blocks(root, language):
    return re.findall(rf"^```{language}\n(.*?)^```", (root / "README.md").read_text(encoding="utf-8"), re.M | re.S)


@pytest.mark.first_is_quick
@pytest.mark.parametrize("number", range(5))
def test_every_python_example_runs(root, tmp_path, number):
    examples = blocks(root, "python")
    assert len(examples) == 5
    script = tmp_path / "example.py"
    script.write_text(examples[number], encoding="utf-8")
    environment = {"PYTHONPATH": str(root), "PYTHONWARNINGS": "error"}
    result = run([sys.executable, str(script)], tmp_path, environment)
    assert result.returncode == 0, result.stderr
    assert result.stdout


def test_the_two_installing_commands_are_the_ones_that_ci_runs(root):
    commands = [block.strip() for block in blocks(root, "sh")]
    assert [command for command in commands if "pip install" in command] == [
        "python -m pip install -e . && python train.py",
        'python -m pip install -e ".[test]" && python -m pytest -n auto',
    ]
    script = (root / ".ci" / "run").read_text(encoding="utf-8")
    lines = (root / "README.md").read_text(encoding="utf-8").splitlines()
    patterns = re.findall(r"\$\(readme_command '(.+)'\)", script)
    found = [next(line for line in lines if re.search(pattern, line)) for pattern in patterns]
    assert sorted(found) == sorted(command for command in commands if "pip install" in command)


COURSEWORK = """python -m coursework make relu affine softmax_with_loss --out sheet
python -m coursework check sheet/student/affine.py --hint
python -m coursework grade submissions --assignment sheet/teacher --out grades"""
IMPORT_TIME = "python -m benchmarks.import_time"
COMMANDS = [
    "python -m page build --out site",  # tests/page runs it
    "python train.py --hidden 50 --lr 0.1 --target-accuracy 0.97",
    "python train.py --network SimpleConvNet --epochs 5",
    "python train.py --lr 50",
    "python gradient_check.py docs/homework.py",
    "python gradient_check.py",
    COURSEWORK,  # tests/coursework runs it
    "python -m benchmarks",  # tests/benchmarks runs it, with some of its jobs
    "python -m benchmarks.whole_process",
    IMPORT_TIME,
    "python -m benchmarks.beside_others",  # tests/benchmarks runs it
]


def test_every_other_command_is_known(root):
    assert [block.strip() for block in blocks(root, "sh") if "pip install" not in block] == COMMANDS


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "command", few_quick([*COMMANDS[1:3], COMMANDS[5], f"{IMPORT_TIME} 1"], COMMANDS[1], f"{IMPORT_TIME} 1")
)
def test_every_other_command_runs(root, tmp_path, command):
    words = [sys.executable, *shlex.split(command)[1:]]
    if words[1] == "train.py":
        words += ["--dataset", "digits", "--out", str(tmp_path / "run")]
    result = run(words, root, {"PYTHONPATH": str(root)})
    assert result.returncode == 0, result.stderr


@pytest.mark.exhaustive
def test_the_benchmark_against_pytorch_runs(root):
    pytest.importorskip("torch", reason="PyTorch is not installed (pip install torch==2.13.0)")
    if find_mnist() is None:
        pytest.skip("MNIST is not on this machine (set CHAINRULE_DATA to the folder that holds mnist/)")
    if not hasattr(os, "wait4"):
        pytest.skip("the benchmark measures memory by os.wait4, which this system lacks")
    words = ["-m", "benchmarks.whole_process", "1", "--target-accuracy", "0.9"]  # an epoch, where 0.97 takes a dozen
    result = run([sys.executable, *words], root, {}, timeout=600)
    assert result.returncode == 0, result.stderr
    assert re.search(r"^wall time +[\d.]+ s +[\d.]+ s +[\d.]+$", result.stdout, re.M)
    assert re.search(r"^peak memory +[\d,.]+ MB +[\d,.]+ MB +[\d.]+$", result.stdout, re.M)


def run(words, folder, environment, timeout=120):
    return subprocess.run(
        words, cwd=folder, env=os.environ | environment, capture_output=True, text=True, timeout=timeout
    )


def test_every_link_to_a_file_leads_to_one(root):
    text = (root / "README.md").read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)]+)\)", text) if not target.startswith("http")]
    assert targets
    for target in targets:
        assert (root / target.partition("#")[0]).exists(), target


@pytest.mark.exhaustive
def test_the_homework_gives_what_the_readme_shows(root, tmp_path):
    result = run([sys.executable, str(root / "gradient_check.py"), "docs/homework.py"], root, {})
    assert result.returncode == 1, result.stderr
    _diagnosis, shown = blocks(root, "text")
    assert shown in result.stdout


@pytest.mark.first_is_quick
@pytest.mark.parametrize("page", ["README.md", "docs/training.md"])
def test_a_rate_of_50_is_diagnosed_as_the_pages_show(root, tmp_path, page):
    words = [
        "train.py",
        "--lr",
        "50",
        "--dataset",
        "digits",
        "--epochs",
        "5",
        "--no-pictures",
        "--out",
        tmp_path / "run",
    ]
    result = run([sys.executable, *map(str, words)], root, {"PYTHONPATH": str(root)})
    assert result.returncode == 0, result.stderr
    text = (root / page).read_text(encoding="utf-8")
    (shown,) = [block for block in re.findall(r"^```text\n(.*?)^```", text, re.M | re.S) if "diagnosis:" in block]
    _, _, said = result.stdout.partition("diagnosis:\n")
    cause, effects = said.splitlines()[:2]
    assert cause.partition(" (with")[0] in shown
    assert effects in shown


GUIDES = ["gradient-check.md", "training.md", "graph.md"]


@pytest.mark.exhaustive
@pytest.mark.parametrize("page", few_quick(GUIDES, "gradient-check.md", "training.md"))
def test_the_examples_of_the_guide_run(root, tmp_path, page):
    text = (root / "docs" / page).read_text(encoding="utf-8")
    examples = re.findall(r"^```python\n(.*?)^```", text, re.M | re.S)
    assert examples
    for number, example in enumerate(examples):
        script = tmp_path / f"example{number}.py"
        script.write_text(example, encoding="utf-8")
        result = run([sys.executable, str(script)], tmp_path, {"PYTHONPATH": str(root), "PYTHONWARNINGS": "error"})
        assert result.returncode == 0, result.stderr
        assert result.stdout


def test_the_guide_lists_the_mistakes_that_can_be_named(root):
    text = (root / "docs" / "gradient-check.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([a-z-]+)` \|", text, re.M)
    source = "".join(path.read_text(encoding="utf-8") for path in (root / "gradients").rglob("*.py"))
    assert len(listed) == len(set(listed)) == 35
    assert all(f'"{code}"' in source for code in listed)


def test_the_guide_leads_from_a_mistake_to_the_file_that_decides_on_it(root):
    text = (root / "docs" / "gradient-check.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \| .* \| \[.*\]\((.*)\) \|$", text, re.M)
    assert len(rows) == 35
    for code, link in rows:
        source = (root / "docs" / link).read_text(encoding="utf-8")
        assert f'"{code}"' in source or (code.startswith("overwrites-") and '"overwrites-"' in source), code
