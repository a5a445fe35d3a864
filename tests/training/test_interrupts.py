import os
import signal
import threading

import pytest

from training.loop.interrupts import REQUESTS, Interrupted, Interrupts

posix_only = pytest.mark.skipif(os.name != "posix", reason="the system has no such signals")


@pytest.fixture(autouse=True)
def handlers_as_before():
    before = {number: signal.getsignal(number) for number in REQUESTS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@posix_only
def test_a_command_that_was_interrupted_ignores_further_requests_on_its_last_steps():
    with pytest.raises(Interrupted), Interrupts(all_requests=True):
        signal.raise_signal(signal.SIGINT)
    for number in REQUESTS:
        signal.raise_signal(number)  # would end the tests


def test_ctrl_c_raises_at_once_outside_a_block():
    with pytest.raises(Interrupted), Interrupts():
        signal.raise_signal(signal.SIGINT)


def test_ctrl_c_within_a_block_raises_at_its_end():
    done = []

    def work():
        with Interrupts() as interrupts:
            with interrupts.held_back:
                signal.raise_signal(signal.SIGINT)
                done.append("the rest of the block")
            done.append("what follows")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert done == ["the rest of the block"]


def test_blocks_within_blocks_are_held_back_to_the_end_of_the_outermost():
    done = []

    def work():
        with Interrupts() as interrupts, interrupts.held_back:
            with interrupts.held_back:
                signal.raise_signal(signal.SIGINT)
            done.append("the rest of the outer block")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert done


@posix_only
@pytest.mark.parametrize(("name", "said"), [("SIGTERM", "asked to end"), ("SIGHUP", "the terminal was closed")])
def test_a_polite_kill_and_a_closed_terminal_are_interrupts_where_asked_for(name, said):
    number = getattr(signal, name)
    with pytest.raises(Interrupted, match=said) as raised, Interrupts(all_requests=True):
        signal.raise_signal(number)
    assert raised.value.number == number


@posix_only
def test_a_library_leaves_what_ends_a_program_as_it_is():
    before = signal.getsignal(signal.SIGTERM)
    with Interrupts():
        assert signal.getsignal(signal.SIGTERM) is before
    with Interrupts(all_requests=True), Interrupts() as inner:  # unless the program takes it already
        assert signal.getsignal(signal.SIGTERM) == inner.held_back.receive


def test_one_within_another_holds_back_with_it():
    done = []

    def work():
        with Interrupts() as outer, outer.held_back:
            with Interrupts() as inner:
                signal.raise_signal(signal.SIGINT)
                done.append(inner.held_back is outer.held_back)
            done.append("the rest of the outer block")

    with pytest.raises(Interrupted):
        work()
    assert done == [True, "the rest of the outer block"]


def test_a_second_request_does_not_cut_short_what_the_first_one_began():
    done = []

    def work():
        with Interrupts():
            try:
                with Interrupts() as inner, inner.held_back:
                    signal.raise_signal(signal.SIGINT)
            except Interrupted:
                signal.raise_signal(signal.SIGINT)
                done.append("tidied up")
                raise

    with pytest.raises(Interrupted):
        work()
    assert done == ["tidied up"]


def test_the_next_one_listens_again():
    for _ in range(2):
        with pytest.raises(Interrupted), Interrupts():
            signal.raise_signal(signal.SIGINT)


@posix_only
def test_what_is_ignored_stays_ignored():
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with Interrupts(all_requests=True):
            signal.raise_signal(signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)


@posix_only
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_handler_of_the_programs_own_stays_its_own(name):
    number, seen = getattr(signal, name), []
    before = signal.signal(number, lambda number, frame: seen.append(number))
    try:
        with Interrupts(all_requests=True) as interrupts, interrupts.held_back:
            signal.raise_signal(number)
    finally:
        signal.signal(number, before)
    assert seen == [number]


def test_it_listens_again_when_the_next_block_begins():
    with Interrupts() as interrupts:
        for _ in range(2):
            with pytest.raises(Interrupted), interrupts.held_back:
                signal.raise_signal(signal.SIGINT)


def test_the_handlers_come_back_even_after_an_error():
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(ZeroDivisionError), Interrupts():
        _ = 1 / 0
    assert signal.getsignal(signal.SIGINT) is before


def test_it_works_in_a_thread_where_no_signal_ever_arrives():
    done = []

    def work():
        with Interrupts() as interrupts, interrupts.held_back:
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


def test_an_error_within_a_block_is_not_hidden_by_an_interrupt():
    def work():
        with Interrupts() as interrupts, interrupts.held_back:
            signal.raise_signal(signal.SIGINT)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work()
