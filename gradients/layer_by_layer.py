"""A network's layers, each checked with what reaches it: the first that is wrong, and every element at less cost."""

import copy
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import numpy as np

from gradients.examining import examine
from gradients.judging.one_gradient import result_of
from gradients.measuring.arguments import copied
from gradients.measuring.case import Case
from gradients.measuring.differences import Truth
from gradients.measuring.exam import Exam
from gradients.measuring.network_subject import NetworkSubject
from gradients.measuring.parameters import attribute, is_layer
from gradients.measuring.point import LayerRaised
from gradients.measuring.subject import Subject
from gradients.report import ArrayResult, Finding, Report

LOSS_NAMES = ("loss_layer", "last_layer", "lastLayer", "loss_function", "criterion")


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
    network = subject.fresh(subject.point).thing
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
    network = subject.fresh().thing
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
