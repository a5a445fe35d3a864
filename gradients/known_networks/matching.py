"""Which known network a student's forward is, where it is one: the one that gives the same outputs at all points."""

import time
from collections.abc import Callable, Iterator

import numpy as np

from gradients.known_networks import attention, chains, recurrent
from gradients.known_networks.activations import usual
from gradients.known_networks.heads import Head, arrangements, losses
from gradients.known_networks.tape import Node, Tape
from gradients.measuring.arguments import is_float_array
from gradients.measuring.case import Case
from gradients.measuring.exam import Exam
from gradients.measuring.gradient_places import parameter_of
from gradients.measuring.point import Point
from gradients.measuring.subject import Subject

SAME = 1e-6
PATIENCE = 3.0  # seconds of the processor, so that a busy machine names the same
LARGEST = 20_000  # elements of a parameter or an input

Build = Callable[[Point], Tape]


def known_network(exam: Exam, times: dict[str, float] | None = None) -> list[Tape] | None:
    """Return the known network that a forward is, one tape for each of the exam's cases; None where it is none.

    ``times`` are factors of parameters: the network is the known one with a parameter so many times as large.
    """
    output = exam.cases[0].output()
    until = time.process_time() + PATIENCE
    for _, build in builds(exam, times or {}):
        if time.process_time() > until:
            return None
        if agrees(build(exam.cases[0].point), output):
            tapes = [build(case.point) for case in exam.cases]
            if all(agrees(tape, case.output()) for tape, case in zip(tapes, exam.cases, strict=True)):
                return tapes
    return None


def meant_network(exam: Exam) -> str | None:
    """Return the known network that backward belongs to, in all cases, though forward gives something else."""
    if exam.subject.is_loss:
        return None
    until = time.process_time() + PATIENCE
    for name, build in builds(exam, {}):
        if time.process_time() > until:
            return None
        if all(belongs(build(case.point), case) for case in exam.cases):
            return name
    return None


def belongs(tape: Tape, case: Case) -> bool:
    """Return whether all gradients that backward gave are those of a tape."""
    with np.errstate(all="ignore"):
        right = tape.gradients(case.dout)
    given = {name: case.given(name) for name in case.subject.names}
    return all(
        value is not None
        and value.shape == right[name].shape
        and np.isfinite(value).all()
        and np.abs(value - right[name]).max(initial=0.0) <= SAME * max(np.abs(value).max(initial=0.0), 1e-300)
        for name, value in given.items()
    )


def builds(exam: Exam, times: dict[str, float]) -> Iterator[tuple[str, Build]]:
    """Yield the known networks whose output has the shape of the forward's, each by name, with what makes its tapes."""
    subject, case = exam.subject, exam.cases[0]
    point, output = case.point, case.output()
    if output is None or not point.inputs or not is_float_array(point.inputs[0]) or is_large(subject):
        return
    for name, body in bodies(subject, point):
        tape = leaves_of(subject, point, times)
        try:
            with np.errstate(all="ignore"):
                y = body(tape, leaf_of_x(tape, subject, point))
        except (ValueError, IndexError):
            continue
        for head in heads(subject, y.value, point, output):

            def build(there: Point, body: Callable = body, head: Head = head) -> Tape:
                tape = leaves_of(subject, there, times)
                with np.errstate(all="ignore"):
                    head(tape, body(tape, leaf_of_x(tape, subject, there)), there.inputs)
                return tape

            yield name, build


def is_large(subject: Subject) -> bool:
    """Return whether a subject has an array that is too large to try so many networks with."""
    arrays = [*subject.point.params.values(), *(x for x in subject.point.inputs if isinstance(x, np.ndarray))]
    return any(array.size > LARGEST for array in arrays)


def bodies(subject: Subject, point: Point) -> Iterator[tuple[str, chains.Body]]:
    """Yield the known networks that take what this one takes."""
    x, functions = np.asarray(point.inputs[0]), usual(subject.numbers[0])
    target = len(point.inputs) - 1 if subject.is_loss else None
    others = {n: point.inputs[place] for n, place in subject.input_names.items() if place not in (0, target)}
    params = {n: np.asarray(p) for n, p in {**others, **subject.point.params}.items()}
    yield from attention.bodies(params, x, list(subject.input_names))
    for first in [name for name in params if name in others or is_start(name)]:
        yield from recurrent.bodies({n: p for n, p in params.items() if n != first}, x, functions, first)
    yield from recurrent.bodies(params, x, functions, None)
    yield from chains.bodies(params, x, functions)


def is_start(name: str) -> bool:
    """Return whether a parameter may be the first hidden state, by its name."""
    return parameter_of(name.lower()) in ("h0", "a0", "s0", "h_0", "hprev", "init_h", "h_init")


def heads(subject: Subject, y: np.ndarray, point: Point, output: np.ndarray) -> Iterator[Head]:
    """Yield what may come after the last layer."""
    if subject.is_loss:
        yield from losses(y, point.inputs, float(output))
    else:
        yield from arrangements(y.shape, output.shape)


def leaves_of(subject: Subject, point: Point, times: dict[str, float]) -> Tape:
    """Return a tape with the inputs and parameters of a point, some of them so many times as large."""
    arrays = {name: point.inputs[place] for name, place in subject.input_names.items()}
    arrays |= subject.point.params | point.params
    values = {name: times.get(name, 1.0) * np.asarray(array, float) for name, array in arrays.items()}
    return Tape({name: Node(value, parameter_of(name)) for name, value in values.items()})


def leaf_of_x(tape: Tape, subject: Subject, point: Point) -> Node:
    """Return the first input, a leaf where it has a gradient."""
    name = next((name for name, place in subject.input_names.items() if place == 0), None)
    return tape.leaves[name] if name else Node(np.asarray(point.inputs[0], float), "x")


def agrees(tape: Tape, output: np.ndarray | None) -> bool:
    """Return whether a tape's output is the given one."""
    y = tape.output.value
    if output is None or y.shape != output.shape or not np.isfinite(y).all():
        return False
    return bool(np.abs(y - output).max(initial=0.0) <= SAME * max(np.abs(output).max(initial=0.0), 1e-300))
