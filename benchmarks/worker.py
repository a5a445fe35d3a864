"""The process of one contestant, started by :mod:`benchmarks.turns`.

::

    python -m benchmarks.worker PEER JOB

It prepares the job and says so by a line of JSON. For every line ``turn`` that comes it does the work of a turn, and
tells the seconds; at ``end`` it tells the result and ends. A processor that was idle takes a while to come to speed, so
work that is repeated is done once more, before, without taking its time.
"""

import importlib
import json
import sys
import time
from typing import Any

from benchmarks.growth import growth_job
from benchmarks.jobs import JOBS, PEERS


def main(peer: str, name: str) -> None:
    """Work as the lines on standard input say."""
    answers, sys.stdout = sys.stdout, sys.stderr  # what a library prints must not look like an answer

    def say(**answer: Any) -> None:
        print(json.dumps(answer), file=answers, flush=True)

    try:
        module = importlib.import_module(f"benchmarks.peers.{PEERS[peer][0]}")
    except ImportError as error:
        say(missing=str(error))
        return
    job = JOBS.get(name) or growth_job(name)
    contestant = getattr(module, job.kind)(job, peer)
    say(ready=True)
    for line in sys.stdin:
        if line.strip() == "end":
            break
        if job.repeats > 1:
            contestant.turn()
        started = time.perf_counter()
        contestant.turn()
        say(seconds=(time.perf_counter() - started) / job.repeats)
    say(result=contestant.result())


if __name__ == "__main__":
    main(*sys.argv[1:])
