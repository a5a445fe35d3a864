"""What stands in docs/search.md works."""

import re
import shlex

import pytest

from training.command.form import Form
from training.search.command import command
from training.search.options import read
from training.search.space import VARIABLE

FORM = Form(("python", "-m", "training.search"))


@pytest.fixture(scope="module")
def page(root):
    return (root / "docs" / "search.md").read_text(encoding="utf-8")


def blocks(page, language):
    return re.findall(rf"^```{language}\n(.*?)^```", page, re.M | re.S)


def test_every_command_of_the_page_is_understood(page):
    lines = "".join(blocks(page, "sh")).replace("\\\n", "").splitlines()
    commands = [line.removesuffix(" &") for line in lines if "training.search" in line]
    assert len(commands) == 5
    for line in commands:
        assert str(read(shlex.split(line)[3:], FORM).folder) == "my_search"


def test_the_page_names_everything_that_can_be_varied(page):
    (names,) = re.findall(r"What can be varied is (.*?)\. Without", page, re.S)
    assert set(re.findall(r"`(\w+)`", names)) == set(VARIABLE)


@pytest.mark.exhaustive
def test_optuna_itself_reads_the_search_as_the_page_says(page, tmp_path, monkeypatch, capsys):
    pytest.importorskip("optuna", reason="Optuna is not installed (pip install optuna)")
    monkeypatch.chdir(tmp_path)
    assert command("my_search --dataset spiral --epochs 2 --trials 2 --vary lr=0.001:0.1 --quiet".split()) == 0
    (example,) = blocks(page, "python")
    capsys.readouterr()
    exec(compile(example, "docs/search.md", "exec"), {})
    assert re.fullmatch(r"\{'lr': [\d.]+\}\n", capsys.readouterr().out)
