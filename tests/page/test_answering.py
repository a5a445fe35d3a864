"""Requests and answers between the page and its Python."""

import json

import numpy as np

from language import language
from page.inside import answering
from page.inside.answering import answer, answer_text


def ask(monkeypatch, job, **request):
    monkeypatch.setitem(answering.JOBS, "job", job)
    return answer({"job": "job", **request})


def test_what_a_job_returns_is_the_answer(monkeypatch):
    assert ask(monkeypatch, lambda request: {"twice": 2 * request["n"]}, n=4) == {"answer": {"twice": 8}}


def test_a_job_speaks_the_language_that_is_asked_for(monkeypatch):
    monkeypatch.setenv("CHAINRULE_LANG", "en")
    assert ask(monkeypatch, lambda request: {"spoken": language()}, language="ko") == {"answer": {"spoken": "ko"}}
    assert ask(monkeypatch, lambda request: {"spoken": language()}, language="xx") == {"answer": {"spoken": "en"}}


def test_what_a_job_raises_is_told_with_the_end_of_its_trace(monkeypatch):
    def job(request):
        raise ValueError("no such layer")

    found = ask(monkeypatch, job)
    assert found["failed"] == "ValueError: no such layer"
    assert 'raise ValueError("no such layer")' in found["trace"]


def test_a_job_that_needs_too_much_memory_is_answered_in_words(monkeypatch):
    def job(request):
        raise MemoryError

    assert ask(monkeypatch, job)["failed"] == "There is not enough memory for this."


def test_an_answer_is_strict_json_also_with_numbers_of_numpy_and_without_an_end(monkeypatch):
    monkeypatch.setitem(answering.JOBS, "job", lambda request: {"a": np.float32(0.5), "b": [np.inf, np.arange(2)]})
    assert json.loads(answer_text('{"job": "job"}')) == {"answer": {"a": 0.5, "b": [None, [0, 1]]}}
