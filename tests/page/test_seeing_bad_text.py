"""Texts from which no graph grows: each has its answer in words, with the line where there is one."""

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language import speaking
from page.inside.answering import answer_text
from page.inside.seeing import see

EXAMPLES = json.loads((Path(__file__).parents[2] / "page/web/see/examples.json").read_text(encoding="utf-8"))
PIECES = "() [ ] . , = + - * / @ : x w W 1 0 np.nan 1e308 ** None .T .sum() [0] [:,0] Variable(0.0) np.zeros((2,3)) 'a'"

WORDS = [
    ("", None, "There is nothing to draw yet"),
    ("# only words", None, "There is no Variable in the text"),
    ("x = ", 1, "Line 1: this is not Python: invalid syntax."),
    ("x = Variable(1.0)\n  y = x", 2, "Line 2: this is not Python: unexpected indent."),
    ("x = 'a\0b'", None, "This is not Python: source code string cannot contain null bytes."),
    ("1 + 2", None, "The result is a plain number; a graph grows from Variables"),
    ("x = 3.0\ny = x * 2", None, "There is no Variable in the text"),
    ("Variable(1.0)", None, "nothing is computed from Variables yet"),
    ("x = Variable(1.0)", None, "Nothing is computed from the Variables yet"),
    ("x = Variable(1.0)\ny = reluu(x)", 2, "Line 2: There is no reluu here. Did you mean relu?"),
    ("import torchh", 1, "Line 1: The module torchh is not there."),
    ("from graph import dance", 1, "Line 1: The module graph is not there."),
    (
        "x = Variable(1.0)\nfor i in range(500):\n    x = x * 1.1\nx",
        None,
        "The graph has 1001 nodes, more than the 150",
    ),
    ("while True:\n    print('a' * 100)", 2, "Line 2: The text prints more than 10000 characters."),
    ("try:\n    while True: print('a')\nexcept Exception: pass", 2, "prints more than"),
    ("x = Variable('a')", 1, "Line 1: TypeError: Variable: expected a real number"),
    ("exit()", 1, "Line 1: The text ends the program"),
    ("def f():\n    f()\nf()", 2, "Line 2: A function calls itself without end."),
    ("x = Variable([1.0, 2.0])\n(x, x * 2)", None, "The last line gives 2 values"),
    ("x = Variable([[1.0, 2.0]])\ny = x @ Variable([1.0, 2.0, 3.0])", 2, "Line 2: ValueError: @: the last axis"),
    ("x = Variable([1.0])\nnp.linalg.norm(x)", 2, "Line 2: np.norm has no node in these graphs"),
    ("x = Variable([1.0])\nnp.zeros(1)[0] = x[0]", 2, "Line 2: a Variable cannot become a plain number"),
    ("float(Variable(1.0))", 1, "Line 1: a Variable cannot become a plain number"),
    ("x = Variable(np.zeros((0, 3)))\nx * 2", None, "The output has no elements"),
    ("class A:\n    pass", None, "There is no Variable in the text"),
    ("raise MemoryError", 1, "takes more memory than there is"),
    ("x" * 20_001, None, "longer than 20000 characters"),
]


@pytest.mark.parametrize(("text", "line", "said"), WORDS)
def test_it_is_said_in_words(text, line, said):
    seen = see({"text": text})
    assert said in seen["problem"]["message"]
    assert seen["problem"]["line"] == line
    assert "graph" not in seen


def test_a_text_that_asks_for_input_gets_none(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert "Nothing can be typed in while the text runs" in see({"text": "input()"})["problem"]["message"]


def test_korean_names_are_drawn():
    seen = see({"text": "가격 = Variable(100)\n개수 = Variable(2)\n합계 = 가격 * 개수"})
    assert [node["name"] for node in seen["graph"]["nodes"]] == ["가격", "개수", "합계"]


def test_what_is_wrong_is_said_in_korean():
    with speaking("ko"):
        message = see({"text": "import torchh"})["problem"]["message"]
    assert "torchh" in message
    assert any("가" <= letter <= "힣" for letter in message)


def test_what_a_text_prints_is_shown_even_when_it_raises_later():
    assert see({"text": "print('begins')\n1 / 0"})["printed"] == "begins\n"


LAYER = """
class Odd:
    def forward(self, x):
        {forward}
        return np.floor(x)
    def backward(self, dout):
        {backward}
"""


def test_what_a_layer_prints_is_shown_and_not_without_end():
    text = LAYER.format(forward="print('forward')", backward="return dout")
    assert "forward\n" in see({"text": text})["printed"]
    text = text.replace("print('forward')", "while True: print('forward')")
    assert "prints more than" in see({"text": text})["problem"]["message"]


def test_a_layer_that_is_one_node_and_whose_backward_raises_is_told():
    text = LAYER.format(forward="", backward="return dout.nothing")
    problem = see({"text": text})["problem"]
    assert problem["message"].startswith("Line 7: AttributeError")
    assert problem["line"] == 7


def test_a_layer_that_ends_the_program_is_told():
    text = LAYER.format(forward="exit()", backward="return dout")
    assert "ends the program" in see({"text": text})["problem"]["message"]


def test_a_text_leaves_nothing_behind_for_the_next():
    see({"text": "x = Variable(1.0)\nnp_was = np\nnp = None\nx * 2"})
    assert "problem" in see({"text": "x * 2"})
    assert "graph" in see({"text": "y = Variable(np.ones(2)).sum()"})


@given(st.sampled_from([one["text"] for one in EXAMPLES]), st.integers(0, 400), st.integers(0, 3), st.data())
def test_whatever_is_changed_in_an_example_it_has_an_answer(text, place, cut, data):
    place %= len(text)
    changed = text[:place] + data.draw(st.sampled_from(["", *PIECES.split()])) + text[place + cut :]
    answer = json.loads(answer_text(json.dumps({"job": "see", "text": changed})))["answer"]
    assert ("graph" in answer) != ("problem" in answer)


def test_markup_in_a_text_stays_text():
    seen = see({"text": "x = Variable(1.0, '<b>x</b>')\ny = x * 2"})
    assert seen["graph"]["nodes"][0]["shown"] == "<b>x</b>"
