"""Are the inputs numbers that a network can take?"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from language import _
from training.diagnosis.finding import Finding, Trial
from training.diagnosis.look import Look
from training.diagnosis.remedies import other_rate, scaled_inputs, together

LARGE, OFF_CENTRE, APART = 12.0, 5.0, 30.0  # values; means in deviations; the largest deviation in smallest ones


def not_finite(look: Look) -> Iterator[Finding]:
    """Look for values that are no numbers."""
    x = np.asarray(look.scores.train.x)
    if x.dtype.kind != "f" or np.isfinite(x).all():
        return
    flat = ~np.isfinite(x.reshape(len(x), -1))
    columns, rows = np.flatnonzero(flat.any(axis=0)), int(flat.any(axis=1).sum())
    which = ", ".join(map(str, columns[:5])) + (", ..." if len(columns) > 5 else "")
    yield Finding(
        "unscaled-input",
        _(
            "{rows} of {count} samples contain NaN or infinity (feature {which}).",
            rows=rows,
            count=len(x),
            which=which,
        ),
        _("Leave those samples out, or fill in the feature's mean."),
        {"features": columns.tolist(), "samples": rows},
        look.trial(scaled_inputs(look.scaling)),
    )


def constant(look: Look) -> Iterator[Finding]:
    """See whether all samples are the same."""
    x = np.asarray(look.scores.train.x)
    if len(x) > 1 and (x == x[:1]).all():
        yield Finding(
            "unscaled-input",
            _("All training samples are the same: every feature is constant, so there is nothing to learn from."),
            _("See how the inputs were made: divided as whole numbers, cast to bytes, or overwritten?"),
            {"smallest": x.min(), "largest": x.max()},
        )


def unscaled(look: Look) -> Iterator[Finding]:
    """Look for inputs whose size or place a network cannot learn from, and scale them."""
    if not look.falls_short:
        return
    found = scale_of(np.asarray(look.scores.train.x))
    if found is None:
        return
    evidence, message = found
    if look.was_going_well and abs(evidence["largest"]) < 10 * LARGE:
        return
    tried = scaled_trial(look)
    if tried is not None:
        yield Finding(
            "unscaled-input",
            message,
            _("Scale each feature with the mean and standard deviation of the training data (pixels: divide by 255)."),
            evidence,
            tried,
        )


def scaled_trial(look: Look) -> Trial | None:
    """Try inputs that are scaled; where that alone is not enough, with another rate besides."""
    scaled = scaled_inputs(look.scaling)
    tried = look.trial(scaled, share=0.15, steps=300)
    for factor in (100.0, 0.1, 10.0, 1000.0):
        if tried is not None:
            return tried
        rate = other_rate(look.laboratory, factor)
        if rate is None or rate_alone_helps(look, factor):
            continue
        tried = look.trial(together(f"{scaled.change} {_('and')} {rate.change}", scaled, rate), share=0.08)
    return tried


def rate_alone_helps(look: Look, factor: float) -> bool:
    """Return whether the other rate helps without scaling."""
    rate = other_rate(look.laboratory, factor)
    return rate is not None and look.trial(rate, share=0.05) is not None


def scale_of(x: Any) -> tuple[dict[str, Any], str] | None:
    """Return what is unusual about the scale of inputs: numbers and a sentence; None where nothing is."""
    flat = np.asarray(x, float).reshape(len(x), -1)
    flat = flat[:, np.isfinite(flat).all(axis=0)]
    if not flat.size:
        return None
    mean, std = flat.mean(axis=0), flat.std(axis=0)
    varied = std > 1e-9 * (np.abs(mean) + 1e-30)
    low, high, size = float(flat.min()), float(flat.max()), float(np.sqrt(np.mean(flat**2)))
    if not varied.any():
        return None
    small, large = float(std[varied].min()), float(std[varied].max())
    evidence = {"smallest": low, "largest": high, "deviations": [small, large]}
    if size > LARGE or max(-low, high) > 10 * LARGE:
        return evidence, _(
            "The inputs are large, from {low:.3g} to {high:.3g}; a network expects them around 1.", low=low, high=high
        )
    if size < 0.01:
        return evidence, _(
            "The inputs are tiny, from {low:.3g} to {high:.3g}; a network expects them around 1.", low=low, high=high
        )
    if flat.shape[1] < 49 and large > APART * small:
        return evidence, _(
            "The features are of very different scale: standard deviations from {small:.3g} to {large:.3g}.",
            small=small,
            large=large,
        )
    if flat.shape[1] < 49 and np.any(np.abs(mean[varied]) > OFF_CENTRE * std[varied]):
        return evidence, _(
            "Some features hardly vary around a mean far from zero (more than {times:g} standard deviations away).",
            times=OFF_CENTRE,
        )
    return None
