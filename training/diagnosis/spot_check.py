"""A numerical spot check of a network's gradient: slopes along a few directions, not a number for each parameter."""

import inspect
import math
from typing import Any, NamedTuple

import numpy as np

from layers.common.generators import generators_of, set_states, states_of
from layers.common.training_mode import FLAGS
from training.diagnosis.case import Case
from training.diagnosis.clock import thread_time
from training.diagnosis.copies import copied, whole_of
from training.diagnosis.signals import parts_of
from training.diagnosis.weights import inputs_of, moderate, renew, weights_of

SAMPLES = 16
TOLERANCE, ROUGH_TOLERANCE = 0.03, 0.15  # of the slope, in float64, and where the network computes in float32


class Slope(NamedTuple):
    """The slope of the loss along a parameter's own gradient: as the gradient has it, and as the loss has it."""

    name: str
    claimed: float
    measured: float
    agrees: bool


class SpotCheck:
    """Slopes of a copy's loss in training mode, with the same random numbers each time."""

    def __init__(self, case: Case, x: Any, t: Any, seed: int = 0) -> None:
        rows = np.random.default_rng(4).permutation(len(x))[:SAMPLES]
        self.x, self.t = moderate(np.asarray(x)[rows]), np.asarray(t)[rows]
        self.network = precise(case.start if case.start is not None else case.network, case.data)
        self.precise = all(np.asarray(param).dtype == np.float64 for param in self.network.params.values())
        if self.precise and self.x.dtype.kind == "f":
            self.x = self.x.astype(np.float64)
        renew(self.network, self.x, seed=seed)
        make_small(self.network, self.x)
        rng = np.random.default_rng(5 + seed)
        for param in self.network.params.values():
            if np.ndim(param) and np.size(param) == max(np.shape(param)):
                param += 0.1 * rng.standard_normal(np.shape(param))
        self.rng, self.training = rng, True
        self.held = parts_of(self.network)
        self.generators = generators_of(self.held)
        self.states = states_of(self.generators)

    def reset(self) -> None:
        """Let the next call draw the same random numbers as the one before, in training mode."""
        set_states(self.generators, self.states)
        np.random.seed(6)  # noqa: NPY002 - a student's dropout draws from it; it is put back afterwards
        for thing in self.held:
            for flag in FLAGS:
                if isinstance(getattr(thing, flag, None), bool):
                    setattr(thing, flag, self.training)

    def loss(self) -> float:
        """Return the loss, in training mode unless told otherwise."""
        self.reset()
        flag = flag_of_loss(self.network)
        told = {flag: self.training} if flag else {}
        return float(np.asarray(self.network.loss(self.x, self.t, **told)).reshape(()))

    def gradient(self) -> dict[str, np.ndarray]:
        """Return copies of the gradients."""
        self.reset()
        return {name: np.array(grad, float) for name, grad in self.network.gradient(self.x, self.t).items()}

    def can_tell(self) -> bool:
        """Return whether loss and gradient give the same numbers each time, so that slopes mean something."""
        first, second = self.loss(), self.loss()
        one, other = self.gradient(), self.gradient()
        np.random.seed(7)  # noqa: NPY002
        third = {name: np.array(grad, float) for name, grad in self.network.gradient(self.x, self.t).items()}
        drawn = any(not np.allclose(one[name], third[name]) for name in one if name in third)
        same = all(np.array_equal(one[name], other[name]) for name in one)
        if drawn and self.loss_is_the_same_without_reset(first):
            return False  # dropout in gradient, none in loss
        return math.isfinite(first) and first == second and same

    def adds_up(self) -> bool:
        """Return whether each gradient comes on top of those that were returned before."""
        one, other = self.gradient(), self.gradient()
        third = self.gradient()
        names = [name for name in one if np.any(one[name]) and name in third]
        return bool(names) and all(
            np.allclose(third[name] - other[name], other[name] - one[name], rtol=0.05, atol=1e-9)
            and np.any(third[name] - other[name])
            for name in names
        )

    def loss_is_the_same_without_reset(self, loss: float) -> bool:
        """Return whether the loss draws no random numbers."""
        flag = flag_of_loss(self.network)
        again = self.network.loss(self.x, self.t, **({flag: True} if flag else {}))
        return float(np.asarray(again).reshape(())) == loss

    def slopes(self, end: float = math.inf) -> list[Slope]:
        """Return the slope along each parameter's gradient and, where that agrees, along a random direction.

        At the time ``end`` it stops with the parameters that it has come to.
        """
        grads, found = self.gradient(), []
        for name, param in self.network.params.items():
            if thread_time() > end:
                break
            grad = grads.get(name)
            if grad is None or np.shape(grad) != np.shape(param) or not np.ndim(param) or not np.isfinite(grad).all():
                continue
            size = float(np.linalg.norm(grad))
            slope = self.compared(name, param, grad, grad / size) if size > 0 else None
            if slope is None or slope.agrees:
                direction = self.rng.standard_normal(np.shape(param))
                other = self.compared(name, param, grad, direction / np.linalg.norm(direction))
                slope = slope if slope is not None and other.agrees else other
            found.append(slope)
        return found

    def compared(self, name: str, param: np.ndarray, grad: np.ndarray, direction: np.ndarray) -> Slope:
        """Return the slope along a direction, claimed and measured; with the step where the two are closest."""
        claimed = float(np.vdot(grad, direction))
        steps = (1e-4, 1e-6) if self.precise else (3e-2, 3e-3)
        typical = float(np.linalg.norm(grad)) / math.sqrt(grad.size)
        best, tolerance = math.inf, TOLERANCE if self.precise else ROUGH_TOLERANCE
        measured = math.nan
        for step in steps:
            slope = self.slope(param, direction, step)
            error = abs(slope - claimed) / (max(abs(slope), abs(claimed), typical) + (1e-9 if self.precise else 1e-4))
            if error < best:
                best, measured = error, slope
        return Slope(name, claimed, measured, best < tolerance)

    def slope(self, param: np.ndarray, direction: np.ndarray, step: float) -> float:
        """Return the central difference of the loss along a direction."""
        before, moved = param.copy(), (step * direction).astype(param.dtype)
        param[...] = before + moved
        above = self.loss()
        param[...] = before - moved
        below = self.loss()
        param[...] = before
        return (above - below) / (2 * step)


def make_small(network: Any, x: np.ndarray) -> None:
    """Make the first weights small where large whole numbers are multiplied by them, as pixels up to 255 are."""
    weights = weights_of(network.params, inputs_of(x))
    largest = float(np.abs(x.astype(float)).max()) if x.dtype.kind in "iu" and x.size else 0.0
    if weights and largest > 10 and len(weights[0].W) == inputs_of(x):
        network.params[weights[0].name][...] /= largest


def precise(network: Any, data: tuple[Any, ...]) -> Any:
    """Return a copy whose parameters are in float64, wherever the network holds them itself, each as an array."""
    params = [param for param in network.params.values() if np.ndim(param)]
    wholes = [id(whole_of(param)) for param in params if isinstance(param, np.ndarray)]
    if len(set(wholes)) < len(params):  # views of one array, which they have to stay
        return copied(network, data)
    replaced = {id(param): np.array(param, np.float64) for param in params}
    return copied(network, data, replaced)


def flag_of_loss(network: Any) -> str | None:
    """Return the name of the argument by which loss is told to compute as in training."""
    try:
        parameters = inspect.signature(network.loss).parameters
    except (TypeError, ValueError):
        return None
    return next((flag for flag in FLAGS if flag in parameters), None)
