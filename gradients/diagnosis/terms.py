"""Right in part: a term is missing, some places are wrong, samples are mixed, or there are too few digits."""

import numpy as np

from gradients.diagnosis.exam import Case, Suspect
from gradients.diagnosis.points import softmax
from gradients.report import Finding
from gradients.subject import Point, is_float_array

TINY = 1e-4
SMALL = 1e-2  # an error of the size of rounding or of a guard against division by zero, relative to the largest


def cross_sample(suspect: Suspect) -> Finding | None:
    """One sample's gradient depends on another sample, though forward does not mix them."""
    batch = suspect.exam.batch_size
    if batch is None or batch < 2 or not suspect.fits or not suspect.cases:
        return None
    right = suspect.right[0]
    if suspect.name not in suspect.subject.input_names or right.ndim == 0 or len(right) != batch:
        return None
    case = suspect.cases[0]
    mixed = mixed_by_dout(suspect, case) or mixed_by_input(suspect, case)
    if not mixed:
        return None
    return Finding(
        "cross-sample",
        suspect.name,
        f"{suspect.name} mixes samples: that of one sample changes with {mixed} of another, though forward treats each "
        "sample by itself. Look for a sum, mean or maximum without axis=1 (or over axis 0), and for a reshape in "
        "the wrong order.",
        {"changes with": f"{mixed} of another sample"},
    )


def mixed_by_dout(suspect: Suspect, case: Case) -> str | None:
    """Return "dout" when a dout that is zero but for one sample reaches others that it should not reach."""
    batch = suspect.exam.batch_size
    if suspect.subject.is_loss or any(d.ndim == 0 or len(d) != batch for d in case.douts):
        return None
    for sample in range(batch):
        douts = [np.where(np.arange(batch).reshape(-1, *[1] * (d.ndim - 1)) == sample, d, 0.0) for d in case.douts]
        given = suspect.subject.run(case.point, douts).gradients[suspect.name]
        right = case.truth.gradient(suspect.name, np.concatenate([d.ravel() for d in douts])).value
        base = suspect.subject.run(case.point, [0 * d for d in douts]).gradients[suspect.name]
        others = np.arange(batch) != sample
        tiny = 1e-7 * np.abs(suspect.right[0]).max()
        if np.abs(right[others]).max() <= tiny < np.abs(given[others] - base[others]).max():
            return "dout"
    return None


def mixed_by_input(suspect: Suspect, case: Case) -> str | None:
    """Return "the input" when moving one sample's input changes the gradient of others, though it should not."""
    place = suspect.subject.input_names[suspect.name]
    x = case.point.inputs[place]
    for sample in range(len(x)):
        moved = x.copy()
        moved[sample] = moved[sample] * 1.2 + 0.05
        inputs = (*case.point.inputs[:place], moved, *case.point.inputs[place + 1 :])
        point = Point(inputs, case.point.params)
        given = suspect.given_at(point, case)
        others = np.arange(len(x)) != sample
        scale = np.abs(suspect.right[0]).max()
        if given is None or np.abs(given[others] - suspect.given[0][others]).max() <= 1e-5 * scale:
            continue
        right = suspect.right_at(point, case)
        if right is not None and np.abs(right[others] - suspect.right[0][others]).max() <= 1e-7 * scale:
            return "the input"
    return None


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
        f"{suspect.name} lacks {what}. {advice}",
        evidence,
    )


def missing_branch(suspect: Suspect) -> tuple[str, str, dict] | None:
    """Test terms that can be written down: the skip path, the product rule, softmax's own part, a weight decay."""
    name, subject = suspect.name, suspect.subject
    branches = "The gradient is the SUM over all the ways on which x reaches the output."
    x_is_first = name in subject.input_names

    def x_of(case: Case) -> np.ndarray:
        return case.point.inputs[subject.input_names[name]]

    def dout_of(case: Case) -> np.ndarray | None:
        dout = case.douts[0]
        return dout if x_is_first and dout.shape == case.given(name).shape else None

    def plus(case: Case, term: np.ndarray | None) -> np.ndarray | None:
        return None if term is None or not np.isfinite(term).all() else case.right(name).value - term

    def ratio(case: Case) -> np.ndarray | None:
        y, dout = case.output(), dout_of(case)
        return None if dout is None or y is None else dout * y / x_of(case)

    if not subject.is_loss:
        if suspect.gives(lambda case: plus(case, dout_of(case))):
            return (
                "the direct way, dout itself (y = x + f(x) gives dx = dout + f's part)",
                branches,
                {"given": "right - dout"},
            )
        if suspect.gives(ratio) or suspect.gives(lambda case: plus(case, ratio(case))):
            return "one term of the product rule, (u v)' = u' v + u v'", branches, {"other factor": "y / x"}
        if suspect.gives(dout_of):
            return "all but dout itself: the other ways from x to the output", branches, {"given": "dout"}
        return None
    if x_is_first and all(x_of(case).ndim >= 2 for case in suspect.cases):
        factors = [fit(case.right(name).value - case.given(name), softmax(x_of(case))) for case in suspect.cases]
        if all(f is not None for f in factors) and np.ptp(factors) < 1e-4 * abs(factors[0]):
            return (
                "the part of the softmax's sum, y",
                "dL/dx = (y - t) / N has both terms, y and t.",
                {"factor of y": factors[0]},
            )
    if not x_is_first:
        factors = [fit(case.right(name).value - case.given(name), case.point.params[name]) for case in suspect.cases]
        if all(f is not None for f in factors) and np.ptp(factors) < 1e-4 * abs(factors[0]):
            return (
                f"a term in proportion to the parameter itself, {factors[0]:.6g} times it: the gradient of the "
                "weight decay",
                "What forward adds to the loss, lambda/2 * sum(W^2), adds lambda * W to dW.",
                {"lambda": factors[0]},
            )
    return None


def fit(residual: np.ndarray, term: np.ndarray) -> float | None:
    """Return the factor by which the residual is the term, None where it is not."""
    if residual.shape != term.shape or not np.any(term):
        return None
    factor = float((residual * term).sum() / (term * term).sum())
    close = np.abs(residual - factor * term).max() <= 1e-5 * np.abs(factor * term).max()
    return factor if factor and close else None


def missing_shared_part(suspect: Suspect) -> tuple[str, str, dict] | None:
    """Test whether what is missing is shared: of low rank among the elements that forward mixes."""
    advice = (
        "Each x reaches the output also through what all share: dL/dx = (direct part) + (part through the mean) + "
        "(part through the variance), or for softmax y * (dout - sum(dout * y))."
    )
    ranks: set[int] = set()
    for case in suspect.cases[:3]:
        student = case.student_jacobian(suspect.name)
        if student is None:
            return None
        right = case.truth.jacobian(suspect.name).value
        if right.shape[0] == right.shape[1] and same_matrix(student, np.diag(np.diag(right))):
            return (
                "the way through the other elements: only the diagonal of dy/dx is there",
                advice,
                {"given": "diagonal"},
            )
        rank = shared_rank(right - student, right)
        if rank is None:
            return None
        ranks.add(rank)
    most = max(ranks)
    return (
        "a part that all elements of a group share (the way through their mean, variance or sum)",
        advice,
        {"rank of what is missing in a group": most},
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
        f"{suspect.name} has a wrong part in what all elements of a group share: the way through the variance (or the "
        "mean) is there, but its derivative is taken at a wrong value, as 1/(2 var) for 1/(2 sqrt(var)).",
        {"wrong part": "the same for a whole group", "the direct part": "right"},
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


def few_digits(suspect: Suspect) -> Finding | None:
    """The gradient is right but for a small error, or was cut to whole numbers."""
    if not suspect.fits or not suspect.cases:
        return None
    pairs = list(zip(suspect.given, suspect.right, strict=True))
    if all(cut_to_whole_numbers(given, right) for given, right in pairs) and any(np.any(given) for given, _ in pairs):
        return too_coarse(suspect, "it holds whole numbers only (zeros_like of integers, // or astype(int))")
    errors = [np.abs(given - right).max() / np.abs(right).max() for given, right in pairs if np.any(right)]
    if not errors or max(errors) > SMALL or (max(errors) > TINY and partly_exact(suspect)):
        return None
    return too_coarse(suspect, f"its error is about {max(errors):.1e} of the largest element")


def cut_to_whole_numbers(given: np.ndarray, right: np.ndarray) -> bool:
    """Return whether a gradient is the right one without what stands behind the decimal point."""
    if not np.array_equal(given, np.trunc(given)) or np.array_equal(right, np.trunc(right)):
        return False
    return bool(np.abs(given - right).max() < 1 + 1e-9)


def too_coarse(suspect: Suspect, why: str) -> Finding:
    """Return the finding that there are too few digits."""
    return Finding(
        "precision",
        suspect.name,
        f"{suspect.name} is right but for its precision: {why}. Look for float32 or float16 in the middle, for "
        "integers, and "
        "for a small constant against division by zero that is too large, or is not the one that forward adds.",
        {
            "largest difference": max(
                float(np.abs(a - g).max()) for a, g in zip(suspect.given, suspect.right, strict=True)
            )
        },
    )


def exact_places(given: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return where a gradient is right to the last digits that can be told."""
    return np.abs(given - right) <= 1e-6 * np.abs(right) + 1e-9 * np.abs(right).max(initial=0.0)


def partly_exact(suspect: Suspect) -> bool:
    """Return whether in every case some places, but not only those that are zero, are exactly right."""
    shares = []
    for given, right in zip(suspect.given, suspect.right, strict=True):
        counts = (np.abs(right) > 1e-9 * np.abs(right).max(initial=0.0)) | (np.abs(given) > 0)
        exact = exact_places(given, right)
        if not counts.any() or exact.all():
            continue
        shares.append(exact[counts & (right != 0)].mean() if (counts & (right != 0)).any() else 0.0)
    return bool(shares) and np.mean(shares) >= 0.08 and np.mean(np.array(shares) > 0) > 0.6


def wrong_at_fixed_places(suspect: Suspect) -> Finding | None:
    """The gradient is right but for places that are the same whatever the input is."""
    if not suspect.fits or len(suspect.cases) < 2:
        return None
    wrong = np.array([~exact_places(a, g) for a, g in zip(suspect.given, suspect.right, strict=True)])
    nonzero = np.array([np.abs(g) > 1e-9 * np.abs(g).max(initial=0.0) for g in suspect.right])
    always_right = ~wrong.any(axis=0) & nonzero.any(axis=0)
    often_wrong = wrong.mean(axis=0) > 0.6
    if not always_right.any() or always_right.mean() < 0.1 or (~often_wrong & wrong.any(axis=0)).any():
        return None
    return partly_wrong(suspect)


def partly_wrong(suspect: Suspect) -> Finding | None:
    """The gradient is right but for some samples, features or places."""
    if not suspect.fits or not suspect.cases or not partly_exact(suspect):
        return None
    wrong = [~exact_places(a, g) for a, g in zip(suspect.given, suspect.right, strict=True)]
    always = np.logical_or.reduce(wrong)
    of_input = suspect.name in suspect.subject.input_names
    where = places(always, of_input) if not always.all() else by_value(suspect, wrong)
    case = next(i for i, w in enumerate(wrong) if w.any())
    index = tuple(int(i) for i in np.argwhere(wrong[case])[0])
    return Finding(
        "partly-wrong",
        suspect.name,
        f"{suspect.name} is right except {where}. The formula is right, so look at what treats these places "
        "differently: "
        "the bounds of a loop or slice, a condition, an index.",
        {
            "wrong elements": f"{int(wrong[case].sum())} of {wrong[case].size}",
            f"at {list(index)} given": float(suspect.given[case][index]),
            "right": float(suspect.right[case][index]),
        },
    )


def places(wrong: np.ndarray, of_input: bool) -> str:
    """Return in words where the wrong places are."""
    names = ("sample", "feature") if of_input else ("row", "column")
    names = names if wrong.ndim == 2 else tuple(f"index of axis {axis}" for axis in range(wrong.ndim))
    for axis in range(wrong.ndim):
        lines = np.moveaxis(wrong, axis, 0).reshape(wrong.shape[axis], -1)
        if not lines.any(axis=1).all():
            bad = np.flatnonzero(lines.any(axis=1))
            return f"for {names[axis]} {', '.join(map(str, bad[:6]))}{' ...' if len(bad) > 6 else ''}"
    shown = [list(map(int, place)) for place in np.argwhere(wrong)[:4]]
    return f"at {', '.join(map(str, shown))}{' ...' if wrong.sum() > 4 else ''}"


def by_value(suspect: Suspect, wrong: list[np.ndarray]) -> str:
    """Return in words which values of x make a place wrong."""
    place = suspect.subject.input_names.get(suspect.name)
    if place is None or not is_float_array(suspect.cases[0].point.inputs[place]):
        return "at places that change with the input"
    x = np.concatenate([case.point.inputs[place].ravel() for case in suspect.cases])
    bad = np.concatenate([w.ravel() for w in wrong])
    if not bad.any() or bad.all():
        return "at places that change with the input"
    for text, v in (("x", x), ("|x|", np.abs(x))):
        if v[bad].max() < v[~bad].min():
            return f"where {text} is small: it is wrong up to {v[bad].max():.4g} and right from {v[~bad].min():.4g} on"
        if v[bad].min() > v[~bad].max():
            return f"where {text} is large: it is right up to {v[~bad].max():.4g} and wrong from {v[bad].min():.4g} on"
    if (x[bad] < 0).all():
        return "at some places where x is negative"
    if (x[bad] > 0).all():
        return "at some places where x is positive"
    return "at places that change with the input"
