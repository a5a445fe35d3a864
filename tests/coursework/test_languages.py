"""What students and teachers read is in their language; points, codes and the files of other programs know none."""

import json
import os
import re
import subprocess
import sys

import pytest

from coursework.apart import not_enforced, sealing, system_calls
from coursework.checking.check import check_file
from coursework.course.course import read_course
from coursework.course.exercise import modules_of
from coursework.grading.assignment import Assignment, write_assignment
from coursework.grading.command import grade
from coursework.judging.expectation import PUBLIC, expectation
from coursework.judging.naming import with_name
from coursework.judging.verdict import judge, sentence
from coursework.judging.work import WorkHere
from coursework.proving import SECRET
from language import speaking
from tests_support import part

HANGUL = re.compile("[가-힣]")


def outcome(verdict):
    """What of a verdict depends on no language."""
    return [(part.question, part.name, part.points, part.most, part.code) for part in verdict.parts]


def wrong_in(name, number):
    """One of our exercises, and a file with one of its known mistakes."""
    exercise = next(one for one in read_course() if one.name == name)
    return exercise, f"{exercise.code(solved=True)}\n\n\n{exercise.wrong[number].text}\n"


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("name", "korean"),
    [
        ("affine", "위치의 값이"),
        ("dropout", "0의 비율이 1 - dropout_ratio입니다."),
        ("gradient_checker", "찾아내지 못한 것: dout을 무시하는 dx."),
        ("training", "W1: [0, 0] 위치의 값이"),
    ],
)
def test_a_check_says_in_korean_what_it_says_in_english_with_the_same_points_and_names(name, korean, tmp_path):
    path = tmp_path / f"{name}.py"
    path.write_text(wrong_in(name, 0)[1], encoding="utf-8")
    english = check_file(path, read_course())
    with speaking("ko"):
        translated = check_file(path, read_course())
        text = str(translated)
    assert outcome(translated.verdict) == outcome(english.verdict)
    assert english.verdict.points < english.verdict.most
    assert korean in text
    assert f"{name}: " in text
    assert not HANGUL.search(str(english))


@pytest.mark.exhaustive
def test_what_an_exercise_says_in_the_students_process_is_korean_here(tmp_path):
    (tmp_path / "relu.py").write_text("class ReLU:\n    def forward(self, x):\n        return x\n", encoding="utf-8")
    (tmp_path / "gradient_checker.py").write_text("def check_layer(layer, x):\n    return 7\n", encoding="utf-8")
    with speaking("ko"):
        relu, checker = (check_file(tmp_path / f"{n}.py", read_course()) for n in ("relu", "gradient_checker"))
    assert relu.verdict.parts[-1].message == "ValueError 예외가 발생했습니다: forward가 아무것도 하지 않습니다."
    assert checker.verdict.parts[0].message == "이름의 리스트가 아니라 7을(를) 반환했습니다."


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", part([exercise.name for exercise in read_course()], 3))
def test_known_mistakes_have_the_same_points_and_names_in_korean(name):
    (exercise,) = read_course(names=[name])
    english = outcomes_of_mistakes(exercise)
    assert all(any(code for *_, code in parts) for parts in english)
    with speaking("ko"):
        assert outcomes_of_mistakes(exercise) == english


def outcomes_of_mistakes(exercise):
    """What comes out for each known wrong solution of an exercise; in this process, where no answer has a language."""
    hidden, public = expectation(exercise, SECRET), expectation(exercise, PUBLIC)
    with modules_of(exercise.solution_modules()):
        works = [WorkHere(exercise.solution(wrong), exercise.asked_functions) for wrong in exercise.wrong]
        return [outcome(judge(exercise, work, hidden, public)) for work in works]


@pytest.fixture
def submissions(hand_in, exercises):
    double = exercises[0]
    hand_in("half", double=double.code(solved=True) + "\n\n" + double.wrong[0].text)
    hand_in("blank", double=double.code(solved=False), total=None)
    return hand_in("ends", double="import os\n\n\nclass Double:\n    def forward(self, x):\n        os._exit(3)")


@pytest.fixture
def in_korean(tmp_path, exercises):
    """The same assignment as the English one, with the same secret."""

    def write(assignment):
        folder = tmp_path / "korean" / "teacher"
        facts = json.loads((assignment.folder / "assignment.json").read_text(encoding="utf-8"))
        write_assignment(folder, exercises, "과제 1")
        content = json.dumps({**facts, "title": "과제 1", "language": "ko"})
        (folder / "assignment.json").write_text(content, encoding="utf-8")
        return Assignment(folder)

    return write


@pytest.mark.exhaustive
def test_a_grade_speaks_the_language_of_its_assignment_with_the_same_points_and_codes(
    submissions, assignment, in_korean, tmp_path
):
    english = grade(submissions, assignment, tmp_path / "english")
    korean = grade(submissions, in_korean(assignment), tmp_path / "grades")
    for one, other in zip(english, korean, strict=True):
        assert list(map(outcome, one.verdicts)) == list(map(outcome, other.verdicts))
    result = json.loads((tmp_path / "grades" / "results" / "half.json").read_text(encoding="utf-8"))
    assert any(re.match("half-as-much: .*위치의 값이", test["output"]) for test in result["tests"])
    assert {test["status"] for test in result["tests"]} == {"passed", "failed"}
    assert "student,points,of,double,total,remarks" in (tmp_path / "grades" / "grades.csv").read_text("utf-8-sig")
    messages = {part.code: part.message for one in korean for verdict in one.verdicts for part in verdict.parts}
    assert messages["not-written"] == "아직 작성하지 않았습니다."
    assert messages["not-handed-in"] == "total.py 파일이 제출되지 않았습니다."
    assert messages["ended"] == "코드가 파이썬을 끝냈습니다."


@pytest.mark.exhaustive
def test_the_pages_are_in_the_language_that_they_say(submissions, assignment, in_korean, tmp_path):
    grade(submissions, assignment, tmp_path / "english")
    grade(submissions, in_korean(assignment), tmp_path / "grades")
    pages = {
        "class.html": ("가장 어려웠던 문제는 득점률이", "제출물 3개", "전체 학생", "0점"),
        "pages/half.html": ("6점 중 4점", "채점 결과"),
        "teacher/half.html": ("숨은 입력에서", "채점한 코드"),
    }
    for name, words in pages.items():
        text = (tmp_path / "grades" / name).read_text(encoding="utf-8")
        assert '<html lang="ko">' in text
        assert [word for word in words if word not in text] == []
        text = (tmp_path / "english" / name).read_text(encoding="utf-8")
        assert '<html lang="en">' in text
        assert not HANGUL.search(text)


def program(root, arguments, **variables):
    """Run the program as a command, on a machine with these variables."""
    environment = {name: value for name, value in os.environ.items() if name != "CHAINRULE_LANG"} | variables
    command = [sys.executable, "-m", "coursework", *map(str, arguments)]
    words = {"capture_output": True, "text": True, "encoding": "utf-8", "timeout": 120, "check": True}
    return subprocess.run(command, cwd=root, env=environment | {"PYTHONIOENCODING": "utf-8"}, **words).stdout


@pytest.mark.exhaustive
def test_the_locale_of_the_machine_that_grades_changes_nothing_and_the_option_does(
    submissions, assignment, tmp_path, root
):
    words = ["grade", submissions, "--assignment", assignment.folder, "--jobs", "1", "--out"]
    expected = grade(submissions, assignment, tmp_path / "here")
    written = (tmp_path / "here" / "class.html").read_bytes()
    program(root, [*words, tmp_path / "there"], LC_ALL="ko_KR.UTF-8", CHAINRULE_LANG="ko")
    assert (tmp_path / "there" / "class.html").read_bytes() == written
    said = program(root, [*words, tmp_path / "there", "--language", "ko"])  # graded anew, in another language
    mean = sum(one.points for one in expected) / 3
    assert f"제출물 3개, 6점 만점에 평균 {mean:.4g}점." in said
    text = (tmp_path / "there" / "class.html").read_text(encoding="utf-8")
    assert '<html lang="ko">' in text
    assert "아직 작성하지 않았습니다." in text


@pytest.mark.exhaustive
def test_what_a_system_does_not_enforce_is_said_in_korean_with_its_reason():
    reasons = ["this system is not Linux", "Landlock is switched off", "no filter of system calls in this kernel: x"]
    lines = [f"{what} ({why})" for what in (sealing.FILES, system_calls.CALLS) for why in reasons]
    assert list(map(not_enforced.told, lines)) == lines
    with speaking("ko"):
        for line in [*lines, "the number of threads cannot be limited for root"]:
            assert not re.search("[a-z]{3,} [a-z]", not_enforced.told(line)), line


@pytest.mark.exhaustive
def test_a_name_in_a_korean_sentence_is_left_as_it_is():
    with speaking("ko"):
        assert sentence("dx을(를) 찾지 못했습니다") == "dx을(를) 찾지 못했습니다."
    assert with_name("dx2은(는) 틀렸고 dx20은(는) 맞습니다", "dx2", "dy") == "dy은(는) 틀렸고 dx20은(는) 맞습니다"
