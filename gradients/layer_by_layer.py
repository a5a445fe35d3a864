"""A network's layers, each checked with what reaches it: the first that is wrong, and every element at less cost."""

from contextlib import suppress
from dataclasses import replace

import numpy as np

from gradients.examining import examine
from gradients.judging.notes import with_notes
from gradients.judging.one_gradient import result_of
from gradients.measuring.case import Case
from gradients.measuring.differences import Truth
from gradients.measuring.exam import Exam
from gradients.measuring.network_subject import LayerSubject, NetworkSubject
from gradients.measuring.point import LayerRaised
from gradients.report import ArrayResult, Finding, Report
from language import _


def first_wrong_layer(subject: NetworkSubject, report: Report, rng: np.random.Generator) -> Report:
    """Return the report with the findings about the first layer that is wrong by itself, where there is one."""
    with suppress(LayerRaised, TypeError, ValueError):
        for layer in subject.layer_subjects():
            found = with_notes(examine(layer.subject, rng, full=False), layer.subject).findings
            if found:
                return Report(
                    report.subject, report.arrays, [in_layer(layer.name, finding) for finding in found], report.notes
                )
    return report


def in_layer(name: str, finding: Finding) -> Finding:
    """Return a layer's finding as one of the network's."""
    array = None if finding.array is None else f"{name}.{finding.array}"
    message = _("{name} is the first layer that is wrong. {mistake}", name=name, mistake=finding.message)
    return replace(finding, array=array, message=message, evidence={"layer": name, **finding.evidence})


def full_by_layers(subject: NetworkSubject, rng: np.random.Generator) -> Report | None:
    """Compare every element by numerical differentiation of one layer after the other, from the loss backwards.

    The chain rule joins what each layer's own forward shows: dL/d(its output), numerically, times d(output)/d(array),
    numerically. None where the network is not its layers in a row.
    """
    exam = Exam(subject, rng)
    case = exam.cases[0]
    try:
        chain = list(subject.layer_subjects())
    except (LayerRaised, TypeError, ValueError):
        return None
    if not chain or not is_the_chain(chain, case):
        return None
    right, dout = {}, np.ones(1)
    for layer in reversed(chain):
        truth = Truth(layer.subject, layer.subject.point)
        for gradient_name, name in layer.names.items():
            right[name] = truth.gradient(gradient_name, dout)
        if layer is not chain[0]:
            dout = truth.gradient("dx", dout).value.ravel()
    if set(right) != set(subject.names):
        return None
    results: list[ArrayResult] = [result_of(exam, case, n, right[n], case.given(n)) for n in subject.names]
    return Report(subject.name, results, [] if all(r.ok for r in results) else [Finding("unknown", None, "differs")])


def is_the_chain(chain: list[LayerSubject], case: Case) -> bool:
    """Return whether the network's loss is that of its layers in a row."""
    loss = chain[-1].subject
    value = float(loss.forward(loss.fresh(), loss.point.inputs)[1][0].sum())
    return bool(np.isclose(value, float(case.truth.outputs.sum()), rtol=1e-12, atol=0))
