"""mask-inverted, mask-missing, mask-from-dout: gradients that pass where they should be blocked, as by ReLU."""

import numpy as np

from gradients.diagnosis.suspect import Suspect
from gradients.measuring.case import Case
from gradients.report import Finding
from language import _

RAISE = 1e3


def mask_mistake(suspect: Suspect) -> Finding | None:
    """The gradient passes where it should be blocked, or the reverse."""
    if not suspect.fits or not suspect.cases or not all(c.truth.is_small(suspect.name) for c in suspect.cases):
        return None
    if suspect.subject.is_loss:
        return None
    return two_valued(suspect) or passes_all(suspect) or by_rows(suspect) or by_sign_of_dout(suspect)


def two_valued(suspect: Suspect) -> Finding | None:
    """Test the layers whose local derivative takes two values only, such as 0 and 1."""
    masks = [local_mask(suspect, case) for case in suspect.cases]
    if any(mask is None for mask in masks):
        return None
    by_case = dict(zip(map(id, suspect.cases), masks, strict=True))
    name = suspect.name

    def proportional(weights: object) -> bool:
        factors = [best_factor(suspect, case, weights(*by_case[id(case)], case)) for case in suspect.cases]
        if any(factor is None for factor in factors) or np.ptp(factors) > 1e-4 * abs(factors[0]):
            return False
        return not suspect.gives(lambda case: case.right(name).value)

    if proportional(lambda reach, jacobian, low, high, case: (reach * (low + high) - jacobian) @ case.dout):
        return inverted(suspect)
    if proportional(lambda reach, jacobian, low, high, case: reach @ case.dout):
        return missing(suspect)
    if all(case.dout.size == case.right(name).value.size for case in suspect.cases) and proportional(
        lambda reach, jacobian, low, high, case: np.where(case.dout > 0, high, low) * case.dout
    ):
        return from_dout(suspect)
    if suspect.gives(lambda case: case.truth.gradient(name, np.maximum(case.dout, 0)).value):
        return from_dout(suspect)
    return None


def passes_all(suspect: Suspect) -> Finding | None:
    """Test whether dout is passed on as it is, though only some elements should do that."""
    if not suspect.gives(lambda case: case.douts[0] if case.douts[0].shape == case.given(suspect.name).shape else None):
        return None
    slopes = np.concatenate([(case.right(suspect.name).value / case.douts[0]).ravel() for case in suspect.cases])
    passing = np.abs(slopes - 1) < 1e-6
    return missing(suspect) if 0 < passing.mean() < 1 else None


def local_mask(suspect: Suspect, case: Case) -> tuple[np.ndarray, np.ndarray, float, float] | None:
    """Return which outputs each element can reach, the local derivatives, and their lower and higher value."""
    jacobian = np.where(np.abs(j := case.truth.jacobian(suspect.name).value) < 1e-8, 0.0, j)
    if len(np.unique(np.round(jacobian[jacobian != 0], 6))) > 2:
        return None
    reach = (reachable(suspect, case) | (jacobian != 0)).astype(float)
    values = np.unique(np.round(jacobian[reach > 0], 6))
    if len(values) == 1 and values[0] != 0:
        others = [case.truth.jacobian(suspect.name).value for case in suspect.cases]
        values = np.unique(np.round(np.concatenate([other[np.abs(other) > 1e-8] for other in others]), 6))
    if len(values) != 2:
        return None
    low, high = sorted(values, key=abs)
    return reach, jacobian, float(low), float(high)


def reachable(suspect: Suspect, case: Case) -> np.ndarray:
    """Return which outputs change when an element is made very large or very small, (elements, outputs)."""
    evaluator = case.truth.evaluator
    array = evaluator.arrays[suspect.name]
    size = np.abs(array).max(initial=1.0)
    rows = []
    for index in np.ndindex(array.shape):
        original, row = float(array[index]), np.zeros(evaluator.rest.shape, bool)
        for extreme in (RAISE * size, -RAISE * size):

            def move(t: float, index: tuple = index, original: float = original, extreme: float = extreme) -> None:
                array[index] = original + t * (extreme - original)

            row |= evaluator.moved(move, 1.0) != evaluator.rest
        rows.append(row)
    reach = np.array(rows)
    if [np.shape(dout) for dout in case.douts] == [array.shape]:
        reach |= np.eye(array.size, dtype=bool)
    return reach


def best_factor(suspect: Suspect, case: Case, predicted: np.ndarray) -> float | None:
    """Return the factor by which backward gives the predicted, None where it does not."""
    given = case.given(suspect.name).ravel()
    if not np.any(predicted) or not np.any(given):
        return None
    factor = float(given @ predicted / (predicted @ predicted))
    return factor if factor and suspect.same(given, factor * predicted) else None


def by_rows(suspect: Suspect) -> Finding | None:
    """Test whether whole outputs or whole inputs are blocked, as where ReLU is a part of the layer."""
    pairs = []
    for case in suspect.cases:
        right = case.truth.jacobian(suspect.name).value
        if not any(blocked(right, axis).any() for axis in (0, 1)):
            continue
        student = case.student_jacobian(suspect.name)
        if student is None:
            return None
        pairs.append((student, right))
    for axis in (0, 1):
        patterns = {blocked(right, axis).tobytes() for _, right in pairs}
        if len(patterns) < 2:  # what is blocked does not depend on the input: that is no mask
            continue
        verdicts = {blocked_lines(student, right, axis) for student, right in pairs} - {"same"}
        if verdicts == {"missing"}:
            return missing(suspect)
        if verdicts == {"inverted"}:
            return inverted(suspect)
    return None


def blocked(right: np.ndarray, axis: int) -> np.ndarray:
    """Return which rows or columns of a Jacobian are zero."""
    return np.abs(right).max(axis=axis) <= 1e-6 * np.abs(right).max(initial=0.0)


def blocked_lines(student: np.ndarray, right: np.ndarray, axis: int) -> str:
    """Return how rows or columns that should be zero, and those that should not, were filled."""
    scale = np.abs(right).max(initial=0.0)
    tiny = 1e-6 * scale
    zero, filled = blocked(right, axis), (np.abs(student).max(axis=axis) > tiny)
    equal = np.abs(student - right).max(axis=axis) <= 1e-5 * scale
    if not zero.any() or zero.all():
        return "same" if equal.all() else "other"
    if equal[~zero].all() and filled[zero].all():
        return "missing"
    if not filled[~zero].any() and filled[zero].all():
        return "inverted"
    return "other"


def open_where_zero(suspect: Suspect) -> Finding | None:
    """The gradient of a loss, at one sample, passes exactly where the right one is zero."""
    if not suspect.subject.is_loss or not suspect.fits or not suspect.cases:
        return None
    verdicts: set[str] = set()
    for _sample in range(6):
        case = suspect.exam.resized(1)
        given = None if case is None else case.given(suspect.name)
        if given is None or given.shape != case.right(suspect.name).value.shape:
            return None
        right = case.right(suspect.name).value
        tiny = 1e-7 * np.abs(right).max(initial=0.0)
        zero = np.abs(right) <= tiny
        equal = np.abs(given - right) <= 1e-5 * np.abs(right).max(initial=0.0)
        if not zero.any() or zero.all():
            verdicts.add("same" if equal.all() else "other")
        elif equal[~zero].all() and not equal[zero].all():
            verdicts.add("missing")
        elif lets_one_sign_pass(given, right, tiny):
            verdicts.add("from dout")
        elif not np.any(np.abs(given[~zero]) > tiny) and np.any(np.abs(given[zero]) > tiny):
            verdicts.add("inverted")
        else:
            verdicts.add("same" if equal.all() else "other")
    verdicts -= {"same"}
    if "from dout" in verdicts and "other" not in verdicts:
        return from_dout(suspect)
    if verdicts == {"missing"}:
        return missing(suspect)
    return inverted(suspect) if verdicts == {"inverted"} else None


def lets_one_sign_pass(given: np.ndarray, right: np.ndarray, tiny: float) -> bool:
    """Return whether positive gradients pass and negative ones do not, wherever they should."""
    if right.ndim == 2:  # a weight: each row is delta times an input, of either sign
        rows = [(a, g) for a, g in zip(given, right, strict=True) if np.abs(g).max() > tiny]
        return bool(rows) and all(lets_one_sign_pass(a, g, tiny) or lets_one_sign_pass(-a, -g, tiny) for a, g in rows)
    positive, negative = right > tiny, right < -tiny
    largest = np.abs(right).max(initial=0.0)
    if not negative.any() or (given < -tiny).any():
        return False
    return bool((np.abs(given - right)[positive] <= 1e-5 * largest).all() and (np.abs(given)[negative] <= tiny).all())


def by_sign_of_dout(suspect: Suspect) -> Finding | None:
    """Test whether backward answers to -dout otherwise than by the negative, though 2 dout gives the double."""
    case = suspect.cases[0]
    given = suspect.given[0]
    answers = [case.gradients_for([k * d for d in case.douts])[suspect.name] for k in (-1, 2)]
    if any(answer is None for answer in answers):
        return None
    negative, double = answers
    if suspect.same(double, 2 * given) and not suspect.same(negative, -given):
        return from_dout(suspect)
    return None


def inverted(suspect: Suspect) -> Finding:
    """Return the finding that the mask is the wrong way round."""
    return Finding(
        "mask-inverted",
        suspect.name,
        _(
            "{name} passes the gradient where it should be blocked, and blocks it where it should pass. Invert the "
            "mask: dout passes where forward let x through (for ReLU: x > 0).",
            name=suspect.name,
        ),
        {"passes": _("where forward blocks"), "blocks": _("where forward passes")},
    )


def missing(suspect: Suspect) -> Finding:
    """Return the finding that there is no mask."""
    return Finding(
        "mask-missing",
        suspect.name,
        _(
            "{name} passes the gradient everywhere, even where forward let nothing through. Multiply dout by the mask "
            "that forward used (for ReLU: x > 0; for pooling: the place of the maximum).",
            name=suspect.name,
        ),
        {"passes": _("everywhere"), "should block": _("where the output does not depend on x")},
    )


def from_dout(suspect: Suspect) -> Finding:
    """Return the finding that dout's sign decides."""
    return Finding(
        "mask-from-dout",
        suspect.name,
        _(
            "{name} lets dout pass or not depending on the sign of dout itself. What passes was decided in forward, "
            "by x: keep the mask x > 0 there, and use it in backward. (A correct backward is linear in dout.)",
            name=suspect.name,
        ),
        {"backward(-dout)": _("is not -backward(dout)")},
    )
