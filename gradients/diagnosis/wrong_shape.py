"""transposed, swapped, wrong-shape, not-summed: the right numbers in another shape or order."""

from collections.abc import Iterator
from itertools import combinations, permutations, product

import numpy as np

from gradients.diagnosis.shared import axes_text
from gradients.diagnosis.suspect import Suspect
from gradients.measuring.case import Case
from gradients.report import Finding
from language import N_, _

FARTHEST = 3  # places by which a gradient may be shifted
ONLY_RESHAPED = N_("its values are right: reshape it")


def exchanged(suspect: Suspect) -> Finding | None:
    """The gradient is that of another array."""
    name = suspect.name
    for other in suspect.subject.names:
        if other == name or not suspect.gives(lambda case, other=other: right_if_alike(case, name, other)):
            continue
        if is_right(suspect, other) and differs_in_sign_or_sum(suspect):
            continue
        return Finding(
            "swapped",
            name,
            _(
                "{name} holds the gradient that belongs to {other}. Swap the two; each factor of a product gets dout "
                "times the OTHER factor, and gradients are returned in the order of the inputs.",
                name=name,
                other=other,
            ),
            {name: _("equals the right {other}", other=other)},
        )
    return None


def right_if_alike(case: Case, name: str, other: str) -> np.ndarray | None:
    """Return the right gradient of another array, None where it has not the shape of what backward gave."""
    given, shape = case.given(name), case.truth.evaluator.arrays[other].shape
    return case.right(other).value if given is not None and given.shape == shape else None


def is_right(suspect: Suspect, other: str) -> bool:
    """Return whether another gradient is right, so that nothing was exchanged with it."""
    cases = [case for case in suspect.cases if case.given(other) is not None]
    return bool(cases) and all(suspect.same(case.given(other), case.right(other).value, case) for case in cases)


def differs_in_sign_or_sum(suspect: Suspect) -> bool:
    """Return whether the gradient is the negative of the right one, or right once it is summed."""
    return unsummed(suspect) is not None or suspect.gives(lambda case: -case.right(suspect.name).value)


def transposed(suspect: Suspect) -> Finding | None:
    """The gradient has its axes in another order, or was read in another order than it was written."""
    axes = suspect.right[0].ndim if suspect.right else 0
    if not 2 <= axes <= 4:
        return None
    for order in permutations(range(axes)):
        if order == tuple(range(axes)) or (order[0] != 0 and mixes_samples(suspect, order)):
            continue
        shape = suspect.right[0].transpose(order).shape
        if not suspect.gives(
            lambda case, order=order: turned(case.right(suspect.name).value, order, case, suspect.name)
        ):
            continue
        how = (
            _("the transpose of the right gradient")
            if axes == 2
            else _("the right gradient with its axes in the order {order}", order=order)
        )
        return Finding(
            "transposed",
            suspect.name,
            _(
                "{name} is {how}. Swap the factors of the matrix product (dW = x^T dout has W's shape (D, M); dx = "
                "dout W^T has x's), or transpose back what forward transposed.",
                name=suspect.name,
                how=how,
            ),
            {"order of the axes": order, "shape given": suspect.given[0].shape, "shape transposed": shape},
        )
    return None


def mixes_samples(suspect: Suspect, order: tuple[int, ...]) -> bool:
    """Return whether a transpose, forced into the given shape, would put samples in each other's places."""
    right = suspect.right[0]
    return suspect.name in suspect.subject.input_names and right.transpose(order).shape != suspect.given[0].shape


def turned(right: np.ndarray, order: tuple[int, ...], case: Case, name: str) -> np.ndarray | None:
    """Return the gradient with its axes in that order, in the shape that backward gave."""
    given = case.given(name)
    result = right.transpose(order)
    if given.size != right.size or np.array_equal(result.ravel(), right.ravel()):
        return None
    return result.reshape(given.shape)


def unsummed(suspect: Suspect) -> Finding | None:
    """The gradient has axes left over which it should be summed."""
    if suspect.fits or not suspect.given:
        return None
    axes = suspect.given[0].ndim
    for count in range(1, axes + 1):
        for over in combinations(range(axes), count):
            if all(summed_is_right(suspect, index, over) for index in range(len(suspect.given))):
                shape, wanted = suspect.given[0].shape, suspect.right[0].shape
                return Finding(
                    "not-summed",
                    suspect.name,
                    _(
                        "{name} has shape {shape}, expected {expected}: it still has to be summed over {axes}, and is "
                        "right then. What forward uses for many outputs, as broadcasting does with a bias, gets the "
                        "sum of their gradients.",
                        name=suspect.name,
                        shape=shape,
                        expected=wanted,
                        axes=axes_text(over),
                    ),
                    {"shape given": shape, "shape expected": wanted, "summed over axes": over},
                )
    return None


def summed_is_right(suspect: Suspect, index: int, over: tuple[int, ...]) -> bool:
    """Return whether the gradient, summed over some axes, has the right values."""
    given, right = suspect.given[index], suspect.right[index]
    if given.ndim <= max(over) or given.size == right.size:
        return False
    total = given.sum(axis=over)
    return total.size == right.size and suspect.same(total.reshape(right.shape), right, suspect.cases[index])


def wrong_shape(suspect: Suspect) -> Finding | None:
    """The gradient has another shape than what it is the gradient of."""
    if suspect.fits or not suspect.given:
        return None
    given, right = suspect.given[0], suspect.right[0]
    if not given.size:
        values = _("it is empty: a slice such as [:, 0:-0] takes nothing, because -0 is 0")
    elif all(
        a.size == g.size and suspect.same(a.reshape(g.shape), g)
        for a, g in zip(suspect.given, suspect.right, strict=True)
    ):
        values = _(ONLY_RESHAPED)
    elif any(equals_block(suspect, offset) for offset in offsets(given.shape, right.shape)):
        values = _("the right gradient is a part of it: cut off the rest, such as the padding")
    elif given.size == 1:
        values = _("it is summed over more axes than it should be")
    else:
        values = _("its values are not simply the right ones in another order")
    return Finding(
        "wrong-shape",
        suspect.name,
        _(
            "{name} has shape {given}, expected {expected}: a gradient has the shape of what it is the gradient of; "
            "{values}.",
            name=suspect.name,
            given=given.shape,
            expected=right.shape,
            values=values,
        ),
        {"shape given": given.shape, "shape expected": right.shape},
    )


def offsets(given: tuple[int, ...], right: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Yield the places at which an array of the right shape fits into the given one."""
    if len(given) == len(right) and all(a >= g for a, g in zip(given, right, strict=True)):
        yield from product(*(range(min(a - g, FARTHEST) + 1) for a, g in zip(given, right, strict=True)))


def equals_block(suspect: Suspect, offset: tuple[int, ...]) -> bool:
    """Return whether the right gradient stands in the given one, at that place."""
    return all(
        suspect.same(a[tuple(slice(o, o + n) for o, n in zip(offset, g.shape, strict=True))], g)
        for a, g in zip(suspect.given, suspect.right, strict=True)
    )
