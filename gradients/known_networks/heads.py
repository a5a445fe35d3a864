"""What comes after a known network's last layer: its output in the student's arrangement, or a loss."""

from collections.abc import Callable, Iterator
from itertools import permutations

import numpy as np

from gradients.known_networks.operations import arranged
from gradients.known_networks.tape import Node, Tape

Head = Callable[[Tape, Node, tuple], None]
Sum = Callable[[np.ndarray, np.ndarray], float]
Slope = Callable[[np.ndarray, np.ndarray], np.ndarray]

LOSSES: dict[str, tuple[Sum, Slope]] = {
    "the squared error": (lambda y, t: 0.5 * ((y - t) ** 2).sum(), lambda y, t: y - t),
    "the cross entropy": (lambda y, t: -(t * np.log(y)).sum(), lambda y, t: -t / y),
    "the binary cross entropy": (
        lambda y, t: -(t * np.log(y) + (1 - t) * np.log(1 - y)).sum(),
        lambda y, t: (y - t) / (y * (1 - y)),
    ),
    "the absolute error": (lambda y, t: np.abs(y - t).sum(), lambda y, t: np.sign(y - t)),
}


def arrangements(shape: tuple[int, ...], wanted: tuple[int, ...]) -> Iterator[Head]:
    """Yield how an array of one shape may be handed out in another: its axes in another order, those of one dropped."""
    for order in permutations(range(len(shape))):
        turned = tuple(shape[axis] for axis in order)
        if tuple(n for n in turned if n > 1) == tuple(n for n in wanted if n > 1):
            yield lambda tape, y, inputs, order=order, turned=turned: hand_out(tape, y, order, turned, wanted)


def hand_out(tape: Tape, y: Node, order: tuple[int, ...], turned: tuple[int, ...], wanted: tuple[int, ...]) -> None:
    """Add the output in another arrangement."""
    inverse = np.argsort(order)
    arranged(
        tape, y, lambda a: a.transpose(order).reshape(wanted), lambda g: g.reshape(turned).transpose(tuple(inverse))
    )


def losses(y: np.ndarray, inputs: tuple, value: float) -> Iterator[Head]:
    """Yield the losses of an output that have a value, up to a constant factor such as 1/N."""
    if len(inputs) < 2 or not isinstance(inputs[-1], np.ndarray):
        return
    for target in targets(y.shape, inputs[-1]):
        for total, slope in LOSSES.values():
            with np.errstate(all="ignore"):
                here = total(y, target(inputs[-1]))
            if not np.isfinite(here) or not here:
                continue
            factor = value / here
            yield lambda tape, y, inputs, f=factor, t=target, v=total, s=slope: with_loss(tape, y, inputs, f, t, v, s)


def with_loss(tape: Tape, y: Node, inputs: tuple, factor: float, target: Callable, total: Sum, slope: Slope) -> None:
    """Add a loss to a tape."""
    t = target(inputs[-1])
    tape.add(np.array(factor * total(y.value, t)))
    tape.connect(y, lambda g: g * factor * slope(y.value, t), "loss")


def targets(shape: tuple[int, ...], t: np.ndarray) -> Iterator[Callable[[np.ndarray], np.ndarray]]:
    """Yield how targets are read as an array of the output's shape: turned, in another shape, or made one-hot."""
    for order in permutations(range(t.ndim)) if t.ndim <= 3 else ():
        turned = tuple(t.shape[axis] for axis in order)
        if tuple(n for n in turned if n > 1) == tuple(n for n in shape if n > 1):
            yield lambda t, o=order: np.asarray(t, float).transpose(o).reshape(shape)
        elif t.size == np.prod(shape[:-1]) and is_whole(t, shape[-1]):
            yield lambda t, o=order: np.eye(shape[-1])[t.transpose(o).ravel().astype(int)].reshape(shape)


def is_whole(t: np.ndarray, classes: int) -> bool:
    """Return whether an array holds labels of so many classes."""
    return bool((t == np.round(t)).all() and t.min(initial=0) >= 0 and t.max(initial=0) < classes)
