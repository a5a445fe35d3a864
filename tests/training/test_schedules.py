import itertools
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training import SCHEDULES, Constant, Cosine, Milestones, StepDecay, WarmUp, get_schedule

whole = st.integers(1, 1000)
names = pytest.mark.parametrize("name", SCHEDULES)


def factors(schedule, steps):
    return [schedule(step) for step in range(steps)]


def test_constant_is_always_one():
    assert factors(Constant(), 5) == [1] * 5


def test_step_decay_drops_after_every_so_many_steps():
    np.testing.assert_allclose(factors(StepDecay(2), 6), [1, 1, 0.1, 0.1, 0.01, 0.01])


def test_milestones_drop_at_their_steps():
    np.testing.assert_allclose(factors(Milestones((1, 4)), 6), [1, 0.1, 0.1, 0.1, 0.01, 0.01])


@given(whole, st.floats(0, 1))
def test_cosine_goes_from_one_to_the_lowest_without_rising(steps, lowest):
    values = factors(Cosine(steps, lowest), steps + 1)
    assert values[0] == 1
    assert values[-1] == pytest.approx(lowest)
    assert all(later <= earlier for earlier, later in itertools.pairwise(values))


def test_cosine_is_half_way_in_the_middle():
    assert Cosine(10, lowest=0.2)(5) == pytest.approx(0.6)


@given(whole, whole)
def test_cosine_stays_where_it_arrived(steps, more):
    assert Cosine(steps, lowest=0.1)(steps + more) == Cosine(steps, lowest=0.1)(steps)


@given(whole)
def test_warm_up_rises_by_equal_parts_to_the_whole_rate(steps):
    np.testing.assert_allclose(factors(WarmUp(steps), steps), np.arange(1, steps + 1) / steps)


@given(whole, st.integers(0, 1000))
def test_what_comes_after_the_warm_up_counts_from_zero(steps, later):
    after = Cosine(500, lowest=0.1)
    assert WarmUp(steps, after)(steps + later) == after(later)


def test_one_warm_up_may_follow_another():
    assert factors(WarmUp(1, WarmUp(2)), 4) == [1, 0.5, 1, 1]


@names
@given(whole, whole)
def test_every_named_schedule_gives_a_share_of_the_rate_at_every_step_of_every_run(name, total_steps, steps_per_epoch):
    schedule = get_schedule(name, total_steps, steps_per_epoch)
    assert all(0 < schedule(step) <= 1 for step in range(total_steps))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("constant", Constant()),
        ("step", Milestones((50, 75))),
        ("cosine", Cosine(100)),
        ("warm-up", WarmUp(10)),
        ("warm-up-cosine", WarmUp(10, Cosine(90))),
    ],
)
def test_a_name_stands_for_a_schedule_of_the_whole_run(name, expected):
    assert get_schedule(name, total_steps=100, steps_per_epoch=10) == expected


def test_step_falls_to_a_tenth_after_one_half_and_again_after_three_quarters():
    np.testing.assert_allclose(factors(get_schedule("step", 8, 1), 8), [1, 1, 1, 1, 0.1, 0.1, 0.01, 0.01])


@names
def test_a_run_of_one_step_has_the_whole_rate(name):
    assert get_schedule(name, 1, 1)(0) == 1


def test_in_a_run_of_one_epoch_the_warm_up_takes_it_all():
    assert factors(get_schedule("warm-up-cosine", 4, 4), 4) == [0.25, 0.5, 0.75, 1]


@pytest.mark.parametrize("name", ["linear", "Cosine", "", None])
def test_an_unknown_schedule_is_refused_with_the_known_ones(name):
    known = "constant, step, cosine, warm-up, warm-up-cosine"
    with pytest.raises(ValueError, match=f"unknown schedule {name!r}: expected one of {known}"):
        get_schedule(name, 100, 10)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: StepDecay(0), "StepDecay: every must be a whole number of at least 1, got 0"),
        (lambda: StepDecay(2.5), "StepDecay: every must be a whole number of at least 1, got 2.5"),
        (lambda: StepDecay(2, factor=1.5), r"StepDecay: factor must lie in \[0, 1\], got 1.5"),
        (lambda: StepDecay(2, factor="0.1"), r"StepDecay: factor must lie in \[0, 1\], got 0.1"),
        (lambda: Milestones((3, 0)), "Milestones: every step of at must be a whole number of at least 1, got 0"),
        (lambda: Cosine(-1), "Cosine: steps must be a whole number of at least 1, got -1"),
        (lambda: Cosine(10, lowest=np.nan), r"Cosine: lowest must lie in \[0, 1\], got nan"),
        (lambda: WarmUp(0), "WarmUp: steps must be a whole number of at least 1, got 0"),
        (lambda: get_schedule("cosine", 0, 10), "schedule: total_steps must be a whole number of at least 1, got 0"),
        (
            lambda: get_schedule("warm-up", 9, 0),
            "schedule: steps_per_epoch must be a whole number of at least 1, got 0",
        ),
    ],
)
def test_numbers_that_make_no_sense_are_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_after_a_warm_up_comes_a_schedule():
    with pytest.raises(TypeError, match=r"WarmUp: after must be a schedule such as .*, got 'cosine'"):
        WarmUp(3, after="cosine")


@names
def test_a_schedule_tells_what_it_is_and_can_be_kept(name):
    schedule = get_schedule(name, 100, 10)
    assert eval(repr(schedule)) == schedule
    assert pickle.loads(pickle.dumps(schedule)) == schedule
