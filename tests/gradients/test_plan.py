"""How much of a layer is looked at: always everything of a fast one, and of a slow one what fits into the time."""

import itertools
from types import SimpleNamespace

import pytest

from gradients.measuring.plan import SECONDS, SHORTER, WHOLE, plan_for

SIZES = ([20, 12, 3], [150, 80, 256, 16], [800, 2048, 16_384, 256], [6144, 108, 4])


def subject(forward, is_loss=False):
    return SimpleNamespace(forward_seconds=forward, run_seconds=3 * forward, is_loss=is_loss, allowed_seconds=SECONDS)


@pytest.mark.parametrize("sizes", SIZES)
def test_of_a_fast_layer_everything_is_looked_at_whatever_the_clock_says(sizes):
    assert plan_for(subject(0.0009), sizes) is WHOLE


@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize("forward", [0.002, 0.01, 0.05, 0.1])
@pytest.mark.parametrize("is_loss", [False, True])
def test_what_is_looked_at_of_a_slow_layer_fits_into_the_time(sizes, forward, is_loss):
    plan = plan_for(subject(forward, is_loss), sizes)
    assert plan.seconds(sizes, forward, 3 * forward, is_loss) <= SECONDS


@pytest.mark.parametrize("plan", [WHOLE, *SHORTER])
def test_every_plan_moves_all_elements_at_every_point(plan):
    for size, first in itertools.product((1, 3, 30, 300, 30_000), (True, False)):
        elements, directions = plan.looked_at(size, first)
        assert elements == size or directions >= 1


@pytest.mark.parametrize("sizes", SIZES)
def test_each_plan_takes_less_time_than_the_one_before(sizes):
    taken = [plan.seconds(sizes, 1.0, 3.0, is_loss=False) for plan in (WHOLE, *SHORTER)]
    assert taken == sorted(taken, reverse=True)
