"""Exercises as they are written: cells, blanks, solutions, questions, and what is said of a file that is none."""

import pytest

from coursework.command import command
from coursework.course.blanks import with_blanks
from coursework.course.cells import read_cells
from coursework.course.course import read_course
from coursework.proving import prove


def test_a_cell_has_its_kind_its_tags_and_its_words():
    first, second = read_cells('# %% [markdown] tags=["hints"] part="dx"\n# Hello\n#\n# there\n# %%\nx = 1\n')
    assert (first.kind, first.tags, first.words, first.text) == (
        "markdown",
        ("hints",),
        {"part": "dx"},
        "Hello\n\nthere",
    )
    assert (second.kind, second.tags, second.text, second.line) == ("code", (), "x = 1", 5)


@pytest.mark.parametrize("head", ["# %% [markup]", "# %% tags=given", '# %% tags=["x"', "# %% title"])
def test_the_first_line_of_a_cell_that_says_something_else_is_an_error(head):
    with pytest.raises(ValueError, match="line 1: expected"):
        read_cells(f"{head}\nx = 1\n")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("### BEGIN SOLUTION\nx", "line 1: ### BEGIN SOLUTION without"),
        ("x\n### END SOLUTION", "line 2: ### END SOLUTION without"),
        ("### BEGIN SOLUTION\n### BEGIN SOLUTION", "line 2: ### BEGIN SOLUTION stands within another, that of line 1"),
    ],
)
def test_marks_that_do_not_belong_together_are_an_error(text, message):
    with pytest.raises(ValueError, match=message):
        with_blanks(text)


def test_what_is_handed_out_holds_no_solution_no_question_and_no_hint(exercises):
    for exercise in exercises:
        handed_out = "\n".join(with_blanks(cell.text) for cell in exercise.for_students())
        for word in ("2 * ", "** 2", "QUESTIONS", "ask_", "The factor", "It is 2"):
            assert word not in handed_out
        assert "raise NotImplementedError" in handed_out


def test_an_exercise_knows_those_that_it_builds_on(exercises):
    double, total = exercises
    assert list(total.earlier) == ["double"]
    assert total.solution_modules() == {"double": double.code(solved=True)}
    assert total.solution().total(double.solution().np.ones(3)) == 12


def test_hints_go_from_the_first_to_the_last(exercises):
    assert exercises[0].hints("dx") == ["What is the derivative of 2 x?", "It is 2."]
    assert exercises[1].hints("total") == []


@pytest.mark.exhaustive
def test_an_exercise_that_is_well_made_is_proven(exercises):
    for exercise in exercises:
        proof = prove(exercise)
        assert not proof.faults
        assert proof.named == 1


BLANK = "        ### BEGIN SOLUTION\n        return 2 * x\n        ### END SOLUTION\n"


@pytest.mark.first_is_quick
@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "        return 2 * dout\n        ### END",
            "        return dout\n        ### END",
            "half-as-much gets all points",
        ),
        ('"half-as-much"', '"wrong-name"', ""),
        ("return dout\n", "return 3 * dout\n", ""),
        ("# The factor", "class X: pass\n# The factor", ""),
        (
            "        ### BEGIN SOLUTION\n        return 2 * x\n        ### END SOLUTION",
            "        return 2 * x",
            "the blanks earn 1",
        ),
        ('{"forward": 1, "dx": 2}', '{"forward": 1, "dx": 2, "dW": 1}', "no answer for dW"),
        ("return 2 * x", "return x * np.nan", "no answer for forward"),
        ('part="dx"', 'part="forward"', "half-as-much loses the points of dx"),
    ],
)
def test_a_proof_says_what_an_exercise_lacks(course_folder, old, new, fault):
    path = course_folder / "double.py"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    faults = prove(read_course(course_folder)[0]).faults
    assert (fault in "; ".join(faults)) if fault else not faults


@pytest.mark.exhaustive
def test_a_folder_of_exercises_and_what_make_wrote_are_proven(course_folder, assignment, capsys):
    for folder in (course_folder, assignment.folder, assignment.folder.parent):
        assert command(["prove", str(folder)]) == 0
        assert capsys.readouterr().out.count("ready") == 2
    assert command(["prove", "nowhere"]) == 2


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("import Layer", "import Leyer", 'tags=["questions"] cannot be run: ImportError'),
        ("return 2 * x", "return 2 * y", "no inputs can be drawn for the question Double: NameError"),
        ("class Double:", "class Double(Base):", "the solution cannot be run: NameError"),
        ("class Double(Double):", "class Double(Base):", 'tags=["wrong"] name="half-as-much" cannot be run: NameError'),
    ],
)
def test_what_of_an_exercise_cannot_be_run_is_said_in_one_line(course_folder, capsys, old, new, message):
    path = course_folder / "double.py"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    assert command(["prove", "double", "--course", str(course_folder)]) > 0
    said = "".join(capsys.readouterr())
    assert f"{path}: {message}" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("empty", "", "expected a cell with tags"),
        ("broken", "# %%\ndef (", "broken.py: "),
        ("strange", '# %% tags=["secret"]\nx = 1', "line 1: unknown tags"),
        ("open", "# %%\n### BEGIN SOLUTION", "without ### END"),
    ],
)
def test_a_file_that_is_no_exercise_is_named_with_what_is_missing(course_folder, name, text, message):
    (course_folder / f"{name}.py").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        _ = [exercise.points for exercise in read_course(course_folder)]


def test_a_folder_without_exercises_and_an_exercise_that_is_not_there_are_errors(tmp_path, course_folder):
    with pytest.raises(ValueError, match="there is no folder"):
        read_course(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ValueError, match="holds no exercise"):
        read_course(tmp_path / "empty")
    with pytest.raises(ValueError, match="there is no exercise relu; there are double, total"):
        read_course(course_folder, ["relu"])
