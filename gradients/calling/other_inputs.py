"""Inputs that a layer which came out wrong may be meant for: one output per sample, or probabilities."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from gradients.calling.readings import readings
from gradients.calling.settling import settle
from gradients.calling.words import LOSS
from gradients.measuring.arguments import is_float_array
from gradients.measuring.case import Case
from gradients.measuring.exam import Exam, is_between
from gradients.measuring.manner import MEAN, ONE
from gradients.measuring.point import LayerRaised
from gradients.measuring.subject import Subject
from language import _

SHAPE = re.compile(r"[(\[]\s*[nN]\s*,[^)\]]*[)\]]")  # in a docstring, (N,), [N, ] or (N, D)
Pair = tuple[str, str, bool]  # the names of forward and backward, and whether the second is that of a derivative


def for_other_inputs(thing: Any, pair: Pair, subject: Subject, seed: int, name: str) -> Subject | None:
    """Return a subject for which a layer that came out wrong is right, where it may be meant; else None."""
    ways = (with_one_output, with_documented_vectors, with_probabilities)
    return next((found for way in ways if (found := way(thing, pair, subject, seed, name)) is not None), None)


def right_on(thing: Any, pair: Pair, inputs: tuple[Any, ...], seed: int, name: str) -> Subject | None:
    """Return the subject in the manner that is right on some inputs, None where none is."""
    try:
        settled = settle(thing, readings(thing, *pair, inputs), seed, name, closely=True)
    except Exception:
        return None
    return settled.subject if settled.share == 1.0 else None


def first_case(subject: Subject, seed: int) -> Case | None:
    """Return a subject's case at its own point; None where it cannot be had."""
    try:
        return Exam(subject, np.random.default_rng(seed), cases=1).cases[0]
    except LayerRaised:
        return None


def with_one_output(thing: Any, pair: Pair, subject: Subject, seed: int, name: str) -> Subject | None:
    """Return a loss on one output a sample, where it is right, and else K times too large for K outputs."""
    columns = times_columns(subject, seed)
    if columns is None:
        return None
    for inputs, shape in one_column(subject.point.inputs):
        found = right_on(thing, pair, inputs, seed, name)
        if found is not None:
            found.remarks.append(
                _(
                    "right for one output per sample, of shape {shape}. For {columns} outputs it is {columns} times "
                    "too large: forward averages over all of them, backward divides by the number of samples alone.",
                    shape=shape,
                    columns=columns,
                )
            )
            return found
    return None


def with_documented_vectors(thing: Any, pair: Pair, subject: Subject, seed: int, name: str) -> Subject | None:
    """Return a loss on one number a sample, where it is right and its docstring speaks of shape (N,) alone."""
    about = getattr(getattr(thing, pair[0]), "__doc__", None) or ""
    shapes = {re.sub(r"[\s()\[\]]", "", shape).lower() for shape in SHAPE.findall(about)}
    if shapes != {"n,"} or not subject.is_loss:
        return None
    vectors, _ = next(one_column(subject.point.inputs))
    return right_on(thing, pair, vectors, seed, name)


def one_column(inputs: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Yield the first columns of inputs, as vectors and as columns, and what the shape of these is."""
    for first, shape in ((0, "(N,)"), (slice(1), "(N, 1)")):
        yield tuple(np.ascontiguousarray(x[:, first]) if np.ndim(x) == 2 else x for x in inputs), shape


def times_columns(subject: Subject, seed: int) -> int | None:
    """Return K where the gradient of a loss on (N, K) is the right one times K, for every element; else None.

    Of the losses of samples, which are averages over K, the mean is taken.
    """
    names = list(subject.input_names)
    if not subject.is_loss or len(names) != 1 or np.ndim(subject.point.inputs[subject.input_names[names[0]]]) != 2:
        return None
    columns = np.shape(subject.point.inputs[subject.input_names[names[0]]])[1]
    for total in dict.fromkeys((subject.manner.total, MEAN if subject.manner.total not in ("", ONE) else "")):
        case = first_case(with_total(subject, total), seed)
        given, right = (None, None) if case is None else (case.given(names[0]), case.right(names[0]).value)
        fits = given is not None and given.shape == right.shape and columns > 1
        if fits and np.allclose(given, columns * right, rtol=1e-4, atol=1e-9):
            return columns
    return None


def with_total(subject: Subject, total: str) -> Subject:
    """Return a subject whose losses of samples are added up or averaged in another way."""
    if total in ("", subject.manner.total):
        return subject
    manner = replace(subject.manner, total=total)
    return Subject(subject.pristine, subject.point.inputs, manner, subject.name)


def with_probabilities(thing: Any, pair: Pair, subject: Subject, seed: int, name: str) -> Subject | None:
    """Return a loss, by its name, on numbers between 0 and 1, where it is right, and does not answer to others.

    So it is with a cross entropy that clips what it is given. In any other layer, what lets dout through where forward
    clips is a mistake.
    """
    inputs = subject.point.inputs
    if (
        not LOSS.search(name)
        or len(inputs) != 1
        or not is_float_array(inputs[0])
        or is_between(inputs[0])
        or not subject.input_names
    ):
        return None
    case = first_case(subject, seed)
    if case is None:
        return None
    right = case.right(next(iter(subject.input_names))).value
    outside = (inputs[0] < 0) | (inputs[0] > 1)
    if right.shape != inputs[0].shape or right[outside].any() or not right[~outside].any():
        return None
    found = right_on(thing, pair, (between(inputs[0]),), seed, name)
    if found is None:
        return None
    found.remarks.append(
        _("checked with numbers between 0 and 1: forward clips others, and backward does not know of it.")
    )
    return found


def between(x: np.ndarray) -> np.ndarray:
    """Return numbers between 0.1 and 0.9 in the order of others."""
    ranks = np.argsort(np.argsort(x, axis=None)).reshape(x.shape)
    return np.asarray(0.1 + 0.8 * (ranks + 0.5) / x.size)
