"""partly-wrong: right but for some samples, features or places."""

import numpy as np

from gradients.diagnosis.suspect import Suspect
from gradients.measuring.arguments import is_float_array
from gradients.report import Finding
from language import _


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
        _(
            "{name} is right except {where}. The formula is right, so look at what treats these places differently: "
            "the bounds of a loop or slice, a condition, an index.",
            name=suspect.name,
            where=where,
        ),
        {
            "wrong elements": _("{wrong} of {size}", wrong=int(wrong[case].sum()), size=wrong[case].size),
            _("backward at {place}", place=list(index)): float(suspect.given[case][index]),
            "right": float(suspect.right[case][index]),
        },
    )


def places(wrong: np.ndarray, of_input: bool) -> str:
    """Return in words where the wrong places are."""
    of_matrix = (
        (_("for sample {places}"), _("for feature {places}"))
        if of_input
        else (_("for row {places}"), _("for column {places}"))
    )
    for axis in range(wrong.ndim):
        lines = np.moveaxis(wrong, axis, 0).reshape(wrong.shape[axis], -1)
        if not lines.any(axis=1).all():
            bad = np.flatnonzero(lines.any(axis=1))
            listed = ", ".join(map(str, bad[:6])) + (" ..." if len(bad) > 6 else "")
            if wrong.ndim == 2:
                return of_matrix[axis].format(places=listed)
            return _("for index of axis {axis} {places}", axis=axis, places=listed)
    shown = [list(map(int, place)) for place in np.argwhere(wrong)[:4]]
    return _("at {places}", places=", ".join(map(str, shown)) + (" ..." if wrong.sum() > 4 else ""))


def by_value(suspect: Suspect, wrong: list[np.ndarray]) -> str:
    """Return in words which values of x make a place wrong."""
    place = suspect.subject.input_names.get(suspect.name)
    if place is None or not is_float_array(suspect.cases[0].point.inputs[place]):
        return _("at places that change with the input")
    x = np.concatenate([case.point.inputs[place].ravel() for case in suspect.cases])
    bad = np.concatenate([w.ravel() for w in wrong])
    if not bad.any() or bad.all():
        return _("at places that change with the input")
    for text, v in (("x", x), ("|x|", np.abs(x))):
        if v[bad].max() < v[~bad].min():
            return _(
                "where {value} is small: it is wrong up to {wrong:.4g} and right from {right:.4g} on",
                value=text,
                wrong=v[bad].max(),
                right=v[~bad].min(),
            )
        if v[bad].min() > v[~bad].max():
            return _(
                "where {value} is large: it is right up to {right:.4g} and wrong from {wrong:.4g} on",
                value=text,
                right=v[~bad].max(),
                wrong=v[bad].min(),
            )
    if (x[bad] < 0).all():
        return _("at some places where x is negative")
    if (x[bad] > 0).all():
        return _("at some places where x is positive")
    return _("at places that change with the input")
