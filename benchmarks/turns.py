"""Contestants in turn: each in a process of its own, one working while the others wait, round after round.

A machine that slows down in the course of a run slows all of them, so that the ratios of a round keep their meaning.
Processes of their own, because the threads of one library would get in the way of another's.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.jobs import JOBS, OURS, PEERS, Job, Steps
from benchmarks.processes import busy_processes

ROOT = Path(__file__).resolve().parent.parent
REST = 0.05  # seconds between turns, in which the threads of the last one fall asleep
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NPROC")  # the last is what JAX asks


@dataclass
class Times:
    """What a contestant took in each round, in seconds for one piece of the work.

    ``missing`` says why there is none.
    """

    peer: str
    seconds: list[float] = field(default_factory=list)
    result: float | None = None
    missing: str = ""

    @property
    def median(self) -> float:
        """The median of the rounds."""
        return median(self.seconds)


class Process:
    """A contestant's process."""

    def __init__(self, peer: str, job: str, threads: int | None) -> None:
        self.times, self.job = Times(peer), job
        self.errors = tempfile.TemporaryFile("w+")  # noqa: SIM115 (closed in end)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.worker", peer, job],
            cwd=ROOT,
            env=os.environ | ({name: str(threads) for name in THREADS} if threads else {}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            text=True,
        )

    def hear(self) -> dict[str, Any]:
        """Return what it says next.

        Raises
        ------
        RuntimeError
            When it ended instead, with what it printed last.
        """
        line = self.process.stdout.readline()
        if not line:
            self.process.wait()
            self.errors.seek(0)
            raise RuntimeError(f"{self.times.peer} failed at {self.job}:\n{self.errors.read()[-2000:]}")
        return json.loads(line)

    def tell(self, word: str) -> dict[str, Any]:
        """Tell it something, and return the answer."""
        self.process.stdin.write(word + "\n")
        self.process.stdin.flush()
        return self.hear()

    def end(self) -> None:
        """End it."""
        self.process.kill()
        self.process.communicate()
        self.errors.close()


def measure_in_turn(
    name: str, peers: Sequence[str], rounds: int, threads: int | None = None, busy: int = 0
) -> dict[str, Times]:
    """Let the contestants do a job in turn, one round to warm up and then so many, and return what they took.

    One that cannot be imported is left out, and says why. Each has so many threads, or those that it chooses itself.
    While they work, ``busy`` other processes are busy.
    """
    processes: dict[str, Process] = {}
    times: dict[str, Times] = {}
    try:
        for peer in peers:
            process = Process(peer, name, threads)
            times[peer], processes[peer] = process.times, process
            process.times.missing = process.hear().get("missing", "")
            if process.times.missing:
                processes.pop(peer).end()
        with busy_processes(busy):
            for round_ in range(rounds + 1):
                for process in processes.values():
                    time.sleep(REST)
                    seconds = process.tell("turn")["seconds"]
                    if round_:
                        process.times.seconds.append(seconds)
        for process in processes.values():
            process.times.result = process.tell("end")["result"]
    finally:
        for process in processes.values():
            process.end()
    return times


def ratio(ours: Times, theirs: Times) -> float:
    """Return the median over the rounds of our time divided by theirs."""
    return median(a / b for a, b in zip(ours.seconds, theirs.seconds, strict=True))


def different_work(job: Job, times: dict[str, Times]) -> str:
    """Return what shows that two contestants did not do the same work; nothing when they did."""
    noise = job.noise if isinstance(job, Steps) else 1e-9
    results = {each.peer: each.result for each in times.values() if each.result is not None}
    ours = results[OURS]
    apart = {peer: result for peer, result in results.items() if abs(result - ours) > noise * max(1, abs(ours))}
    if not apart:
        return ""
    return f"results differ: {OURS} {ours:.4g}, " + ", ".join(f"{PEERS[p][1]} {r:.4g}" for p, r in apart.items())


def run_job(name: str, rounds: int, threads: int | None, busy: int = 0) -> dict[str, Times]:
    """Measure one of ``JOBS``; beside busy processes only with the peers that are to be surpassed."""
    peers = [peer for peer, limit in JOBS[name].limits.items() if limit is not None or not busy]
    return measure_in_turn(name, [OURS, *peers], rounds, threads, busy)
