"""sign-flipped, missing-batch-average, extra-batch-average, constant-factor: right but for one factor."""

from fractions import Fraction

import numpy as np

from gradients.diagnosis.factor_of_sizes import factor_in, sizes_in, sizes_text
from gradients.diagnosis.suspect import Suspect
from gradients.report import Finding
from language import N_, _

SAID = {
    "sign-flipped": N_(
        "{name} is exactly the negative of the right gradient. Look for a minus sign that is missing or should not be "
        "there, or a difference taken the wrong way round, such as t - y instead of y - t."
    ),
    "missing-batch-average": N_(
        "{name} is too large by the number of samples N: forward averages over the batch, backward does not. Divide "
        "by N in backward: dL/dx = dout * (...) / N."
    ),
    "extra-batch-average": N_(
        "{name} is an average where a sum belongs: forward does not average here (or has done so already), so "
        "backward must add up. Use sum instead of mean, or divide by N only once."
    ),
}


def one_factor(suspect: Suspect) -> Finding | None:
    """The gradient is the right one times one factor."""
    if not suspect.fits or not suspect.cases:
        return None
    factor = common_factor(suspect)
    if factor is None:
        return None
    name, batch = suspect.name, suspect.exam.batch_size
    if abs(factor + 1) < 1e-4:
        return Finding("sign-flipped", name, _(SAID["sign-flipped"], name=name), {"backward / right": factor})
    power = growth_with_batch(suspect, factor)
    shown = {"backward / right": factor, N_("as a fraction"): as_fraction(factor), "batch size N": batch}
    found = None if averages(suspect, factor) else factor_of_sizes(suspect, factor, power, shown)
    if found is not None:
        return found
    if power == 1:
        message = _(SAID["missing-batch-average"], name=name) + besides(factor / batch)
        return Finding("missing-batch-average", name, message, shown)
    if power == -1 or averages(suspect, factor):
        message = _(SAID["extra-batch-average"], name=name) + (besides(factor * batch) if power == -1 else "")
        return Finding("extra-batch-average", name, message, shown)
    outputs = factor_of_outputs(suspect, factor)
    return Finding("constant-factor", name, f"{times(name, factor)}{outputs}", shown)


def factor_of_outputs(suspect: Suspect, factor: float) -> str:
    """Return in words that a factor is as large as a loss's outputs are many; nothing where it is not."""
    shape = suspect.right[0].shape
    if not suspect.subject.is_loss or len(shape) != 2 or shape[1] < 2 or abs(factor / shape[1] - 1) > 1e-4:
        return ""
    return " " + _(
        "{fraction} is K, too, the number of outputs of a sample: a mean without axis in forward divides by N K.",
        fraction=as_fraction(factor),
    )


def times(name: str, factor: float) -> str:
    """Return in words that a gradient is off by a factor."""
    return _(
        "{name} is the right gradient times {factor}, in every element. Look for a factor that is lost or used twice "
        "in the derivative, such as the 2 of y^2 or a scale that forward applies.",
        name=name,
        factor=as_fraction(factor),
    )


def besides(rest: float) -> str:
    """Return in words that a factor is left when that of the batch is put right; nothing where none is."""
    if abs(rest - 1) < 1e-4:
        return ""
    if abs(rest + 1) < 1e-4:
        return " " + _("That leaves the negative of the right gradient, so look for a minus sign, too.")
    return " " + _(
        "That leaves {factor} times the right gradient, so look at the other factors too, such as the 2 of y^2, or a "
        "mean that divides by the number of outputs as well.",
        factor=as_fraction(rest),
    )


def factor_of_sizes(suspect: Suspect, factor: float, power: int, shown: dict) -> Finding | None:
    """Return the finding that the factor consists of other sizes than N, with which it grows or shrinks."""
    exponents = sizes_in(suspect, factor)
    sign = next(iter(exponents.values()), 0)
    if abs(sign) != 1 or any(exponent != sign for exponent in exponents.values()) or power not in (0, sign):
        return None
    name = suspect.name
    sizes = sizes_text(suspect, list(exponents))
    code, too = "constant-factor", sizes
    if power == sign:
        code, too = ("missing-batch-average" if power > 0 else "extra-batch-average"), f"N {sizes}"
    lengths = [suspect.subject.point.inputs[0].shape[axis] for axis in exponents]
    rest = factor / float(np.prod([*lengths, suspect.exam.batch_size if power else 1])) ** sign
    return Finding(
        code,
        name,
        of_sizes(sign, suspect.subject.is_loss, power == sign).format(name=name, too=too, sizes=sizes) + besides(rest),
        shown | {N_("the factor changes with"): sizes},
    )


def of_sizes(sign: int, is_loss: bool, with_batch: bool) -> str:
    """Return what is said of a factor that consists of sizes, to be filled in."""
    if sign < 0:
        return _("{name} is too small by {too}: backward averages over all of that, forward does not.")
    if not is_loss:
        return _("{name} is too large by {too}: forward averages over that, so backward must divide by it.")
    if with_batch:
        return _(
            "{name} is too large by {too}: forward averages over all of that, backward does not. Divide by everything "
            "that forward averages over, N {sizes}."
        )
    return _(
        "{name} is too large by {too}: forward averages over all of that, backward does not. Divide by everything "
        "that forward averages over, N {sizes} and not N alone."
    )


def common_factor(suspect: Suspect) -> float | None:
    """Return given / right where it is the same in all elements and cases, and not 1."""
    given, right = (np.concatenate([a.ravel() for a in arrays]) for arrays in (suspect.given, suspect.right))
    if not np.any(right) or not np.isfinite(given).all():
        return None
    factor = float(given @ right / (right @ right))
    if factor == 0 or not suspect.gives(lambda case: factor * case.right(suspect.name).value):
        return None
    return None if abs(factor - 1) < 1e-3 else factor


def growth_with_batch(suspect: Suspect, factor: float) -> int:
    """Return the power of N that the factor grows with: 1, -1 or 0.

    It is measured with other samples, more or fewer; where N cannot be changed, the factor is compared with N itself.
    """
    batch = suspect.exam.batch_size
    if batch is None:
        return 0
    case = suspect.exam.resized(batch + 3) or suspect.exam.resized(max(1, batch // 2))  # any other number of samples
    if case is None or case.given(suspect.name) is None:
        return next((power for power in (1, -1) if batch > 1 and abs(factor / float(batch) ** power - 1) < 1e-4), 0)
    resized_factor = factor_in(case, suspect.name)
    new = suspect.exam.count(case.point) or 1
    for power in (1, -1):
        grows = resized_factor and abs(resized_factor / factor / (new / batch) ** power - 1) < 1e-3
        if grows and abs(factor) ** power > 0.49 * batch:  # N itself, or N/2 where the loss has a factor 1/2 besides
            return power
    return 0


def averages(suspect: Suspect, factor: float) -> bool:
    """Return whether the factor is 1 over the number of outputs that each element adds up, more than one."""
    if suspect.subject.is_loss or not 0 < factor < 1:
        return False
    counts = {1.0}
    for shape in suspect.subject.output_shapes:
        for bits in range(1, 2 ** len(shape)):
            axes = [length for place, length in enumerate(shape) if bits >> place & 1]
            counts.add(float(np.prod(axes)))
    case = suspect.cases[0]
    if not case.truth.is_small(suspect.name):
        return False
    reached = (case.truth.jacobian(suspect.name).value != 0).sum(axis=1).max(initial=0)
    return any(1 < count <= reached and abs(factor * count - 1) < 1e-4 for count in counts)


def as_fraction(factor: float) -> str:
    """Return a factor as 2 or -1/3 where it is such a number, else with its digits.

    >>> as_fraction(0.5), as_fraction(-3.0), as_fraction(0.7312)
    ('1/2', '-3', '0.7312')
    """
    simple = Fraction(factor).limit_denominator(64)
    return str(simple) if abs(float(simple) - factor) <= 1e-5 * abs(factor) else f"{factor:.6g}"
