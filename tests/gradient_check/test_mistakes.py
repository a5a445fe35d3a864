"""Every wrong layer is found, and nearly every one is named; no right layer is accused.

``tests/gradient_check/mistakes`` holds them, written as students write them.
"""

from collections import Counter

import numpy as np
import pytest

from gradient_check import check_layer, check_network
from mistakes import origins
from tests_support import few_quick, part

ORIGINS = origins()


def check(entry, seed):
    rng = np.random.default_rng(seed)
    thing, inputs = entry.make(rng), entry.inputs(rng)
    return (check_network if entry.network else check_layer)(thing, *inputs, seed=seed, strict=True)


def first_code(report):
    return report.findings[0].code if report.findings else "nothing"


def test_there_are_150_wrong_layers_of_40_origins_with_every_code():
    mistakes = [mistake for module in ORIGINS.values() for mistake in module.MISTAKES]
    assert len(mistakes) >= 150
    assert len(ORIGINS) >= 40
    assert all(module.RIGHT for module in ORIGINS.values())
    assert len({mistake.code for mistake in mistakes}) == 28


# The mistakes that the first finding does not name, by their numbers in their origins.
NOT_NAMED = {
    "a_relu_where": {4},
    "a_tanh_graph": {2},
    "d_dense_relu": {2},
    "d_gelu": {3},
    "d_glu": {1},
    "d_hinge": {1},
    "d_smooth_loss": {2},
    "e_cosine_rows": {0},
}
SLOW = {"c_avgpool", "c_conv1d", "c_conv_add_at", "c_conv_einsum", "c_conv_im2col", "c_conv_loops", "c_maxpool_argmax"}
SLOW |= {"e_conv_add_at", "e_maxpool_loops"}


def two_of_each_code():
    """Two mistakes of every code that are quickly checked, by origin and number: those of the quick tier."""
    chosen, seen = [], Counter()
    for name, module in ORIGINS.items():
        for number, mistake in enumerate(module.MISTAKES):
            if name not in SLOW and seen[mistake.code] < 2 and number not in NOT_NAMED.get(name, ()):
                seen[mistake.code] += 1
                chosen.append((name, number))
    return chosen


ALL = [(name, number) for name, module in ORIGINS.items() for number in range(len(module.MISTAKES))]

SOME = [each for each in ALL if each in {*part(ALL, 4), *two_of_each_code()}]


def test_95_percent_of_the_mistakes_are_to_be_named():
    assert sum(map(len, NOT_NAMED.values())) <= 0.05 * len(ALL)
    assert {ORIGINS[name].MISTAKES[number].code for name, number in two_of_each_code()} == {
        ORIGINS[name].MISTAKES[number].code for name, number in ALL
    }


@pytest.mark.parametrize(("name", "number"), few_quick(SOME, *two_of_each_code()))
def test_a_mistake_is_found_and_named(name, number):
    mistake = ORIGINS[name].MISTAKES[number]
    code = first_code(check(mistake, seed=number))
    assert code != "nothing"
    assert code == mistake.code or number in NOT_NAMED.get(name, ())


@pytest.mark.parametrize("name", few_quick(ORIGINS, *{name for name, _ in two_of_each_code()}))
def test_the_right_layers_of_an_origin_are_right(name):
    for entry in ORIGINS[name].RIGHT:
        for seed in part(range(2), 2):
            report = check(entry, seed)
            assert report.ok, report
