"""A notebook graded by its source, for nbgrader and otter-grader."""

import json

import pytest

from coursework.grading.assignment import Assignment
from coursework.places.notebook import find_assignment, grade_notebook, points, require, texts_of


def code(text, **metadata):
    return {"cell_type": "code", "source": text, "metadata": metadata}


def notebook(*cells):
    return json.dumps({"cells": list(cells)}).encode()


@pytest.fixture
def in_folder(made, tmp_path, monkeypatch):
    """Hand in a notebook, and work in its folder as a kernel does."""
    monkeypatch.delenv("CHAINRULE_ASSIGNMENT", raising=False)

    def hand_in(name, content):
        folder = made / "nbgrader" / "autograded" / "anna" / "sheet-1"
        folder.mkdir(parents=True)
        (folder / name).write_bytes(content)
        monkeypatch.chdir(folder)

    return hand_in


@pytest.mark.exhaustive
def test_cells_belong_to_the_exercise_that_they_name_or_that_the_one_above_names():
    content = notebook(code("a", chainrule="one"), code("b"), code("c", chainrule="two"), code("d", chainrule="one"))
    texts = {
        name: [cell["source"] for cell in json.loads(text)["cells"]] for name, text in texts_of(content, "x").items()
    }
    assert texts == {"one.ipynb": ["a", "b", "d"], "two.ipynb": ["c"]}


@pytest.mark.exhaustive
def test_the_tests_themselves_are_no_part_of_the_answer():
    content = notebook(code("a"), code("points('one')", nbgrader={"grade": True}))
    assert b"points" not in texts_of(content, "one")["one.ipynb"]


@pytest.mark.exhaustive
@pytest.mark.parametrize("content", [b"", b"no notebook", b'{"cells": [1]}', b'{"cells": [{"metadata": 3}]}', b"[]"])
def test_what_is_no_notebook_has_no_points(made, content):
    assert grade_notebook(content, "double", "Anna", Assignment(made / "teacher")).points == 0


@pytest.mark.exhaustive
def test_the_points_of_the_notebook_in_this_folder_are_returned_and_the_feedback_is_printed(
    in_folder, exercises, capsys
):
    in_folder("double.ipynb", notebook(code(f"{exercises[0].code(solved=True)}\n\n{exercises[0].wrong[0].text}")))
    assert points("double") == 1
    assert "Double dx: 0 of 2: half-as-much" in capsys.readouterr().out


@pytest.mark.exhaustive
def test_a_part_that_is_wrong_fails_its_test_with_its_name(in_folder, exercises):
    text = f"{exercises[0].code(solved=True)}\n\n{exercises[0].wrong[0].text}"
    in_folder("handed in.ipynb", notebook(code(text, chainrule="double")))
    require("double", "Double", "forward")
    with pytest.raises(AssertionError, match="Double dx: half-as-much"):
        require("double", "Double", "dx")


def test_what_is_replaced_here_changes_nothing_there(in_folder, exercises, monkeypatch):
    import numpy as np

    in_folder(
        "double.ipynb", notebook(code(exercises[0].code(solved=False) + "\nimport numpy\nnumpy.allclose = print"))
    )
    assert points("double") == 0
    assert np.allclose is not print


@pytest.mark.exhaustive
def test_where_there_is_no_assignment_the_error_says_how_to_name_it(tmp_path, monkeypatch):
    monkeypatch.delenv("CHAINRULE_ASSIGNMENT", raising=False)
    with pytest.raises(ValueError, match="set CHAINRULE_ASSIGNMENT to the one that make wrote"):
        find_assignment(tmp_path)
