"""Whatever the check finds, it says in Korean, and finds the same: asked with every second mistake of the corpus."""

import re

import numpy as np
import pytest

from gradient_check import check_layer, check_network
from mistakes import origins
from tests_support import few_quick, part

ORIGINS = origins()
PARAGRAPH = re.compile(r"^(?:\d+\. |참고)", re.MULTILINE)
OURS = re.compile(r"\b(the|is|and|of|with|that|it|not)\b")


def report_on(entry):
    rng = np.random.default_rng(0)
    thing, inputs = entry.make(rng), entry.inputs(rng)
    return (check_network if entry.network else check_layer)(thing, *inputs, seed=0)


QUICK = ("a_relu_mask", "b_two_layer_net")
SOME = sorted({*part(sorted(ORIGINS), 6), *QUICK})


@pytest.mark.parametrize("origin", few_quick(SOME, *QUICK))
def test_mistakes_are_told_in_korean(origin, monkeypatch):
    monkeypatch.setenv("CHAINRULE_LANG", "ko")
    for mistake in ORIGINS[origin].MISTAKES[::2]:
        korean = report_on(mistake)
        assert korean.findings or korean.notes
        for finding in [*korean.findings, *korean.notes]:
            assert re.search("[가-힣]", finding.message)
            words = "" if "exception" in finding.evidence else finding.message  # what an exception says is Python's
            assert not OURS.search(words), words
        assert len(PARAGRAPH.findall(str(korean))) == len(korean.findings) + len(korean.notes)


def test_every_second_mistake_is_enough_for_every_code():
    codes = [{mistake.code for module in ORIGINS.values() for mistake in module.MISTAKES[::step]} for step in (1, 2)]
    assert codes[0] == codes[1]


@pytest.mark.parametrize("origin", few_quick(SOME, *QUICK))
def test_the_first_mistake_of_an_origin_has_the_same_codes_in_korean(origin, monkeypatch):
    reports = []
    for language in ("en", "ko"):
        monkeypatch.setenv("CHAINRULE_LANG", language)
        reports.append(report_on(ORIGINS[origin].MISTAKES[0]))
    english, korean = reports
    assert [f.code for f in korean.findings] == [f.code for f in english.findings]
    assert [n.code for n in korean.notes] == [n.code for n in english.notes]


class DenseForOne:
    """One sample as a vector; its gradient is a row."""

    def __init__(self):
        self.W, self.dW = np.random.default_rng(0).standard_normal((4, 3)), np.zeros((4, 3))

    def forward(self, x):
        self.x = x
        return x @ self.W

    def backward(self, dout):
        self.dW = np.outer(self.x, dout)
        return (dout @ self.W.T)[np.newaxis]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_convention_is_one_in_every_language(language, monkeypatch):
    monkeypatch.setenv("CHAINRULE_LANG", language)
    report = check_layer(DenseForOne(), np.arange(1.0, 5.0))
    assert report.ok, report
    assert [note.code for note in report.notes] == ["wrong-shape"]
