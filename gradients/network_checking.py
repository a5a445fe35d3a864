"""Say whether a network's gradient is right and, where it is not, which layer is the first that is wrong."""

import copy
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

import numpy as np

from gradients.checking import examine
from gradients.judging.one_gradient import result_of
from gradients.measuring.arguments import as_input, copied, kind_of
from gradients.measuring.case import Case
from gradients.measuring.differences import Truth
from gradients.measuring.exam import Exam
from gradients.measuring.network_subject import NetworkSubject
from gradients.measuring.parameters import attribute, is_layer
from gradients.measuring.precise_copy import deep_copy
from gradients.measuring.subject import LayerRaised, Point, Subject
from gradients.measuring.surroundings import put_class_state_back, quiet_and_restored
from gradients.order_of_findings import raising
from gradients.report import ArrayResult, Finding, Report

FEW = 8  # samples
STEPS = 3  # of training, after which it is checked again
DECAY_NAMES = ("weight_decay_lambda", "weight_decay", "lambda_", "lam", "reg", "l2", "l2_lambda", "decay")
LOSS_NAMES = ("loss_layer", "last_layer", "lastLayer", "loss_function", "criterion")


def check_network(network: Any, x: Any, t: Any, seed: int = 0, full: bool = False) -> Report:
    """Check the ``gradient`` of anybody's network against numerical differentiation of its ``loss``.

    It is checked as it is and again after a few training steps, and a weight decay apart from the data loss. Where
    the network keeps ``layers`` and a loss layer, each of them is checked with what reaches it, and the report says
    which is the first that is wrong.

    Parameters
    ----------
    network : object
        Anything with ``params`` (a dictionary of arrays), ``loss(x, t)`` and ``gradient(x, t)``, which returns a
        dictionary with the same keys. It comes back as it was: copies of it are checked.
    x, t : array
        Samples and their labels or targets; the first eight are used.
    seed : int
    full : bool
        Check every element of every parameter.

    Returns
    -------
    Report

    Raises
    ------
    TypeError
        When the network lacks one of ``params``, ``loss`` and ``gradient``.

    Examples
    --------
    >>> class Line:
    ...     def __init__(self):
    ...         self.params = {"a": np.array([2.0, 1.0]), "c": np.array([0.5])}
    ...     def loss(self, x, t):
    ...         return 0.5 * ((x @ self.params["a"] + self.params["c"] - t) ** 2).sum() / len(x)
    ...     def gradient(self, x, t):
    ...         d = x @ self.params["a"] + self.params["c"] - t
    ...         return {"a": x.T @ d / len(x), "c": d.sum(keepdims=True)}
    >>> rng = np.random.default_rng(0)
    >>> report = check_network(Line(), rng.standard_normal((5, 2)), rng.standard_normal(5))
    >>> report.ok, report.findings[0].code, report.findings[0].array
    (False, 'missing-batch-average', 'c')
    """
    require_network(network)
    x, t = as_input(x), as_input(t)
    if not all(isinstance(part, np.ndarray) and part.ndim and len(part) for part in (x, t)):
        raise TypeError(f"check_network needs arrays of samples x and of labels t, got {kind_of(x)} and {kind_of(t)}")
    x, t = x[:FEW], t[:FEW]
    rng = np.random.default_rng(seed)
    with quiet_and_restored():
        try:
            subject = NetworkSubject(network, x, t)
            report = check_data_and_decay(subject, network, x, t, rng, full)
            if report.ok:
                report = after_training(subject, report, rng)
        except LayerRaised as raised:
            return Report(type(network).__name__, [], [raising(raised)])
        finally:
            with suppress(UnboundLocalError):
                put_class_state_back(subject.class_state)
        if not report.ok:
            report = first_wrong_layer(subject, report, rng)
        return report


def require_network(network: Any) -> None:
    """Raise TypeError unless something has params, loss and gradient."""
    missing = [name for name in ("loss", "gradient") if not callable(attribute(network, name))]
    if missing or isinstance(network, type):
        raise TypeError(
            f"check_network needs an object with params, loss(x, t) and gradient(x, t); {type(network).__name__} "
            f"lacks {' and '.join(missing) or 'being one: it is a class'}"
        )
    params = attribute(network, "params")
    if not hasattr(params, "items") or not params or not all(isinstance(v, np.ndarray) for v in params.values()):
        held = ", ".join(f"{k}: {type(v).__name__}" for k, v in params.items()) if hasattr(params, "items") else ""
        came = f"a dictionary of {held or 'nothing'}" if hasattr(params, "items") else type(params).__name__
        raise TypeError(f"{type(network).__name__}.params must be a dictionary of arrays, got {came}")


def check_data_and_decay(
    subject: NetworkSubject, network: Any, x: np.ndarray, t: np.ndarray, rng: np.random.Generator, full: bool
) -> Report:
    """Check the gradient of the data loss and, where there is a weight decay, that of the whole."""
    decay = next((name for name in DECAY_NAMES if is_decay(network, name, x, t)), None)
    whole = examine_network(subject, rng, full)
    if decay is None:
        return whole
    data_only = deep_copy(network)
    setattr(data_only, decay, 0.0)
    data = examine_network(NetworkSubject(data_only, x, t), rng, full)
    arrays = data.arrays + [replace(result, name=f"{result.name} with decay") for result in whole.arrays]
    if not data.ok:
        return Report(whole.subject, arrays, data.findings)
    note = f" The gradient of the data loss alone ({decay} = 0) is right: the mistake is in the regularisation."
    return Report(whole.subject, arrays, [replace(f, message=f.message + note) for f in whole.findings])


def is_decay(network: Any, name: str, x: np.ndarray, t: np.ndarray) -> bool:
    """Return whether an attribute is the weight of a decay: a number that can be set, and that the loss depends on."""
    value = attribute(network, name)
    if not isinstance(value, (int, float)) or isinstance(value, bool) or value == 0:
        return False
    without = deep_copy(network)
    try:
        setattr(without, name, 0.0)
        return float(without.loss(x, t)) != float(deep_copy(network).loss(x, t))
    except Exception:  # it cannot be set, or the loss cannot do without it
        return False


def examine_network(subject: NetworkSubject, rng: np.random.Generator, full: bool) -> Report:
    """Examine a network; with all elements layer by layer, where that gives the same and takes less time."""
    if full:
        report = full_by_layers(subject, rng)
        if report is not None and report.ok:
            return report
    return examine(subject, rng, full)


def after_training(subject: NetworkSubject, report: Report, rng: np.random.Generator) -> Report:
    """Check again where a few steps of gradient descent lead; return the first report unless that finds more."""
    point = subject.point
    for _ in range(STEPS):
        gradients = subject.run(point, [np.array(1.0)]).gradients
        params = {n: p - step_length(p, gradients[n]) * gradients[n] for n, p in point.params.items()}
        point = Point(point.inputs, params)
    subject.point = point
    later = examine(subject, rng, full=False)
    if later.ok:
        return report
    findings = [replace(f, message=f"After {STEPS} training steps: {f.message}") for f in later.findings]
    return Report(report.subject, later.arrays, findings)


def step_length(param: np.ndarray, gradient: np.ndarray) -> float:
    """Return a step that moves a parameter by about a tenth of its size."""
    norm = float(np.linalg.norm(gradient))
    return 0.1 * max(float(np.linalg.norm(param)), 0.1) / norm if np.isfinite(norm) and norm > 0 else 0.0


def layers_of(network: Any) -> list[tuple[str, Any]]:
    """Return a network's layers in order, then its loss layer, by name; none where it keeps no such."""
    layers = attribute(network, "layers")
    if isinstance(layers, dict):
        named = [(str(name), layer) for name, layer in layers.items()]
    elif isinstance(layers, (list, tuple)):
        named = [(f"layers[{i}] ({type(layer).__name__})", layer) for i, layer in enumerate(layers)]
    else:
        return []
    loss_name = next((n for n in LOSS_NAMES if is_layer(attribute(network, n))), None)
    if not named or loss_name is None or not all(is_layer(layer) for _, layer in named):
        return []
    return [*named, (loss_name, getattr(network, loss_name))]


def with_inputs(subject: NetworkSubject, network: Any) -> Iterator[tuple[str, Any, tuple[Any, ...]]]:
    """Yield each layer with the arguments that reach its forward."""
    x, t = subject.point.inputs
    *layers, (loss_name, loss_layer) = layers_of(network)
    for name, layer in layers:
        yield name, layer, (x,)
        x = np.array(copy.deepcopy(layer).forward(copied(x)), float)
    yield loss_name, loss_layer, (x, t)


def first_wrong_layer(subject: NetworkSubject, report: Report, rng: np.random.Generator) -> Report:
    """Return the report with the findings about the first layer that is wrong by itself, where there is one."""
    network = subject.fresh(subject.point)
    if not layers_of(network):
        return report
    with suppress(LayerRaised, TypeError, ValueError):
        for name, layer, inputs in with_inputs(subject, network):
            found = examine(Subject(layer, inputs), rng, full=False).findings
            if found:
                return Report(report.subject, report.arrays, [in_layer(name, finding) for finding in found])
    return report


def in_layer(name: str, finding: Finding) -> Finding:
    """Return a layer's finding as one of the network's."""
    array = None if finding.array is None else f"{name}.{finding.array}"
    message = f"{name} is the first layer that is wrong. {finding.message}"
    return Finding(finding.code, array, message, {"layer": name, **finding.evidence})


def full_by_layers(subject: NetworkSubject, rng: np.random.Generator) -> Report | None:
    """Compare every element by numerical differentiation of one layer after the other, from the loss backwards.

    The chain rule joins what each layer's own forward shows: dL/d(its output), numerically, times d(output)/d(array),
    numerically. None where the network is not its layers in a row.
    """
    network = subject.fresh()
    exam = Exam(subject, rng)
    case = exam.cases[0]
    try:
        chain = [(layer, Subject(layer, inputs)) for _, layer, inputs in with_inputs(subject, network)]
    except (LayerRaised, TypeError, ValueError):
        return None
    if not chain or not is_the_chain(chain, case):
        return None
    right, dout = {}, np.ones(1)
    for layer, part in reversed(chain):
        truth = Truth(part, part.point)
        for slot in part.slots:
            right[name_in(network, slot.read(layer))] = truth.gradient(slot.gradient_name, dout)
        if part is not chain[0][1]:
            dout = truth.gradient("dx", dout).value.ravel()
    if set(right) != set(subject.names):
        return None
    results: list[ArrayResult] = [result_of(exam, case, n, right[n], case.given(n)) for n in subject.names]
    return Report(subject.name, results, [] if all(r.ok for r in results) else [Finding("unknown", None, "differs")])


def is_the_chain(chain: list[tuple[Any, Subject]], case: Case) -> bool:
    """Return whether the network's loss is that of its layers in a row."""
    _, loss = chain[-1]
    value = float(loss.forward(loss.fresh(), loss.point.inputs)[1][0].sum())
    return bool(np.isclose(value, float(case.truth.outputs.sum()), rtol=1e-12, atol=0))


def name_in(network: Any, array: np.ndarray) -> str | None:
    """Return the network's name of a layer's parameter, the very array; None where it has none."""
    return next((name for name, param in network.params.items() if np.shares_memory(param, array)), None)
