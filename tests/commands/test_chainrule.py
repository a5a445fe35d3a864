"""``chainrule``: one command with the project's programs."""

import json
import os
import shlex
import shutil
import subprocess
import sys

import pytest

from chainrule import __version__
from chainrule.command import PROGRAMS, main


@pytest.fixture
def chainrule(root, tmp_path):
    """Run ``python -m chainrule`` in an empty folder."""

    def run(*words):
        environment = os.environ | {"PYTHONPATH": str(root), "MPLCONFIGDIR": str(root / ".mplconfig")}
        command = [sys.executable, "-m", "chainrule", *words]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120)

    return run


@pytest.mark.exhaustive
def test_a_run_is_trained_told_and_continued_in_the_form_that_was_typed(chainrule, tmp_path):
    result = chainrule("train", "--dataset", "digits", "--epochs", "1", "--no-pictures", "--out", "my run")
    assert result.returncode == 0, result.stderr
    config = json.loads((tmp_path / "my run" / "history.json").read_text())["config"]
    words = "--dataset digits --epochs 1 --no-pictures --out 'my run'"
    assert config["command"] == f"python -m chainrule train {words}"
    again = chainrule("train", "--resume", "my run", "--no-pictures")
    assert again.returncode == 0, again.stderr


@pytest.mark.exhaustive
def test_a_file_is_checked_with_the_same_result_as_by_the_program(chainrule, root, run_command):
    result = chainrule("check", str(root / "docs" / "homework.py"))
    assert result.returncode == 1
    assert result.stdout == run_command("gradient_check.py", root / "docs" / "homework.py").stdout


@pytest.mark.first_is_quick
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["check", "nothing.py"], "python -m chainrule check: cannot check: there is no file nothing.py"),
        (
            ["check", "--make", "x"],
            "go with a file, as in: python -m chainrule check homework.py (see ",
        ),
        (["train", "--lr", "x"], "python -m chainrule train: error: argument --lr: expected a positive number, got x"),
        (["export", "nowhere", "--to", "onnx"], "python -m chainrule export: error: there is no run with a model in"),
        (["export", "nowhere"], "python -m chainrule export: error: the following arguments are required: --to"),
        (["trian"], "python -m chainrule: error: argument PROGRAM: invalid choice: 'trian'"),
        ([], "python -m chainrule: error: the following arguments are required: PROGRAM"),
    ],
)
def test_errors_name_the_form_that_was_typed(chainrule, words, said):
    result = chainrule(*words)
    assert result.returncode == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_the_help_lists_the_programs_and_the_version_is_told(capsys):
    with pytest.raises(SystemExit) as left:
        main(["--help"])
    assert left.value.code == 0
    text = capsys.readouterr().out
    assert text.startswith("usage: chainrule ")
    assert all(f"\n  {name} " in text for name in PROGRAMS)
    with pytest.raises(SystemExit) as left:
        main(["--version"])
    assert (left.value.code, capsys.readouterr().out) == (0, f"chainrule {__version__}\n")


@pytest.mark.first_is_quick
@pytest.mark.parametrize("program", list(PROGRAMS))
def test_the_help_of_a_program_names_the_form(chainrule, program):
    result = chainrule(program, "--help")
    assert result.returncode == 0
    assert result.stdout.startswith(f"usage: python -m chainrule {program} ")


@pytest.mark.first_is_quick
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (["chainrule", "tr"], ["train"]),
        (["chainrule", "train", "--checkpoint-e"], ["--checkpoint-every"]),
        (["chainrule", "train", "--network", "Simple"], ["SimpleConvNet"]),
        (["chainrule", "check", "--st"], ["--strict"]),
    ],
)
def test_bash_completes_programs_options_and_choices(chainrule, typed, expected):
    pytest.importorskip("shtab", reason="shtab is not installed (pip install shtab)")
    if shutil.which("bash") is None:
        pytest.skip("there is no bash on this machine")
    script = chainrule("completion", "bash")
    assert script.returncode == 0, script.stderr
    words = " ".join(map(shlex.quote, typed))
    asked = f"COMP_WORDS=({words}); COMP_CWORD={len(typed) - 1}; _shtab_chainrule; echo ${{COMPREPLY[@]}}"
    done = subprocess.run(["bash", "-c", f"{script.stdout}\n{asked}"], capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == expected, done.stderr


def test_completion_without_shtab_says_how_to_get_it(root):
    code = "import sys; sys.modules['shtab'] = None\nfrom chainrule.command import main\nmain(['completion', 'bash'])"
    result = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, timeout=60)
    assert result.returncode == 2
    assert 'python -m pip install "chainrule[completion]"' in result.stderr


def test_help_imports_nothing_heavy():
    code = (
        "import sys\nfrom chainrule.command import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "assert not {'numpy', 'matplotlib', 'layers', 'train'} & set(sys.modules), sorted(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, timeout=60)
