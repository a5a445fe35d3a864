"""What the page draws of a training: loss, boundary, what each unit answers, and the signals in each layer."""

import math
from typing import Any

import numpy as np

from figures.traces import group
from language import _
from layers import softmax
from layers.common.training_mode import forward_in_mode
from page.inside.packing import packed
from page.inside.training.one_run import OneRun
from training.loop.inspection import distributions

PROBE = 100  # training samples at which the signals are looked at, as a Trainer has it
MANY = 8000  # weights of a layer, beyond which the page does not get them
CLEAR = 30.0  # times by which a signal shrinks or grows from layer to layer, where it is worth a word
MIDDLE = 128  # of a byte that holds a value from -1 to 1


def loss_curve(run: OneRun) -> dict[str, Any]:
    """Return the loss by step: of many steps the mean of each group."""
    columns = run.trainer.traces.columns
    if not columns["step"]:
        return {"steps": [], "losses": []}
    steps, _low, mean, _high = group(np.array(columns["step"], float), np.array(columns["loss"], float))
    return {"steps": np.round(steps, 1).tolist(), "losses": [short(value) for value in mean]}


def history_since(run: OneRun, epoch: int) -> list[dict[str, Any]]:
    """Return the records of the epochs behind that one."""
    names = ("epoch", "train_loss", "train_accuracy", "test_accuracy")
    return [{name: short(record[name]) for name in names} for record in run.trainer.history[max(0, epoch) :]]


def accuracies(run: OneRun) -> dict[str, float]:
    """Return the accuracies as the network is now."""
    data = run.data
    with run.looked_at() as network:
        return {
            "train_accuracy": network.accuracy(data.x_train, data.t_train),
            "test_accuracy": network.accuracy(data.x_test, data.t_test),
        }


def plane(run: OneRun, side: int) -> np.ndarray:
    """Return the places of a grid over the plane, row by row from above, shape (side^2, 2)."""
    (left, right), (bottom, top) = run.data.extents
    middle = (np.arange(side) + 0.5) / side
    across, down = left + middle * (right - left), top - middle * (top - bottom)
    return np.stack(np.meshgrid(across, down), axis=-1).reshape(-1, 2).astype(np.float32)


def boundary(run: OneRun, side: int, with_maps: int = 0) -> dict[str, Any]:
    """Return the probabilities of the classes on a grid of the plane, and what each unit answers there.

    Parameters
    ----------
    run : OneRun
    side : int
        How many places there are in each direction.
    with_maps : int
        Every how many places, in each direction, a unit's answer is told; 0: nowhere.
    """
    places = plane(run, side)
    outputs = outputs_of(run, places)
    with np.errstate(all="ignore"):
        shares = np.nan_to_num(softmax(outputs[-1][1]))
    answer: dict[str, Any] = {"side": side, "shares": packed(np.round(255 * shares), "uint8")}
    if with_maps:
        ends = dict(outputs)
        answer["maps"] = [
            map_of(ends[unit_layer(run, number)].reshape(side, side, -1)[::with_maps, ::with_maps])
            for number in range(len(run.built.stages) - 1)
        ]
    return answer


def outputs_of(run: OneRun, x: np.ndarray) -> list[tuple[str, np.ndarray]]:
    """Return what comes out of every layer when the network predicts, one behind the other."""
    outputs = []
    with run.looked_at() as network:
        for name, layer in network.layers.items():
            x = forward_in_mode(layer, x, training=False)
            outputs.append((name, np.asarray(x)))
    return outputs


def unit_layer(run: OneRun, stage: int) -> str:
    """Return the layer whose outputs are the units of a stage; in prediction, a dropout behind it changes nothing."""
    return run.built.stages[stage].layers[-1]


def map_of(values: np.ndarray) -> dict[str, Any]:
    """Return pictures of units (height, width, units): bytes of which the middle is 0, and what the ends stand for."""
    with np.errstate(all="ignore"):
        limits = np.nan_to_num(np.abs(values).max(axis=(0, 1))).clip(1e-12, 3e38)
        scaled = np.nan_to_num(np.round(values / limits * (MIDDLE - 1)) + MIDDLE)
    pictures = scaled.clip(0, 255).transpose(2, 0, 1)
    return {"pictures": packed(pictures, "uint8"), "limits": [short(limit) for limit in limits.tolist()]}


def maps_of_images(run: OneRun) -> list[dict[str, Any]]:
    """Return pictures of the units of a network that sees images.

    Those of the first layer are the weights, where each stands for a pixel; of the others, how strongly a unit answers
    to each class on the average.
    """
    x, t = run.data.x_train[:300], run.data.t_train[:300]
    ends, maps = dict(outputs_of(run, x)), []
    for number in range(len(run.built.stages) - 1):
        weights = weights_of(run, number) if number == 0 else None
        if weights is not None and len(weights) == 64:
            maps.append({**map_of(weights.reshape(8, 8, -1)), "kind": "weights"})
        else:
            outputs = ends[unit_layer(run, number)]
            means = np.stack([outputs[t == label].mean(axis=0) for label in range(run.data.classes)])
            maps.append({**map_of(means[np.newaxis]), "kind": "classes"})
    return maps


def weights_of(run: OneRun, stage: int) -> np.ndarray | None:
    """Return the weights (inputs, units) that a stage begins with, None where its layer has none of that kind."""
    W = getattr(run.network.layers[run.built.stages[stage].affine], "W", None)
    return W if isinstance(W, np.ndarray) and W.ndim == 2 else None


def weights(run: OneRun) -> list[dict[str, Any] | None]:
    """Return the weights of all stages, None of those that have too many to be drawn."""
    found = [weights_of(run, stage) for stage in range(len(run.built.stages))]
    return [packed(W) if W is not None and W.size <= MANY else None for W in found]


def signals(run: OneRun) -> dict[str, Any]:
    """Return how activations and gradients are distributed in each layer, with what is to be said of it."""
    x, t = run.data.x_train[:PROBE], run.data.t_train[:PROBE]
    with run.looked_at() as network:
        records = distributions(network, x, t)
    layers = [{name: rounded(value) for name, value in record.items()} for record in records]
    return {"layers": layers, "words": in_words(run, records)}


def in_words(run: OneRun, records: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Say where signals vanish or explode on their way: activations forward, gradients back."""
    ends = [stage.layers[-1] for stage in run.built.stages[:-1]]
    by_name = {record["name"]: record for record in records}
    if len(ends) < 2:
        return []
    there = [by_name[name] for name in ends if name in by_name]
    first, last = there[0], there[-1]
    said = []
    for kind, start, end in (("activation", first, last), ("gradient", last, first)):
        change = times(start[f"{kind}_std"], end[f"{kind}_std"])
        if change is not None and (change <= 1 / CLEAR or change >= CLEAR):
            said.append(
                {"kind": kind, "code": "vanishing" if change < 1 else "exploding", "text": sentence(kind, change)}
            )
    return said


def times(start: float | None, end: float | None) -> float | None:
    """Return the factor from one spread to another, None where it is not known; 0 where nothing is left at the end."""
    if start is None or end is None:
        return None
    if end == 0:
        return 0.0
    return end / start if start > 0 else None


def sentence(kind: str, change: float) -> str:
    """Say by how much a signal shrinks or grows."""
    power = round(abs(math.log10(change))) if change > 0 else None
    if kind == "gradient":
        if power is None:
            return _("No gradient at all reaches the first hidden layer: vanishing.")
        if change < 1:
            return _(
                "The gradients shrink by 10^{power} from the last hidden layer to the first: vanishing.", power=power
            )
        return _("The gradients grow by 10^{power} from the last hidden layer to the first: exploding.", power=power)
    if power is None:
        return _("Every sample looks the same to the last hidden layer: vanishing.")
    if change < 1:
        return _(
            "The activations shrink by 10^{power} from the first hidden layer to the last: vanishing.", power=power
        )
    return _("The activations grow by 10^{power} from the first hidden layer to the last: exploding.", power=power)


def rounded(value: Any) -> Any:
    """Return numbers with as many digits as a chart can show."""
    return [short(item) for item in value] if isinstance(value, list) else short(value)


def short(value: Any) -> Any:
    """Return a number with six digits, None where it is not finite, and anything else as it is."""
    if isinstance(value, (float, np.floating)):
        return float(f"{value:.6g}") if math.isfinite(value) else None
    return value
