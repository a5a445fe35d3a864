"""The witness says who ended without a farewell, once, and says nothing where there is nothing to say."""

import contextlib
import json
import os
import signal
import socket
import subprocess

import pytest

from parallel_support import wait_for
from training.parallel.witness import BYE, SAID
from training.parallel.witnessed import Witnessed, start

pytestmark = pytest.mark.skipif(os.name != "posix", reason="there is a witness where there is POSIX")
AGAIN = "; go on with: {{braces stay}}"
KILLED, LOST = f"rank {{rank}} on {{host}} was killed{AGAIN}", f"rank {{rank}} on {{host}} was lost{AGAIN}"
SOME = f"one was killed{AGAIN}"
STRANGE = {
    "another key": b'{"key": "guessed", "rank": 1, "host": "h"}\n',
    "no key": b'"bye"\n',
    "no JSON": b"no JSON\n",
    "deep": b"[" * 60_000 + b"\n",
    "long": b" " * 200_000,
    "nothing": b"",
}


class Communicator:
    """What the witness needs of MPI's: the processes are threads of none, one after the other."""

    def __init__(self, rank, where):
        self.rank, self.size, self.where = rank, 3, where

    def bcast(self, found):
        if self.rank == 0:
            self.where.update(found)
        return self.where

    def Barrier(self):
        pass


@pytest.fixture
def leader():
    """A process that the witness takes for the leading one."""
    with subprocess.Popen(["sleep", "60"]) as process:
        yield process
        process.kill()


@pytest.fixture
def three(capfd, monkeypatch, leader):
    """Make three that have a witness, and what waits until it has ended and returns what it said."""
    made = []

    def make():
        where = {}
        with monkeypatch.context() as during:
            during.setattr("training.parallel.witnessed.os.getpid", lambda: leader.pid)
            made.extend(Witnessed(Communicator(rank, where), everywhere=False) for rank in range(3))
        made[0].if_killed(KILLED, LOST, SOME)

        def said():
            wait_for(lambda: not listens(where["port"]), 20)
            return capfd.readouterr().err

        return made, said

    yield make
    for each in made:
        each.end(SAID)


def listens(port):
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


def closed(witnessed):
    """What the system does to the connections of a process that is killed."""
    witnessed.connection.close()
    witnessed.connection = None


@pytest.mark.parametrize("victim", [0, 1, 2])
def test_the_first_that_ends_without_a_farewell_is_named_and_the_others_are_not(three, victim):
    made, said = three()
    closed(made[victim])
    line = said()
    for other in (victim + 1) % 3, (victim + 2) % 3:
        closed(made[other])
    assert line + said() == f"rank {victim} on {socket.gethostname()} was killed; go on with: {{braces stay}}\n"


def test_a_process_that_is_killed_after_others_have_come_to_their_end_is_named(three):
    made, said = three()
    made[1].end(BYE)
    made[2].end(BYE)
    closed(made[0])
    assert said().startswith("rank 0 on ")


def test_nothing_is_said_when_all_come_to_their_end(three):
    made, said = three()
    for each in made:
        each.end(BYE)
    assert said() == ""


def test_nothing_is_said_when_one_has_said_itself_what_is_wrong(three):
    made, said = three()
    made[2].end(SAID)
    closed(made[0])
    assert said() == ""


def test_where_not_all_have_reached_it_it_does_not_know_who_was_killed(capfd):
    where = start(3, everywhere=True)
    leader = Witnessed(Communicator(0, dict(where)), everywhere=False)  # of another witness, which ends with it
    leader.end(SAID)
    with socket.create_connection(("127.0.0.1", where["port"])) as alone:
        hello = {"key": where["key"], "rank": 0, "host": "here"}
        texts = {"killed": KILLED, "lost": LOST, "some": SOME}
        alone.sendall(json.dumps(hello).encode() + b"\n" + json.dumps(texts).encode() + b"\n")
        while len(alone.recv(2, socket.MSG_PEEK)) < 2:
            pass  # until both are known
    wait_for(lambda: not listens(where["port"]), 20)
    assert capfd.readouterr().err == "one was killed; go on with: {braces stay}\n"


@pytest.mark.exhaustive
def test_a_leader_that_waits_for_one_that_was_killed_is_ended(three, leader):
    made, said = three()
    closed(made[2])
    assert said().startswith("rank 2 on ")
    assert leader.wait(timeout=20) == -signal.SIGKILL


@pytest.mark.parametrize("what", STRANGE)
def test_a_stranger_is_sent_away(three, what):
    made, said = three()
    port = made[0].connection.getpeername()[1]
    with socket.create_connection(("127.0.0.1", port), timeout=20) as stranger, contextlib.suppress(ConnectionError):
        stranger.sendall(STRANGE[what])
        if STRANGE[what]:
            assert stranger.recv(1) == b""
    closed(made[1])
    assert said().startswith("rank 1 on ")


def test_where_it_cannot_be_reached_nothing_fails():
    where = {"key": "", "port": 1, "host": "elsewhere", "addresses": ["127.0.0.1"]}
    alone = Witnessed(Communicator(1, where), everywhere=False)
    assert alone.connection is None
    alone.if_killed(KILLED, LOST, SOME)
    alone.end(BYE)
