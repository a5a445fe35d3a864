"""A unit's formula with its weights put in: ``h3 = relu(0.52 x1 - 1.31 x2 + 0.08)``."""

from typing import Any

import numpy as np

import layers as ours
from language import _
from page.inside.training.building import normalization_of
from page.inside.training.looks import outputs_of, short, unit_layer, weights_of
from page.inside.training.one_run import OneRun

TERMS = 6  # of a sum that are written out, those with the largest weights
MINUS = "\N{MINUS SIGN}"
FUNCTIONS = {
    "ReLU": "relu",
    "Sigmoid": "sigmoid",
    "Tanh": "tanh",
    "LeakyReLU": "leaky_relu",
    "GELU": "gelu",
    "Softplus": "softplus",
}
PASSING = (ours.Affine, ours.BatchNormalization, ours.Dropout)  # that have another place in the formula, or none


def formula(run: OneRun, stage: int, unit: int, at: Any = None) -> dict[str, Any]:
    """Return a unit's formula, its weights, and what it answers at a place of the plane.

    Parameters
    ----------
    run : OneRun
    stage : int
        The hidden layer, counted from 0; behind the last one stand the scores of the classes.
    unit : int
    at : (float, float), optional

    Returns
    -------
    dict
        ``name``, ``formula``, ``weights`` (``name`` and ``value`` of each input), ``bias``; with ``at`` also ``value``,
        and ``put_in``, the same formula with the numbers of that place.
    """
    W = weights_of(run, stage)
    names = input_names(run, stage)
    answer: dict[str, Any] = {"stage": stage, "unit": unit, "name": unit_name(run, stage, unit)}
    around = functions_around(run, stage)
    if W is None or unit >= W.shape[1] or len(W) != len(names):
        affine = type(run.network.layers[run.built.stages[stage].affine]).__name__
        answer |= {"formula": wrapped(f"{affine}(…)", around), "weights": [], "bias": None}
    else:
        column, bias = W[:, unit].astype(float), bias_of(run, stage, unit)
        inside = normalized(run, stage, unit, written_sum(column, names, bias))
        answer["formula"] = wrapped(inside, around)
        answer["weights"] = [{"name": n, "value": short(w)} for n, w in zip(names, column.tolist(), strict=True)]
        answer["bias"] = short(bias)
    if at is not None and not run.data.is_images:
        answer |= put_in(run, stage, unit, W, around, at)
    return answer


def put_in(run: OneRun, stage: int, unit: int, W: np.ndarray | None, around: list[str], at: Any) -> dict[str, Any]:
    """Return what a unit answers at a place, and its formula with the numbers of that place."""
    x = np.array([at], np.float32).reshape(1, 2)
    outputs = dict(outputs_of(run, x))
    value = float(np.asarray(outputs[unit_layer(run, stage)]).ravel()[unit])
    answer: dict[str, Any] = {"value": short(value)}
    if W is None or W.shape[0] > TERMS or normalization_of(run.network, run.built.stages[stage]) is not None:
        return answer
    before = x if stage == 0 else outputs[unit_layer(run, stage - 1)]
    numbers = [in_brackets(float(number)) for number in np.ravel(before)]
    if len(numbers) != len(W) or unit >= W.shape[1]:
        return answer
    total = written_sum(W[:, unit].astype(float), [f"· {number}" for number in numbers], bias_of(run, stage, unit))
    return answer | {"put_in": wrapped(total, around)}


def unit_name(run: OneRun, stage: int, unit: int) -> str:
    """Return a unit's name: h3, of several hidden layers h2,3 for the third of the second, or the score of a class.

    The numbers begin with 1, as those of the inputs x1 and x2 do; the classes begin with 0.
    """
    hidden = len(run.built.stages) - 1
    if stage == hidden:
        return _("score of class {label}", label=unit)
    return f"h{unit + 1}" if hidden == 1 else f"h{stage + 1},{unit + 1}"


def input_names(run: OneRun, stage: int) -> list[str]:
    """Return the names of what a stage gets."""
    if stage == 0:
        return [f"x{number + 1}" for number in range(run.data.features)]
    before = weights_of(run, stage - 1)
    return [] if before is None else [unit_name(run, stage - 1, unit) for unit in range(before.shape[1])]


def bias_of(run: OneRun, stage: int, unit: int) -> float:
    """Return the bias of a unit, 0 where its layer has none."""
    b = getattr(run.network.layers[run.built.stages[stage].affine], "b", None)
    return float(np.ravel(b)[unit]) if isinstance(b, np.ndarray) and unit < b.size else 0.0


def functions_around(run: OneRun, stage: int) -> list[str]:
    """Return the functions that the sum of a stage goes through, the first of them first."""
    kinds = [run.network.layers[name] for name in run.built.stages[stage].layers[1:]]
    return [FUNCTIONS.get(type(layer).__name__, type(layer).__name__) for layer in kinds if type(layer) not in PASSING]


def wrapped(inside: str, around: list[str]) -> str:
    """Return a text within the brackets of functions.

    >>> wrapped("0.5 x1", ["relu"])
    'relu(0.5 x1)'
    """
    for name in around:
        inside = f"{name}({inside})"
    return inside


def normalized(run: OneRun, stage: int, unit: int, inside: str) -> str:
    """Return a sum as a batch normalization behind it changes it when the network predicts."""
    layer = normalization_of(run.network, run.built.stages[stage])
    if layer is None:
        return inside
    slope = float(layer.gamma[unit]) / float(np.sqrt(layer.running_var[unit] + layer.eps))
    shift = float(layer.beta[unit]) - slope * float(layer.running_mean[unit])
    return f"{digits(slope)} ({inside}) {signed(shift)}"


def written_sum(weights: np.ndarray, names: list[str], bias: float) -> str:
    """Return a weighted sum as it is written: the terms with the largest weights, and how many others there are.

    >>> written_sum(np.array([0.52, 1.31]), ["x1", "x2"], 0.08)
    '0.52 x1 + 1.31 x2 + 0.08'
    """
    chosen = np.sort(np.argsort(-np.abs(weights), kind="stable")[:TERMS])
    terms = [f"{signed(weights[place])} {names[place]}" for place in chosen]
    left = len(weights) - len(chosen)
    if left:
        terms.append(_("+ … ({count} more)", count=left))
    text = " ".join([*terms, signed(bias)])
    return text[2:] if text.startswith("+ ") else text.replace(f"{MINUS} ", MINUS, 1)


def signed(value: float) -> str:
    """Return a number behind its sign.

    >>> signed(0.5), signed(2.0)
    ('+ 0.5', '+ 2')
    """
    return f"{MINUS if value < 0 else '+'} {digits(abs(value))}"


def digits(value: float) -> str:
    """Return a number with two digits behind the point, or with three that count where it is small or large.

    >>> digits(1.314), digits(0.00123), digits(2.0)
    ('1.31', '0.00123', '2')
    """
    size = abs(value)
    text = f"{value:.3g}" if size >= 1000 or 0 < size < 0.05 else f"{value:.2f}".rstrip("0").rstrip(".")
    return ("0" if text in ("-0", "") else text).replace("-", MINUS)


def in_brackets(value: float) -> str:
    """Return a number as a factor: in brackets where it is below 0."""
    return f"({digits(value)})" if value < 0 else digits(value)


def answers(run: OneRun, pixels: Any) -> dict[str, Any]:
    """Return what a network answers to an image, and what comes out of each of its layers on the way."""
    from page.inside.packing import packed

    x = np.asarray(pixels, np.float32).reshape(1, -1)
    steps = outputs_of(run, x)
    with np.errstate(all="ignore"):
        shares = np.nan_to_num(ours.softmax(steps[-1][1])[0])
    return {
        "probabilities": [short(float(share)) for share in shares],
        "layers": [
            {"name": name, "class": type(run.network.layers[name]).__name__, "values": packed(np.ravel(values))}
            for name, values in steps
        ],
    }
