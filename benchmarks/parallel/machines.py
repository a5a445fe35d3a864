"""Machines within this one: each has its own network, shared memory and name, and a link of a given rate.

They are namespaces of Linux, connected by a bridge. Processes in different ones reach each other by TCP alone, as those
of different machines do; only the cores and the disk are shared. What is measured between them holds for a network of
that rate, as long as there are no more of them than cores.

It takes Linux, root, and the programs ``ip`` and ``tc`` (Debian's iproute2).
"""

import itertools
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

HUB = "10.9.0.1"
COUNTER = itertools.count()
BURST = {"1gbit": "128kb", "10gbit": "1mb"}  # what a link may send at once

# mpiexec starts what it starts on another machine by this, in place of ssh: the address, then the command.
LAUNCHER = """#!/bin/sh
while [ "${{1#-}}" != "$1" ]; do shift; done
name={name}m${{1##*.}}
shift
exec ip netns exec "$name" unshare --uts --mount --ipc \
    sh -c "hostname $name; mount -t tmpfs tmpfs /dev/shm; exec env $*"
"""


class Machines:
    """Some machines that are connected.

    Parameters
    ----------
    name : str
        That of the namespaces; the machines have a number behind it.
    count : int
    launcher : Path
    """

    def __init__(self, name: str, count: int, launcher: Path) -> None:
        self.name, self.count, self.launcher = name, count, launcher

    def command(self, mpiexec: str, words: Sequence[str]) -> list[str]:
        """Return the command that runs another one on every machine."""
        hosts = ",".join(address(number) for number in range(1, self.count + 1))
        started = ["-localhost", HUB, "-launcher", "rsh", "-launcher-exec", str(self.launcher), "-hosts", hosts]
        inside = ["ip", "netns", "exec", f"{self.name}hub"]
        return [*inside, mpiexec, *started, "-n", str(self.count), *words]

    def bytes_sent(self) -> list[int]:
        """Return how many bytes each machine has sent so far."""
        asked = [["ip", "-n", name, "-s", "-j", "link", "show", "eth0"] for name in names(self.name, self.count)]
        answers = [subprocess.run(words, check=True, capture_output=True, text=True).stdout for words in asked]
        return [int(json.loads(answer)[0]["stats64"]["tx"]["bytes"]) for answer in answers]


def why_not() -> str:
    """Return why there can be no machines here, nothing where there can."""
    if not sys.platform.startswith("linux"):
        return "it takes Linux"
    if missing := [program for program in ("ip", "tc", "unshare") if shutil.which(program) is None]:
        return f"{' and '.join(missing)} is not installed (Debian: iproute2, util-linux)"
    if os.geteuid() != 0:
        return "it takes root"
    try:
        with machines(1):
            return ""
    except subprocess.CalledProcessError as error:
        return f"{' '.join(error.cmd)}: {error.stderr.strip()}"


@contextmanager
def machines(count: int, rate: str | None = None) -> Iterator[Machines]:
    """Give some machines, with links of a rate such as ``1gbit``, or as fast as memory is."""
    name = f"cr{os.getpid()}n{next(COUNTER)}"
    with tempfile.TemporaryDirectory() as folder:
        launcher = Path(folder) / "launcher"
        launcher.write_text(LAUNCHER.format(name=name), encoding="utf-8")
        launcher.chmod(launcher.stat().st_mode | stat.S_IXUSR)
        made = []
        try:
            for made_name in [f"{name}hub", *names(name, count)]:
                run("ip", "netns", "add", made_name)
                made.append(made_name)
            connect(made[0], made[1:], rate)
            yield Machines(name, count, launcher)
        finally:
            for made_name in made:
                subprocess.run(["ip", "netns", "delete", made_name], capture_output=True)


def connect(hub: str, others: list[str], rate: str | None) -> None:
    """Connect machines by a bridge, which is in a namespace of its own, so that nothing of it is seen outside."""
    run("ip", "-n", hub, "link", "add", "bridge", "type", "bridge")
    run("ip", "-n", hub, "address", "add", f"{HUB}/24", "dev", "bridge")
    for device in ("lo", "bridge"):
        run("ip", "-n", hub, "link", "set", device, "up")
    for number, machine in enumerate(others, start=1):
        plug = f"plug{number}"
        run("ip", "-n", hub, "link", "add", plug, "type", "veth", "peer", "name", "eth0", "netns", machine)
        run("ip", "-n", hub, "link", "set", plug, "master", "bridge", "up")
        run("ip", "-n", machine, "address", "add", f"{address(number)}/24", "dev", "eth0")
        for device in ("lo", "eth0"):
            run("ip", "-n", machine, "link", "set", device, "up")
        if rate is not None:
            limit = ["tbf", "rate", rate, "burst", BURST[rate], "latency", "20ms"]
            run("tc", "-n", machine, "qdisc", "add", "dev", "eth0", "root", *limit)


def names(name: str, count: int) -> list[str]:
    """Return the names of the machines, which end as their addresses do."""
    return [f"{name}m{number + 10}" for number in range(1, count + 1)]


def address(number: int) -> str:
    """Return the address of a machine, counted from 1."""
    return f"10.9.0.{number + 10}"


def run(*words: str) -> None:
    """Run a command."""
    subprocess.run(words, check=True, capture_output=True, text=True)
