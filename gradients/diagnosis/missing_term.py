"""missing-term: a part is missing that many elements share, such as the way through a mean."""

import numpy as np

from gradients.diagnosis.missing_branch import missing_branch
from gradients.diagnosis.suspect import Suspect
from gradients.report import Finding
from language import N_, _


def missing_term(suspect: Suspect) -> Finding | None:
    """A part is missing that many elements share, such as the way through a mean, or one branch of a sum."""
    if not suspect.fits or not suspect.cases:
        return None
    named = missing_branch(suspect)
    if named is None and not suspect.subject.is_loss and all(c.truth.is_small(suspect.name) for c in suspect.cases):
        named = missing_shared_part(suspect)
        if named is not None and not leaves_projections(suspect):
            return shared_part_is_wrong(suspect)
    if named is None:
        return None
    what, advice, evidence = named
    return Finding(
        "missing-term",
        suspect.name,
        _("{name} lacks {what}. {advice}", name=suspect.name, what=what, advice=advice),
        evidence,
    )


def missing_shared_part(suspect: Suspect) -> tuple[str, str, dict] | None:
    """Test whether what is missing is shared: of low rank among the elements that forward mixes."""
    advice = _(
        "Each x also reaches the output through what all elements share: dL/dx = (direct part) + (part through the "
        "mean) + (part through the variance), or for softmax y * (dout - sum(dout * y))."
    )
    ranks: set[int] = set()
    if any(case.student_jacobian(suspect.name) is None for case in suspect.cases[:3]):
        return None
    for case in suspect.cases[:3]:
        student, right = case.student_jacobian(suspect.name), case.truth.jacobian(suspect.name).value
        if right.shape[0] == right.shape[1] and same_matrix(student, np.diag(np.diag(right))):
            return (
                _("the path through the other elements: only the diagonal of dy/dx is there"),
                advice,
                {"given": _("diagonal")},
            )
        rank = shared_rank(right - student, right)
        if rank is None:
            return None
        ranks.add(rank)
    most = max(ranks)
    return (
        _(
            "a part that all elements of a group (a row, a column, a channel) share: the path through their mean, "
            "variance or sum"
        ),
        advice,
        {N_("shared parts that are missing"): most},
    )


def leaves_projections(suspect: Suspect) -> bool:
    """Return whether what backward has is what is left when a part is missing, and no part is there in a wrong size.

    Standardising multiplies dout, in each group, by a number times a projection, I - 1 1^T / N - x^ x^T / N. Without
    one of its parts it is a projection still, with the eigenvalues 0 and 1; with a part of another size it is not.
    """
    for case in suspect.cases[:3]:
        right, student = case.truth.jacobian(suspect.name).value, case.student_jacobian(suspect.name)
        for elements, outputs in groups(np.abs(right) > 1e-9 * np.abs(right).max()):
            if len(elements) != len(outputs):
                continue
            block = student[np.ix_(elements, outputs)]
            if same_matrix(block, np.diag(np.diag(block))):
                continue
            expected, found = (np.linalg.eigvals(part[np.ix_(elements, outputs)]) for part in (right, student))
            size = np.abs(expected).max()
            if is_projection(expected, size) and not is_projection(found, size):
                return False
    return True


def is_projection(eigenvalues: np.ndarray, size: float) -> bool:
    """Return whether all eigenvalues are 0 or the size."""
    near_zero, near_size = np.abs(eigenvalues) < 1e-3 * size, np.abs(eigenvalues - size) < 1e-3 * size
    return bool((near_zero | near_size).all() and near_zero.any() and near_size.any()) or bool(near_size.all())


def shared_part_is_wrong(suspect: Suspect) -> Finding:
    """Return the finding that the part through mean or variance is there, but has a wrong value."""
    return Finding(
        "wrong-point",
        suspect.name,
        _(
            "{name} is wrong in the part that all elements of a group (a row, a column, a channel) share: the path "
            "through the variance (or the mean) is there, but its derivative is evaluated at a wrong value, such as "
            "1/(2 var) instead of 1/(2 sqrt(var)).",
            name=suspect.name,
        ),
        {"wrong part": _("the same for a whole group"), "the direct part": _("right")},
    )


def same_matrix(a: np.ndarray, b: np.ndarray) -> bool:
    """Return whether two Jacobians are the same."""
    return bool(np.abs(a - b).max() <= 1e-6 * max(np.abs(b).max(), 1e-300))


def shared_rank(missing: np.ndarray, right: np.ndarray) -> int | None:
    """Return the largest rank of what is missing among the groups that forward mixes; None where it is not low."""
    scale = np.abs(right).max()
    missing = np.where(np.abs(missing) <= 1e-7 * scale, 0.0, missing)
    ranks = []
    for elements, outputs in groups(np.abs(right) > 1e-9 * scale):
        block = missing[np.ix_(elements, outputs)]
        if not block.any():
            continue
        values = np.linalg.svd(block, compute_uv=False)
        rank = int((values > 1e-6 * values[0]).sum())
        filled = (block != 0).any(axis=1).mean()
        if filled < 0.7 or rank > 2 or rank >= min(block.shape) - 1 + (min(block.shape) == 2):
            return None
        ranks.append(rank)
        missing[np.ix_(elements, outputs)] = 0.0
    return None if not ranks or missing.any() else max(ranks)


def groups(mixes: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return the groups of elements (rows) and outputs (columns) that are connected."""
    left, found = set(range(len(mixes))), []
    while left:
        rows = np.zeros(len(mixes), bool)
        rows[left.pop()] = True
        columns = np.zeros(mixes.shape[1], bool)
        while True:
            new_columns = mixes[rows].any(axis=0)
            new_rows = rows | mixes[:, new_columns].any(axis=1)
            if (new_columns == columns).all() and (new_rows == rows).all():
                break
            rows, columns = new_rows, new_columns
        left -= set(np.flatnonzero(rows).tolist())
        found.append((np.flatnonzero(rows), np.flatnonzero(columns)))
    return found
