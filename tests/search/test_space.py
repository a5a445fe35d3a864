"""What is varied, as it is typed, as Optuna draws it, and as train.py takes it."""

import argparse

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datasets.opening import open_digits, open_toy
from tests_support import exhaustive
from training.command.networks import NETWORKS
from training.command.options import parse
from training.search.space import Varied, arguments_of, usual_space, usual_values, varied


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("lr=0.001:1", Varied("lr", 0.001, 1.0, log=True)),
        ("--lr=0.1:0.9", Varied("lr", 0.1, 0.9)),
        ("lr=0.1:0.9:log", Varied("lr", 0.1, 0.9, log=True)),
        ("hidden=20:400:linear", Varied("hidden", 20.0, 400.0)),
        ("batch-size=8,16,32", Varied("batch_size", choices=("8", "16", "32"))),
        ("hidden=100,200  100,", Varied("hidden", choices=("100", "200 100"))),
        ("batch_norm=yes,no", Varied("batch_norm", choices=("yes", "no"))),
        ("dropout=0:0.5", Varied("dropout", 0.0, 0.5)),
    ],
)
def test_what_is_typed_is_read(text, read):
    same = varied(text)
    assert str(same) == str(read)
    assert same[0] == read[0]
    assert same[3:] == read[3:]


@given(
    low=st.floats(1e-6, 10), times=st.floats(1.01, 1e4), scale=st.sampled_from(["log", "linear"]), share=st.floats(0, 1)
)
def test_a_number_is_tried_as_it_is_written_and_stays_in_its_range(low, times, scale, share):
    each = varied(f"lr={low!r}:{low * times!r}:{scale}")
    value = each.low + share * (each.high - each.low)
    word = each.word(value)
    assert each.low <= float(word) <= each.high
    assert float(word) == pytest.approx(value, rel=1e-3)
    assert parse("", each.arguments(value)).lr == each.seen(value) == float(word)


@pytest.mark.parametrize("network", [*list(NETWORKS)[:1], *map(exhaustive, list(NETWORKS)[1:])])
def test_what_is_varied_when_nothing_is_said_contains_what_train_py_does(network):
    data, options = open_digits(), parse("", ["--network", network])
    space, usual = usual_space(data, options), usual_values(data, options)
    first = {each.name: each.nearest(usual[each.name]) for each in space}
    assert len(space) >= 3
    made = parse("", ["--network", network, *arguments_of(space, first)])
    again = usual_values(data, made)
    assert {name: plain(again[name]) for name in usual} == {name: plain(usual[name]) for name in usual}


def plain(value):
    return tuple(value) if isinstance(value, list) else value


def test_what_is_given_is_not_varied():
    options = parse("", ["--lr", "0.1", "--hidden", "30"])
    assert [each.name for each in usual_space(open_toy("spiral"), options)] == ["batch_size", "schedule"]


@pytest.mark.parametrize("text", ["", "=", "lr=", "lr=a:b", "lr=1:2:3", "lr=nan:1", "lr=1:inf", "lr=1:2:log:log"])
def test_what_is_no_range_is_refused(text):
    with pytest.raises(argparse.ArgumentTypeError):
        varied(text)
