"""Every wrong layer is found, and nearly every one is named; no right layer is accused.

``tests/gradient_check/mistakes`` holds them, written as students write them.
"""

from collections import Counter

import numpy as np
import pytest

from gradient_check import check_layer, check_network
from mistakes import origins

ORIGINS = origins()


def check(entry, seed):
    rng = np.random.default_rng(seed)
    thing, inputs = entry.make(rng), entry.inputs(rng)
    return (check_network if entry.network else check_layer)(thing, *inputs, seed=seed)


def first_code(report):
    return report.findings[0].code if report.findings else "nothing"


def confusion_table(pairs):
    """A line for each label: how often it was named, and what else was said."""
    lines = []
    for label in sorted({label for label, _ in pairs}):
        said = Counter(code for wanted, code in pairs if wanted == label)
        others = ", ".join(f"{code} {count}" for code, count in said.most_common() if code != label)
        lines.append(f"{label:<24}{said[label]:>4} of {sum(said.values()):<4}{others}")
    return "\n".join(lines)


def test_there_are_150_wrong_layers_of_40_origins_with_every_code():
    mistakes = [mistake for module in ORIGINS.values() for mistake in module.MISTAKES]
    assert len(mistakes) >= 150
    assert len(ORIGINS) >= 40
    assert all(module.RIGHT for module in ORIGINS.values())
    assert len({mistake.code for mistake in mistakes}) == 28


def test_every_mistake_is_found_and_95_percent_of_them_are_named_first():
    pairs = [
        (mistake.code, first_code(check(mistake, seed)))
        for module in ORIGINS.values()
        for seed, mistake in enumerate(module.MISTAKES)
    ]
    named = sum(label == code for label, code in pairs)
    print(f"\n{confusion_table(pairs)}\n{named} of {len(pairs)} named: {named / len(pairs):.1%}")
    assert "nothing" not in {code for _, code in pairs}
    assert named / len(pairs) >= 0.95


@pytest.mark.parametrize("name", list(ORIGINS))
def test_the_right_layers_of_an_origin_are_right(name):
    for entry in ORIGINS[name].RIGHT:
        for seed in range(2):
            report = check(entry, seed)
            assert report.ok, report
