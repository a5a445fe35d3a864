"""How well the diagnosis of a training does on the corpora of the tests, in its usual time.

::

    python -m benchmarks.diagnosis [--seconds S]

For the sick trainings: how many have a finding, in how many the right one comes first, and how many of the remedies
that were tried helped. For the healthy ones: in how many something is found that is not there.
"""

import argparse
import sys
import time
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from training import Finding, diagnose
from trainings import cases_in


def findings_of(case: Any, seconds: float | None) -> tuple[list[Finding], float]:
    """Return what is found in a training of the corpora, and how many seconds that took."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")  # of what is sick in it
        made = case()
    begun = time.perf_counter()
    if hasattr(made, "traces"):
        found = diagnose(made, seconds=seconds)
    else:
        data = (made.x_train, made.t_train, made.x_test, made.t_test)
        found = diagnose(made.network, *data, **made.options, seconds=seconds)
    return found, time.perf_counter() - begun


def sick(cases: Mapping[str, Any], seconds: float | None) -> None:
    """Print the figures of the trainings that go wrong, and those that are taken for something else."""
    found = {name: findings_of(case, seconds) for name, case in cases.items()}
    first = {name: findings[0].code if findings else "nothing" for name, (findings, _) in found.items()}
    right = [name for name, code in first.items() if code in cases[name].first]
    tried = [finding.tried for findings, _ in found.values() for finding in findings if finding.tried]
    for name, code in first.items():
        if name not in right:
            print(f"  {name}: {code}, expected {' or '.join(cases[name].first)}")
    print(f"{len(cases)} sick trainings of {len({name.split('.')[0] for name in cases})} origins")
    print(f"with a finding      {sum(code != 'nothing' for code in first.values()) / len(cases):.1%}")
    print(f"the right one first {len(right) / len(cases):.1%}")
    print(f"remedies tried      {len(tried)}, of which {sum(trial.helped for trial in tried) / len(tried):.1%} helped")
    print_times([seconds for _, seconds in found.values()])


def healthy(cases: Mapping[str, Any], seconds: float | None) -> None:
    """Print the figures of the healthy trainings, and those that are accused."""
    found = {name: findings_of(case, seconds) for name, case in cases.items()}
    accused = 0
    for name, (findings, _) in found.items():
        false = [finding.code for finding in findings if finding.code not in cases[name].may]
        accused += bool(false)
        if false:
            print(f"  {name}: {', '.join(false)}")
    print(f"{len(cases)} healthy trainings, of which {accused} are accused")
    print_times([seconds for _, seconds in found.values()])


def print_times(seconds: list[float]) -> None:
    """Print how long the diagnoses took."""
    print(f"seconds             median {np.median(seconds):.2f}, longest {max(seconds):.2f}\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seconds", type=float, help="how long each may take (2, or a tenth of the training)")
    options = parser.parse_args()
    sick(cases_in("sick"), options.seconds)
    healthy(cases_in("healthy"), options.seconds)
