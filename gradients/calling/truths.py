"""Which of several arguments is the truth that a guess is compared with."""

from collections.abc import Sequence

from gradients.calling.roles import GUESS, TRUTH, key_of

INPUTS = {"y", "x", "a", "h", "o"}  # beside these, y may be an input too
WEIGHTS = {"w", "weight", "weights", "theta"}
# Names that are the truth beside a prediction, and the guess beside what was expected.
EITHER = {"actual", "real", "y_actual", "y_real"}
EXPECTED = {"expected", "desired", "target", "targets", "expected_output", "desired_output", "t", "label", "labels"}


def truth_places(names: Sequence[str]) -> list[int]:
    """Return the places of the arguments that are labels or targets.

    >>> truth_places(["y", "y_pred"]), truth_places(["expected", "actual"]), truth_places(["W", "X", "y"])
    ([0], [0], [2])
    """
    keys = [key_of(name) for name in names]
    if len(keys) < 2:
        return [place for place, key in enumerate(keys) if key in TRUTH and key != "t"]
    if set(keys) & EXPECTED and set(keys) & EITHER:
        return [place for place, key in enumerate(keys) if key in EXPECTED]
    found = [place for place, key in enumerate(keys) if key in TRUTH]
    if not found:
        found = [place for place, key in enumerate(keys) if key == "y" and (set(keys) - INPUTS) & GUESS]
    if not found and "x" in keys and set(keys) & WEIGHTS:
        found = [place for place, key in enumerate(keys) if key == "y"]  # of a linear classifier, loss(W, X, y)
    return found
