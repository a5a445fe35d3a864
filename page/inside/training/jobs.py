"""The jobs of the part *Train*: what the page asks, and what it is answered."""

from collections.abc import Callable
from typing import Any

from language import _
from page.inside.training import looks, taking_along, units
from page.inside.training.asked import Problem, read
from page.inside.training.findings import findings_of
from page.inside.training.one_run import OneRun
from page.inside.training.own_layers import own_layers, raised

Request = dict[str, Any]
Answer = dict[str, Any]

COMPARED = 2  # runs side by side, at most
LONGEST = 1000.0  # milliseconds that a slice takes at most
SIDES = (8, 160)  # of the grid over the plane
FORMS: dict[str, Callable[[OneRun], Answer]] = {
    "model": taking_along.model_file,
    "onnx": taking_along.onnx_file,
    "python": taking_along.python_file,
}
LOOKS: dict[str, Callable[[OneRun], Any]] = {
    "signals": looks.signals,
    "accuracies": looks.accuracies,
    "weights": looks.weights,
}
RUNS: list[OneRun] = []  # those that the page trains now


def own(request: Request) -> Answer:
    """Say which layers a text has, and where in a network each can stand."""
    text = str(request.get("text", ""))
    try:
        found = own_layers(text)
    except Problem as problem:
        return {"layers": [], "problem": problem.as_json()}
    if not found and text.strip():
        message = _("There is no layer in this text: a layer is a class with the methods forward and backward.")
        return {"layers": [], "problem": Problem(message, "text").as_json()}
    return {"layers": [layer.as_json() for layer in found.values()], "problem": None}


def start(request: Request) -> Answer:
    """Begin one training, or two side by side; where a setting cannot be, say so."""
    text = str(request.get("text", ""))
    wanted = request.get("runs") or [{}]
    made: list[OneRun] = []
    descriptions: list[Answer] = []
    for place, given in enumerate(wanted[:COMPARED]):
        try:
            asked = read(given)
            made.append(OneRun(asked, own_layers(text), text))
        except Problem as problem:
            return {"problem": {**problem.as_json(), "run": place}}
        try:
            descriptions.append(described(made[-1], place))
        except Exception as error:  # a layer of the student's that learns, and cannot predict
            return {"problem": {**raised(error, text).as_json(), "run": place}}
    RUNS[:] = made
    return {"problem": None, "runs": descriptions}


def described(run: OneRun, place: int) -> Answer:
    """Return what the page has to know of a training before it begins."""
    network, stages = run.network, run.built.stages
    return {
        "run": place,
        "data": run.data.as_json(),
        "stages": [
            {"affine": stage.affine, "layers": list(stage.layers), "units": width(run, number)}
            for number, stage in enumerate(stages)
        ],
        "layers": [{"name": name, "class": type(layer).__name__} for name, layer in network.layers.items()],
        "parameters": sum(param.size for param in network.params.values()),
        "steps_per_epoch": run.trainer.steps_per_epoch,
        "epochs": run.trainer.goal,
    }


def width(run: OneRun, stage: int) -> int:
    """Return how many units a stage has."""
    outputs = dict(looks.outputs_of(run, run.data.x_train[:1]))
    return int(outputs[run.built.stages[stage].layers[-1]].shape[1])


def advance(request: Request) -> Answer:
    """Train for some milliseconds, at least a step, and return what the page draws.

    The request may hold ``milliseconds``, ``steps`` (so many in place of a time), ``epochs`` (so many more than at
    first), ``side`` (of the grid over the plane; 0: none), ``maps`` (every how many places of it a unit's answer is
    told), ``signals``, ``accuracies`` and ``weights`` (whether they are wanted), ``epoch`` (behind which the records
    are wanted) and ``unit``, as :func:`unit` takes it. Two runs make the same number of steps.
    """
    runs = require_runs()
    milliseconds = min(LONGEST, max(0.0, float(request.get("milliseconds", 20))))
    for run in runs:
        run.go_on(int(request.get("epochs", 0)))
    first, *others = runs
    steps = int(request.get("steps", 0))
    if steps or milliseconds:
        first.advance(milliseconds / len(runs), first.trainer.step + steps if steps else None)
    for other in others if steps or milliseconds else []:
        is_behind = first.state == "ready" or first.trainer.step > other.trainer.step
        alone = other.trainer.step + steps if steps else None
        other.advance(milliseconds / len(runs), first.trainer.step if is_behind else alone)
    answer: Answer = {"runs": [seen(run, request, place) for place, run in enumerate(runs)]}
    if request.get("unit"):
        answer["unit"] = unit(request["unit"])
    return answer


def seen(run: OneRun, request: Request, place: int) -> Answer:
    """Return what the page draws of a training, as far as it asks for it."""
    trainer = run.trainer
    since = (request.get("epoch") or [0] * (place + 1))[place]
    side, plane = int(request.get("side", 0)), not run.data.is_images
    every = int(request.get("maps", 0))
    answer: Answer = {
        "state": run.state,
        "said": run.said,
        "step": trainer.step,
        "epoch": len(trainer.history),
        "epochs": trainer.goal,
        "seconds": looks.short(trainer.seconds),
        "loss": looks.loss_curve(run),
        "history": looks.history_since(run, since),
    }
    wanted = {name: look for name, look in LOOKS.items() if request.get(name)}
    if side and plane:
        wanted["boundary"] = lambda run: looks.boundary(run, min(SIDES[1], max(SIDES[0], side)), every)
    elif every and not plane:
        wanted["maps"] = looks.maps_of_images
    try:
        answer |= {name: look(run) for name, look in wanted.items()}
    except Exception as error:  # a layer of the student's that learns, and cannot predict
        run.fail(error)
        answer |= {"state": run.state, "said": run.said}
    return answer


def unit(request: Request) -> Answer:
    """Return the formula of a unit, by ``run``, ``stage`` and ``unit``; with ``at``, what it answers at that place."""
    run = chosen(request)
    return units.formula(run, int(request.get("stage", 0)), int(request.get("unit", 0)), request.get("at"))


def predict(request: Request) -> Answer:
    """Return what each of the networks answers to an image of pixels in 0..1, and the outputs of its layers."""
    return {"runs": [units.answers(run, request["pixels"]) for run in require_runs()]}


def findings(request: Request) -> Answer:
    """Return what is wrong with a training."""
    return findings_of(chosen(request))


def export(request: Request) -> Answer:
    """Return a file to take along: ``form`` is ``model``, ``onnx`` or ``python``."""
    return FORMS[str(request.get("form", "model"))](chosen(request))


def chosen(request: Request) -> OneRun:
    """Return the training that a request is about."""
    runs = require_runs()
    return runs[min(len(runs) - 1, max(0, int(request.get("run", 0))))]


def require_runs() -> list[OneRun]:
    """Return the trainings of the page; complain where there are none, as after the interpreter was stopped."""
    if not RUNS:
        raise RuntimeError(_("there is no training; start one"))
    return RUNS


TRAIN_JOBS: dict[str, Callable[[Request], Answer]] = {
    "train.own": own,
    "train.start": start,
    "train.advance": advance,
    "train.unit": unit,
    "train.predict": predict,
    "train.diagnose": findings,
    "train.export": export,
}
