"""The commands in Korean: by option, variable and locale; what they say, and what stays as it is in every language."""

import json
import re

import pytest

from chainrule.command import main
from gradients.columns import filled, left, width
from language import language, set_language

HOMEWORK = """
import numpy as np

class MyReLU:
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask
    def backward(self, dout):
        return {gradient}

class Base:
    def forward(self, x):
        raise NotImplementedError
    def backward(self, dout):
        raise NotImplementedError

class Lost:
    def forward(self, x):
        return 2 * nothing_of_that_name * x
    def backward(self, dout):
        return 2 * dout
"""
HANGUL = re.compile("[가-힣]")


@pytest.fixture
def homework(tmp_path):
    """A layer whose sign is wrong, one that is a base class, and one that does not run."""
    path = tmp_path / "homework.py"
    path.write_text(HOMEWORK.format(gradient="-dout * self.mask"), encoding="utf-8")
    return path


@pytest.fixture(params=["option", "variable", "locale"])
def check_in_korean(request, run_command):
    options = {"option": ["--language", "ko"]}.get(request.param, [])
    variables = {
        "option": {"CHAINRULE_LANG": "en"},
        "variable": {"CHAINRULE_LANG": "ko", "LC_ALL": "C"},
        "locale": {"CHAINRULE_LANG": "", "LC_ALL": "", "LC_MESSAGES": "", "LANG": "ko_KR.UTF-8"},
    }[request.param]
    return lambda *words: run_command("gradient_check.py", *options, *words, PYTHONUTF8=1, **variables)


@pytest.mark.exhaustive
def test_the_report_is_korean_by_option_variable_and_locale(check_in_korean, homework):
    result = check_in_korean(homework)
    assert result.returncode == 1
    assert "MyReLU, 입력 (5, 4): 역전파가 틀렸습니다" in result.stdout
    assert "1. sign-flipped (부호가 반대) · dx" in result.stdout
    assert "homework.py:9: return -dout * self.mask" in result.stdout


@pytest.mark.exhaustive
def test_the_process_of_the_file_speaks_it_too(check_in_korean, homework):
    result = check_in_korean(homework)
    assert "Base: 검사에서 제외함, 기반 클래스처럼" in result.stdout
    assert "backward" not in result.stderr
    assert "Lost, 입력 (5, 4): 실행되지 않습니다" in result.stdout
    assert "NameError 예외가 발생했습니다" in result.stdout


@pytest.mark.exhaustive
def test_in_english_nothing_is_korean(run_command, homework):
    result = run_command("gradient_check.py", homework)
    assert "1. sign-flipped in dx\n" in result.stdout
    assert not HANGUL.search(result.stdout + result.stderr)


@pytest.mark.exhaustive
def test_codes_and_numbers_are_the_same_in_every_language(run_command, homework, tmp_path):
    reports = {}
    for name in ("en", "ko"):
        file = tmp_path / f"{name}.json"
        run_command("gradient_check.py", homework, "--language", name, "--json", file, PYTHONUTF8=1)
        reports[name] = json.loads(file.read_text(encoding="utf-8"))["reports"]
    english, korean = (report[0] for report in reports.values())
    (ours,), (theirs,) = english["findings"], korean["findings"]
    assert english["arrays"] == korean["arrays"]
    assert (ours["code"], ours["evidence"], ours["place"]) == (theirs["code"], theirs["evidence"], theirs["place"])
    assert not HANGUL.search(ours["message"])
    assert HANGUL.search(theirs["message"])


@pytest.mark.parametrize("script", ["train.py", "gradient_check.py"])
def test_an_unknown_language_is_an_error(run_command, script):
    result = run_command(script, "--language", "klingon")
    assert result.returncode == 2
    assert len(result.stderr.splitlines()) == 1
    assert all(word in result.stderr for word in ("--language", "klingon", "en", "ko"))


@pytest.mark.first_is_quick
@pytest.mark.parametrize(
    ("script", "words", "expected"),
    [
        (
            "train.py",
            ["--epochs", "none"],
            "train.py: 오류: argument --epochs: 1 이상의 정수여야 합니다. 받은 값: none",
        ),
        ("train.py", ["--resume", "nowhere"], "train.py: 오류: "),
        ("gradient_check.py", ["--json", "x.json"], "--make, --input, --labels, --json은 파일과 함께 주어야 합니다"),
        ("gradient_check.py", ["nowhere.py"], "gradient_check.py: 검사할 수 없음: nowhere.py 파일이 없습니다"),
    ],
)
def test_errors_are_korean(run_command, script, words, expected):
    result = run_command(script, *words, "--language=ko", PYTHONUTF8=1)
    assert result.returncode == 2
    assert expected in result.stderr


@pytest.mark.parametrize("script", ["train.py", "gradient_check.py"])
def test_the_help_is_korean(run_command, script):
    result = run_command(script, "--help", CHAINRULE_LANG="ko", PYTHONUTF8=1)
    assert result.returncode == 0
    assert "메시지의 언어" in result.stdout


def test_lines_of_wide_letters_are_no_longer_on_the_terminal():
    text = "역전파가 틀렸습니다. " * 20
    lines = filled(text, 40).splitlines()
    assert max(map(width, lines)) <= 40
    assert min(map(width, lines[:-1])) > 25
    assert " ".join(lines).split() == text.split()
    assert left("기울기", 10) == "기울기    "


@pytest.mark.exhaustive
def test_setting_the_language_holds_for_processes_that_are_started_later(monkeypatch, run_command, homework):
    monkeypatch.setenv("CHAINRULE_LANG", "en")
    set_language("ko")
    assert language() == "ko"
    assert "역전파가 틀렸습니다" in run_command("gradient_check.py", f"{homework}:MyReLU", PYTHONUTF8=1).stdout


@pytest.mark.parametrize("words", [["coursework", "--help"], ["coursework", "check", "--help"], ["export", "--help"]])
def test_every_program_takes_the_language_once(words, capsys):
    with pytest.raises(SystemExit):
        main(words)
    assert len(re.findall(r"^ +--language \{en,ko\} ", capsys.readouterr().out, re.MULTILINE)) == 1
