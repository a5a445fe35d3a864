"""Work that several threads share."""

import os
import signal
import subprocess
import sys
import threading
import time

import numpy as np
import pytest

from layers.common.threads import cores, in_background, loaded_blas, share, slices

several = pytest.mark.skipif(
    cores() < 2 or loaded_blas() is None, reason="here no work is shared: one core, or no OpenBLAS"
)


def shared(root, code, threads="2"):
    """What the code prints, in a process that may share its work among so many threads."""
    environment = os.environ | {"OPENBLAS_NUM_THREADS": threads}
    result = subprocess.run([sys.executable, "-c", code], cwd=root, env=environment, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    return result.stdout.split()


def refuse(*_):
    """What a system says that lets no thread start."""
    raise RuntimeError("can't start new thread")


def test_results_come_in_the_order_of_the_parts():
    def slowest_first(part):
        time.sleep((5 - part) / 1000)
        return part**2

    assert share(slowest_first, range(6)) == [0, 1, 4, 9, 16, 25]
    assert share(slowest_first, []) == []


@pytest.mark.exhaustive
@several
def test_several_threads_take_parts(root):
    code = """
import threading, time
from layers.common.threads import share
print(len(set(share(lambda part: time.sleep(0.02) or threading.get_ident(), range(20)))))
"""
    assert shared(root, code, "2") == ["2"]
    assert shared(root, code, "1") == ["1"]


@several
def test_within_a_part_blas_has_one_thread_and_afterwards_what_it_had(root):
    code = """
from layers.common.threads import current_threads, share
print(current_threads(), *share(lambda part: current_threads(), range(3)), current_threads())
"""
    assert shared(root, code) == ["2", "1", "1", "1", "2"]


@several
@pytest.mark.parametrize("wrong", [0, 3])
def test_an_error_in_any_part_is_raised(root, wrong):
    code = f"""
import time
from layers.common.threads import current_threads, share

def work(part):
    time.sleep(0.02)
    if part == {wrong}:
        raise KeyError("part {wrong}")

try:
    share(work, range(4))
except KeyError as error:
    print(error.args[0].split()[1], current_threads())
print(*share(lambda part: part, range(3)))
"""
    assert shared(root, code) == [str(wrong), "2", "0", "1", "2"]


@several
def test_work_within_a_part_is_not_shared_again(root):
    code = """
import threading, time
from layers.common.threads import share

def inner(part):
    time.sleep(0.01)
    return threading.get_ident()

def outer(part):
    return {threading.get_ident(), *share(inner, range(4))}

threads = share(outer, range(4))
print(*map(len, threads), len(set.union(*threads)), len(set(share(inner, range(8)))))
"""
    assert shared(root, code) == ["1", "1", "1", "1", "2", "2"]


@several
def test_numpys_error_state_holds_for_all_threads(root):
    code = """
import threading, time, warnings
import numpy as np
from layers.common.threads import share

warnings.simplefilter("error")

def overflow(part):
    time.sleep(0.01)
    return threading.get_ident(), np.float32(1e38) * np.ones(3, np.float32) * np.float32(1e38)

with np.errstate(over="ignore"):
    print(len({thread for thread, _ in share(overflow, range(10))}))
"""
    assert shared(root, code) == ["2"]


@several
def test_numpys_error_callback_is_called_by_all_threads(root):
    code = """
import threading, time
import numpy as np
from layers.common.threads import share

called = set()
np.seterrcall(lambda kind, flag: called.add(threading.get_ident()))
with np.errstate(divide="call"):
    share(lambda part: time.sleep(0.01) or np.ones(3) / 0, range(10))
print(len(called))
"""
    assert shared(root, code) == ["2"]


@several
def test_threads_that_choose_at_the_same_time_leave_the_old_number(root):
    code = """
import threading
from layers.common.threads import blas_threads, current_threads

first, second = blas_threads(1, whatever_is_set=True), blas_threads(1, whatever_is_set=True)
first.__enter__()
second.__enter__()
first.__exit__()
print(current_threads())
second.__exit__()
print(current_threads())
"""
    assert shared(root, code) == ["1", "2"]


@pytest.mark.exhaustive
@several
@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="sends itself a signal (POSIX)")
def test_an_interrupt_waits_for_the_other_threads_and_leaves_the_old_number(root):
    code = """
import signal, threading, time
from layers.common.threads import current_threads, share

def interrupt(*_):
    raise KeyboardInterrupt

ended = []

def work(part):
    if threading.current_thread() is not threading.main_thread():
        time.sleep(0.4)
        ended.append(part)
    else:
        time.sleep(0.05)

signal.signal(signal.SIGALRM, interrupt)
signal.setitimer(signal.ITIMER_REAL, 0.15)
try:
    share(work, range(3))
except KeyboardInterrupt:
    print("interrupted", len(ended), current_threads())
"""
    assert shared(root, code) == ["interrupted", "1", "2"]


@several
@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked on POSIX systems alone")
def test_a_forked_process_shares_its_work_too(root):
    code = """
import os, sys, threading, time, warnings
from layers.common.threads import share

warnings.simplefilter("ignore")  # Python 3.12 on warns of forks where there are threads
work = lambda part: time.sleep(0.01) or threading.get_ident()
print(len(set(share(work, range(10)))), flush=True)
if os.fork() == 0:
    print(len(set(share(work, range(10)))), flush=True)
    os._exit(0)
os.wait()
"""
    assert shared(root, code) == ["2", "2"]


def test_where_no_thread_can_be_started_the_caller_does_it_all(monkeypatch):
    monkeypatch.setattr("layers.common.threads.pool", lambda: type("Pool", (), {"submit": refuse}))
    monkeypatch.setattr("layers.common.threads.sharing_threads", lambda: 3)
    assert share(lambda part: (part, threading.current_thread()), range(3)) == [
        (part, threading.current_thread()) for part in range(3)
    ]


def test_work_in_the_background_is_done_by_another_thread(monkeypatch):
    assert in_background(lambda part: (part, threading.get_ident()), 3).result() != (3, threading.get_ident())
    with pytest.raises(ZeroDivisionError):
        in_background(lambda part: 1 // part, 0).result()
    monkeypatch.setattr("layers.common.threads.pool", lambda: type("Pool", (), {"submit": refuse}))
    assert in_background(len, "abc") is None


def test_slices_cover_everything_once():
    for size in (1, 3, 7, 10):
        assert np.concatenate([np.arange(10)[part] for part in slices(0, 10, size)]).tolist() == list(range(10))
