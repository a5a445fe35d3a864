"""The right numbers in the wrong place: another shape, transposed, exchanged, reversed, shifted, not summed."""

from collections.abc import Callable, Iterator
from itertools import combinations, permutations, product

import numpy as np

from gradients.diagnosis.exam import Case, Suspect
from gradients.report import Finding
from gradients.subject import Point, is_float_array

FARTHEST = 3  # places by which a gradient may be shifted


def exchanged(suspect: Suspect) -> Finding | None:
    """The gradient is that of another array."""
    name = suspect.name
    for other in suspect.subject.names:
        if other == name or not suspect.gives(lambda case, other=other: case.right(other).value):
            continue
        return Finding(
            "swapped",
            name,
            f"{name} holds the gradient that belongs to {other}. Exchange the two; each factor of a product gets dout "
            "times the OTHER factor, and gradients are returned in the order of the inputs.",
            {name: f"equals the right {other}"},
        )
    return None


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
            "the transpose of the right gradient"
            if axes == 2
            else f"the right gradient with its axes in the order {order}"
        )
        return Finding(
            "transposed",
            suspect.name,
            f"{suspect.name} is {how}. Exchange the factors of the matrix product (dW = x^T dout has W's shape (D, M); "
            "dx = dout W^T has x's), or transpose back what forward transposed.",
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
                    f"{suspect.name} has shape {shape} and keeps apart what must be added up: summed over "
                    f"{axes_text(over)} it is right, with shape {wanted}. What forward uses for many outputs "
                    "(broadcasting, a bias) gets the sum of their gradients.",
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


def one_part_only(suspect: Suspect) -> Finding | None:
    """The gradient is that of one sample or one position, where the sum over all belongs."""
    if suspect.subject.is_loss:
        return one_sample_only(suspect)
    if len(suspect.subject.output_shapes) != 1:
        return None
    shape = suspect.subject.output_shapes[0]
    for count in range(1, len(shape) + 1):
        for axes in combinations(range(len(shape)), count):
            for end in (0, -1):
                if any(shape[axis] == 1 for axis in axes):
                    continue
                if suspect.gives(lambda case, a=axes, e=end: partial_gradient(suspect, case, a, e)):
                    return not_all(
                        suspect, f"{'the first' if end == 0 else 'the last'} index of {axes_text(axes)} of dout"
                    )
    return None


def partial_gradient(suspect: Suspect, case: Case, axes: tuple[int, ...], end: int) -> np.ndarray | None:
    """Return the right gradient for a dout that is zero but at one end of some axes, in the given shape."""
    dout = case.douts[0]
    place: list[int | slice] = [slice(None)] * dout.ndim
    for axis in axes:
        place[axis] = end
    kept = np.zeros_like(dout)
    kept[tuple(place)] = dout[tuple(place)]
    whole, part = case.right(suspect.name).value, case.truth.gradient(suspect.name, kept.ravel()).value
    everywhere = (part != 0) | (np.abs(whole) <= 1e-9 * np.abs(whole).max(initial=0.0))
    given = case.given(suspect.name)
    if not everywhere.all() or given.size != part.size:
        return None
    return part.reshape(given.shape)


def one_sample_only(suspect: Suspect) -> Finding | None:
    """A parameter's gradient of a loss comes from one sample, instead of from the whole batch."""
    batch = suspect.exam.batch_size
    if suspect.name.startswith("dx") or batch is None or batch < 2 or not suspect.fits:
        return None
    for index in (0, batch - 1):
        for factor, what in ((1.0, ""), (1.0 / batch, " (divided by N)")):
            if suspect.is_right_at(lambda case, i=index: one_row(case, i, batch), factor):
                return not_all(suspect, f"sample {index}{what}")
    return None


def one_row(case: Case, index: int, batch: int) -> Point:
    """Return the case's point with one of its samples."""
    inputs = tuple(
        x[[index]] if isinstance(x, np.ndarray) and x.ndim and len(x) == batch else x for x in case.point.inputs
    )
    return Point(inputs, case.point.params)


def one_contribution(suspect: Suspect) -> Finding | None:
    """Each element takes the gradient from one of the outputs that it reaches, and loses the others."""
    if suspect.subject.is_loss or not suspect.fits or len(suspect.subject.output_shapes) != 1:
        return None
    if not all(case.truth.is_small(suspect.name) for case in suspect.cases):
        return None
    if suspect.gives(diagonal_part):
        return None
    axes = len(suspect.subject.output_shapes[0])
    for together in [(), *((axis,) for axis in range(1, axes))]:
        if suspect.cases and all(takes_one(suspect, index, together) for index in range(len(suspect.cases))):
            return not_all(
                suspect, "the gradient from one of the outputs that each element reaches (= where += belongs)"
            )
    return None


def diagonal_part(case: Case) -> np.ndarray | None:
    """Return the gradient if each input reached the output in its own place only."""
    jacobian = case.truth.jacobian("dx").value if "dx" in case.subject.input_names else None
    if jacobian is None or jacobian.shape[0] != jacobian.shape[1] or case.given("dx").size != case.dout.size:
        return None
    return (np.diag(jacobian) * case.dout).reshape(case.given("dx").shape)


def takes_one(suspect: Suspect, index: int, together: tuple[int, ...]) -> bool:
    """Return whether each element's gradient is one of the contributions that should be added up."""
    case, given = suspect.cases[index], suspect.given[index].ravel()
    shape = case.douts[0].shape
    parts = (case.truth.jacobian(suspect.name).value * case.dout).reshape(len(given), *shape)
    parts = parts.sum(axis=tuple(axis + 1 for axis in together)).reshape(len(given), -1)
    scale = np.abs(parts).max(initial=0.0)
    several = (np.abs(parts) > 1e-9 * scale).sum(axis=1) > 1
    hit = (np.abs(parts - given[:, None]) <= 1e-6 * scale).any(axis=1)
    differs = np.abs(parts.sum(axis=1) - given) > 1e-6 * scale
    counts = parts.shape[1] < 0.5 / 1e-6 and several.any() and np.abs(given[several]).min() > 1e-6 * scale
    return bool(counts and hit.all() and differs[several].mean() > 0.5)


def not_all(suspect: Suspect, what: str) -> Finding:
    """Return the finding that only a part was taken."""
    return Finding(
        "not-summed",
        suspect.name,
        f"{suspect.name} takes {what} only. Every output that an element reaches sends a gradient back to it; add all "
        "of them up, as dout.sum(axis=0) does over the samples.",
        {"equals the gradient from": what},
    )


def wrong_shape(suspect: Suspect) -> Finding | None:
    """The gradient has another shape than what it is the gradient of."""
    if suspect.fits or not suspect.given:
        return None
    given, right = suspect.given[0], suspect.right[0]
    if all(
        a.size == g.size and suspect.same(a.reshape(g.shape), g)
        for a, g in zip(suspect.given, suspect.right, strict=True)
    ):
        values = "its values are right: reshape it"
    elif any(equals_block(suspect, offset) for offset in offsets(given.shape, right.shape)):
        values = "the right gradient is a part of it: cut off what is too much, such as the padding"
    elif given.size == 1:
        values = "it is summed over more axes than it should be"
    else:
        values = "its values are not simply the right ones in another order"
    return Finding(
        "wrong-shape",
        suspect.name,
        f"{suspect.name} has shape {given.shape}, expected {right.shape}: a gradient has the shape of what it is the "
        f"gradient of; {values}.",
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


def reversed_axes(suspect: Suspect) -> Finding | None:
    """The gradient runs backwards along one or more axes."""
    if not suspect.fits or not suspect.right:
        return None
    long_axes = [axis for axis, length in enumerate(suspect.right[0].shape) if length > 1]
    for axes in subsets(long_axes):
        if suspect.gives(lambda case, axes=axes: np.flip(case.right(suspect.name).value, axes)):
            return Finding(
                "reversed",
                suspect.name,
                f"{suspect.name} is the right gradient, reversed along {axes_text(axes)}. A kernel is turned once "
                "on its "
                "way back, and an index that ran backwards in forward runs backwards again.",
                {"reversed along axes": axes},
            )
    return None


def shifted(suspect: Suspect) -> Finding | None:
    """The gradient is off by some places along one or two axes."""
    if not suspect.fits or not suspect.right:
        return None
    shape = suspect.right[0].shape
    for shift in shifts(shape):
        if all(moved_equal(suspect, index, shift) for index in range(len(suspect.cases))) and suspect.cases:
            return shift_finding(suspect, {axis: k for axis, k in enumerate(shift) if k})
    return None


def shifts(shape: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Yield how far to shift along each axis: one axis, then two together, the nearest first."""
    for count in (1, 2):
        for distance in range(1, FARTHEST + 1):
            for axes in combinations(range(len(shape)), count):
                for signs in product((1, -1), repeat=count):
                    if all(shape[axis] > distance for axis in axes):
                        moved = dict(zip(axes, (sign * distance for sign in signs), strict=True))
                        yield tuple(moved.get(axis, 0) for axis in range(len(shape)))


def moved_equal(suspect: Suspect, index: int, shift: tuple[int, ...]) -> bool:
    """Return whether the gradient equals the right one where both stand after the shift."""
    given, right = suspect.given[index], suspect.right[index]
    to = tuple(slice(max(k, 0), n + min(k, 0)) for k, n in zip(shift, right.shape, strict=True))
    of = tuple(slice(max(-k, 0), n + min(-k, 0)) for k, n in zip(shift, right.shape, strict=True))
    a, g = given[to], right[of]
    if any(k and abs(k) > 0.4 * n for k, n in zip(shift, right.shape, strict=True)):
        return False
    if a.size < max(2, 0.25 * right.size) or np.count_nonzero(g) < 2 or np.ptp(g) == 0:
        return False
    return suspect.same(a, g) and not suspect.same(right[to], g)


def shift_finding(suspect: Suspect, by: dict[int, int]) -> Finding:
    """Return the finding that an array is shifted along some axes."""
    how = ", ".join(f"by {abs(k)} {'up' if k > 0 else 'down'} along axis {axis}" for axis, k in by.items())
    return Finding(
        "shifted",
        suspect.name,
        f"{suspect.name} is the right gradient, shifted {how}. Look at the offsets: the padding that is cut off "
        "again, the "
        "stride, an index that starts at 1 instead of 0.",
        {"places by axis": by},
    )


def shifted_or_reversed_source(suspect: Suspect) -> Finding | None:
    """The gradient is right for a dout, an input, labels or a parameter that is shifted or turned."""
    return shifted_dout(suspect) or turned_parameter(suspect) or shifted_inputs(suspect)


def shifted_dout(suspect: Suspect) -> Finding | None:
    """The gradient is right for a dout that is shifted or reversed."""
    if suspect.subject.is_loss or len(suspect.subject.output_shapes) != 1 or not suspect.fits:
        return None
    shape = suspect.subject.output_shapes[0]
    for axes in subsets([axis for axis, length in enumerate(shape) if length > 1]):
        if suspect.gives(lambda case, axes=axes: right_for(suspect, case, np.flip(case.douts[0], axes))):
            return from_source(suspect, "reversed", "dout", f"reversed along {axes_text(axes)}")
    for shift in shifts(shape):
        for wrap in (False, True):
            if suspect.gives(lambda case, s=shift, w=wrap: right_for(suspect, case, moved(case.douts[0], s, w))):
                return from_source(suspect, "shifted", "dout", f"shifted by {shift}")
    return None


def right_for(suspect: Suspect, case: Case, dout: np.ndarray) -> np.ndarray:
    """Return the right gradient for another dout."""
    return case.truth.gradient(suspect.name, dout.ravel()).value


def moved(array: np.ndarray, shift: tuple[int, ...], wrap: bool) -> np.ndarray:
    """Return an array shifted along its axes, with zeros or its other end moving in."""
    result = np.roll(array, shift, tuple(range(array.ndim)))
    if not wrap:
        for axis, k in enumerate(shift):
            ends = np.moveaxis(result, axis, 0)
            if k > 0:
                ends[:k] = 0
            elif k < 0:
                ends[k:] = 0
    return result


def shifted_inputs(suspect: Suspect) -> Finding | None:
    """The gradient is right at an input, or at labels, that are shifted."""
    for place, x in enumerate(suspect.subject.point.inputs):
        if not isinstance(x, np.ndarray) or x.ndim == 0 or not suspect.fits:
            continue
        if is_float_array(x) and place in suspect.subject.differentiable:
            options = [(lambda v, s=s, w=w: moved(v, s, w), s) for s in near(x.shape) for w in (False, True)]
        elif x.ndim == 2:
            options = [(lambda v, k=k: np.roll(v, k, axis=1), k) for k in (1, -1)]
        elif x.dtype.kind in "iu":
            classes = max(int(x.max(initial=0)) + 1, number_of_classes(suspect))
            options = [(lambda v, k=k, c=classes: (v + k) % c, k) for k in (1, -1)]
            options += [(lambda v, s=s: np.roll(v, s), s) for s in (1, -1)]
        else:
            continue
        for change, by in options:
            if suspect.is_right_at(lambda case, c=change, p=place: with_input(case, p, c)):
                return from_source(
                    suspect, "shifted", "the input" if place == 0 else f"input {place + 1}", f"shifted by {by}"
                )
    return None


def near(shape: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Yield the shifts by one place along one axis, and along the last two axes together."""
    for shift in shifts(shape):
        if max(map(abs, shift)) == 1 and (sum(map(bool, shift)) == 1 or not any(shift[:-2])):
            yield shift


def number_of_classes(suspect: Suspect) -> int:
    """Return the length of the last axis of the first input: K, where the other input holds labels."""
    x = suspect.subject.point.inputs[0]
    return x.shape[-1] if isinstance(x, np.ndarray) and x.ndim else 1


def with_input(case: Case, place: int, change: Callable[[np.ndarray], np.ndarray]) -> Point:
    """Return the case's point with one input changed."""
    inputs = list(case.point.inputs)
    inputs[place] = change(inputs[place])
    return Point(tuple(inputs), case.point.params)


def turned_parameter(suspect: Suspect) -> Finding | None:
    """The gradient is right for a parameter that is transposed, or reversed along some axes."""
    for slot in suspect.subject.slots:
        other = slot.gradient_name
        value = suspect.subject.point.params[other]
        if value.ndim < 2 or other == suspect.name or not suspect.fits:
            continue
        for axes in subsets([axis for axis, length in enumerate(value.shape) if length > 1]):
            if suspect.is_right_at(
                lambda case, o=other, a=axes: with_parameter(case, o, np.flip(case.point.params[o], a))
            ):
                return from_source(suspect, "reversed", slot.name, f"reversed along {axes_text(axes)}")
        for order in permutations(range(value.ndim)):
            if value.transpose(order).shape != value.shape or order == tuple(range(value.ndim)):
                continue
            if suspect.is_right_at(
                lambda case, o=other, r=order: with_parameter(case, o, case.point.params[o].transpose(r))
            ):
                return from_source(suspect, "transposed", slot.name, "transposed")
    return None


def with_parameter(case: Case, name: str, value: np.ndarray) -> Point:
    """Return the case's point with one parameter changed."""
    return Point(case.point.inputs, {**case.point.params, name: value})


def from_source(suspect: Suspect, code: str, source: str, how: str) -> Finding:
    """Return the finding that the gradient is right for something turned or shifted."""
    advice = {
        "reversed": "A convolution's dx needs the kernel turned by 180 degrees exactly once.",
        "transposed": "dx = dout W^T: the matrix that forward multiplies with comes back transposed.",
        "shifted": "Look at the offsets and indices with which backward reads it.",
    }[code]
    return Finding(
        code,
        suspect.name,
        f"{suspect.name} would be right if {source} were {how}: backward uses it that way, forward does not. {advice}",
        {source: how},
    )


def subsets(axes: list[int]) -> Iterator[tuple[int, ...]]:
    """Yield the non-empty subsets of axes, the smallest first."""
    for count in range(1, len(axes) + 1):
        yield from combinations(axes, count)


def axes_text(axes: tuple[int, ...]) -> str:
    """Return axes in words."""
    return f"axis {axes[0]}" if len(axes) == 1 else f"axes {', '.join(map(str, axes))}"
