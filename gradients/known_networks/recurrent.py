"""Recurrent networks: h_t = f(x_t Wx + h_{t-1} Wh + b), and y_t = h_t Wy + by at each step or at the last."""

from collections.abc import Iterator
from itertools import permutations, product
from typing import NamedTuple

import numpy as np

from gradients.known_networks import operations
from gradients.known_networks.activations import Activation
from gradients.known_networks.chains import SOFTMAX, Body, Layer, activated
from gradients.known_networks.tape import Back, Node, Tape
from language import _

MOST_STEPS = 60


class Plan(NamedTuple):
    """A recurrent network: its parameters by name, the axes (steps, samples, features) of x, and what it reads out."""

    order: tuple[int, ...]
    inward: Layer
    recurrent: Layer
    biases: tuple[str, ...]
    outward: Layer | None
    function: Activation
    at_all_steps: bool
    last: Activation | None


def plans(params: dict[str, np.ndarray], x: np.ndarray, usual: list[Activation]) -> Iterator[Plan]:
    """Yield the recurrent networks that the parameters may belong to."""
    weights = [name for name, W in params.items() if W.ndim == 2 and 1 not in W.shape]
    if x.ndim not in (2, 3) or len(weights) not in (2, 3):
        return
    for order in permutations(range(x.ndim)):
        width, steps = x.shape[order[-1]], x.shape[order[0]]
        if steps > MOST_STEPS:
            continue
        for inward, recurrent, outward in loops(params, weights, width):
            hidden = params[recurrent.weight].shape[0]
            rest = [n for n in params if n not in (inward.weight, recurrent.weight, outward and outward.weight)]
            for biases, out_bias in shared_out(params, rest, hidden, outward):
                readout = outward and outward._replace(bias=out_bias)
                lasts = [None] if readout is None else [usual[3], SOFTMAX, usual[1], usual[2]]
                for function, every, last in product(usual[:4], (True, False), lasts):
                    yield Plan(order, inward, recurrent, biases, readout, function, every, last)


def loops(params: dict[str, np.ndarray], weights: list[str], width: int) -> Iterator[tuple[Layer, Layer, Layer | None]]:
    """Yield which weight takes the input, which the hidden state, and which gives the output."""
    for names in permutations(weights):
        for turns in product((False, True), repeat=len(names)):
            layers = [Layer(name, turned, None) for name, turned in zip(names, turns, strict=True)]
            shapes = [params[n].shape[::-1] if turned else params[n].shape for n, turned, _ in layers]
            hidden = shapes[0][1]
            if shapes[0][0] == width and shapes[1] == (hidden, hidden) and (len(shapes) < 3 or shapes[2][0] == hidden):
                yield layers[0], layers[1], layers[2] if len(layers) == 3 else None


def shared_out(
    params: dict[str, np.ndarray], rest: list[str], hidden: int, outward: Layer | None
) -> Iterator[tuple[tuple[str, ...], str | None]]:
    """Yield the biases of the hidden state, and that of the output; all of what is left must be one of them."""
    out = None if outward is None else params[outward.weight].shape[0 if outward.turned else 1]
    for bias in [*(n for n in rest if params[n].size == out), None] if outward else [None]:
        others = tuple(n for n in rest if n != bias)
        if all(params[n].size == hidden for n in others):
            yield others, bias


def bodies(
    params: dict[str, np.ndarray], x: np.ndarray, usual: list[Activation], start: str | None
) -> Iterator[tuple[str, Body]]:
    """Yield the recurrent networks, each by name, with what puts it on a tape; ``start`` names the first state."""
    for plan in plans(params, x[None], usual) if start and x.ndim == 2 else ():
        if plan.order == (0, 1, 2) and not plan.at_all_steps:
            yield (
                _("one step of a recurrent network with {function}", function=plan.function.name),
                lambda tape, leaf, p=plan: build(tape, one_step_only(tape, leaf), p, start),
            )
    for plan in plans(params, x, usual):
        if x.shape[plan.order[0]] < 2:
            continue
        name = _("a recurrent network with {function}", function=plan.function.name)
        yield name, lambda tape, leaf, p=plan: build(tape, leaf, p, start)


def one_step_only(tape: Tape, x: Node) -> Node:
    """Return the input of a single step as a sequence of one."""
    return operations.arranged(tape, x, lambda a: a[None], lambda g: g[0], "x_t")


def build(tape: Tape, x: Node, plan: Plan, start: str | None) -> Node:
    """Return what a recurrent network reads out: (steps, samples, features), or (samples, features) of the last."""
    Wx = operations.turned(tape, tape.leaves[plan.inward.weight], plan.inward.turned)
    Wh = operations.turned(tape, tape.leaves[plan.recurrent.weight], plan.recurrent.turned)
    states = [first_state(tape, x, plan, start, len(Wh.value))]
    place = _("the {function} of the hidden state", function=plan.function.name)
    for step in range(x.value.shape[plan.order[0]]):
        part = operations.product(tape, one_step(tape, x, plan.order, step), Wx, step=step)
        fed_back = operations.product(tape, states[-1], Wh, step=step)
        through_time, of_weight = tape.edges[-2:]
        through_time.kind = "recurrent"
        z = operations.plus(tape, part, fed_back, f"z_{step}")
        for bias in plan.biases:
            z = operations.plus_bias(tape, z, tape.leaves[bias], step)
        h = activated(tape, z, plan.function, "h_t", place, step)
        through_time.wrong |= past_the_slope(plan.function, states[-1], z, Wh, first=step == 0)
        of_weight.wrong["state after"] = lambda g, h=h: h.value.T @ g
        if tape.edges[-1].kind == "slope":
            tape.edges[-1].wrong |= at_step_before(plan.function, states[-1])
        states.append(h)
    return read_out(tape, states[1:], plan)


def first_state(tape: Tape, x: Node, plan: Plan, start: str | None, hidden: int) -> Node:
    """Return the state before the first step: zeros, or what was given."""
    samples = x.value.shape[plan.order[1]] if len(plan.order) == 3 else 1
    if start is None:
        return Node(np.zeros((samples, hidden)), "h_t")
    h0 = tape.leaves[start]
    if h0.value.shape == (samples, hidden) or h0.value.shape != (hidden, samples):
        shape = h0.value.shape
        return operations.arranged(tape, h0, lambda a: a.reshape(-1, hidden), lambda g: g.reshape(shape), "h_t")
    return operations.arranged(tape, h0, np.transpose, np.transpose, "h_t")


def one_step(tape: Tape, x: Node, order: tuple[int, ...], step: int) -> Node:
    """Return the input of one step, (samples, features)."""

    def there(a: np.ndarray) -> np.ndarray:
        return np.atleast_2d(a.transpose(order)[step])

    def back(g: np.ndarray) -> np.ndarray:
        whole = np.zeros_like(x.value)
        whole.transpose(order)[step] = g if len(order) == 3 else g[0]
        return whole

    return operations.arranged(tape, x, there, back, "x_t")


def past_the_slope(function: Activation, before: Node, z: Node, Wh: Node, first: bool) -> dict[str, Back]:
    """Return what a backward gives whose path through time leaves out the slope on one side of Wh."""
    if function.is_mask or function.name == "identity":
        return {}
    slope = function.slope_of_output(before.value)
    return {
        "past the slope before": (lambda g: g @ Wh.value.T) if first else (lambda g: g @ Wh.value.T / slope),
        "past the slope after": lambda g: (g / function.slope(z.value)) @ Wh.value.T,
    }


def at_step_before(function: Activation, before: Node) -> dict[str, Back]:
    """Return the slope of the state before, in the place of this one's."""
    return {"step before": lambda g: g * function.slope_of_output(before.value)}


def read_out(tape: Tape, states: list[Node], plan: Plan) -> Node:
    """Return the hidden states, or what the output's layer makes of them."""
    if plan.at_all_steps:
        h = stacked(tape, states)
    else:
        h = operations.arranged(tape, states[-1], np.asarray, np.asarray, "h_T")
    if plan.outward is None or plan.last is None:
        return h
    W = operations.turned(tape, tape.leaves[plan.outward.weight], plan.outward.turned)
    z = operations.product(tape, h, W, "y_t")
    if plan.outward.bias is not None:
        z = operations.plus_bias(tape, z, tape.leaves[plan.outward.bias])
    return activated(tape, z, plan.last, "y", _("the {function} of the output", function=plan.last.name))


def stacked(tape: Tape, states: list[Node]) -> Node:
    """Return the states of all steps, (steps, samples, features)."""
    result = tape.add(np.array([h.value for h in states]), "all h")
    for step, h in enumerate(states):
        tape.connect(h, lambda g, s=step: g[s], "state", "h_t", step)
    return result
