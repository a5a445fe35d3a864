"""The diagnosis of trainings that were written by people who had not seen it, and of healthy ones.

The figures with the usual time are those of ``python -m benchmarks.diagnosis``; here it gets more, as a machine on
which tests run in parallel is a slow one. Every fourth case is enough; with CHAINRULE_WHOLE=1 it is all.
"""

import warnings

import numpy as np
import pytest

from datasets import find_mnist
from tests_support import part
from training import diagnose
from trainings import cases_in

SECONDS = 8
SICK, HEALTHY = cases_in("sick"), cases_in("healthy")


def findings_of(case):
    """Return what is found in a case, and None where its data are not on this machine."""
    if case.needs == "mnist" and find_mnist() is None:
        return None
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")  # of what is sick in it
        made = case()
    if hasattr(made, "traces"):
        return diagnose(made, seconds=SECONDS)
    given = (made.network, made.x_train, made.t_train, made.x_test, made.t_test)
    return diagnose(*given, **made.options, seconds=SECONDS)


def test_the_corpus_is_large_enough():
    assert len(SICK) >= 150
    assert len({name.split(".")[0] for name in SICK}) >= 15
    assert len(HEALTHY) >= 60


@pytest.mark.exhaustive
@pytest.mark.parametrize("half", [0, 1])  # for two workers
def test_sick_trainings_are_known_by_what_is_wrong_and_remedies_help(half):
    found = {name: findings_of(SICK[name]) for name in part(sorted(SICK), 4)[half::2]}
    found = {name: findings for name, findings in found.items() if findings is not None}
    nothing = [name for name, findings in found.items() if not findings]
    assert len(nothing) <= 0.03 * len(found), nothing
    other = {name: findings[0].code for name, findings in found.items() if findings and not right_first(name, findings)}
    assert len(nothing) + len(other) <= 0.1 * len(found), other
    tried = [finding.tried for findings in found.values() for finding in findings if finding.tried]
    assert len(tried) >= 0.5 * len(found)
    assert sum(trial.helped for trial in tried) >= 0.9 * len(tried)


def right_first(name, findings):
    return findings[0].code in SICK[name].first


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", part(HEALTHY, 4))
def test_healthy_trainings_are_not_accused(name):
    findings = findings_of(HEALTHY[name])
    if findings is None:
        pytest.skip("MNIST is not on this machine")
    assert {finding.code for finding in findings} <= set(HEALTHY[name].may), list(map(str, findings))
