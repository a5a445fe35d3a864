"""Say whether a network's gradient is right and, where it is not, which layer is the first that is wrong."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

import numpy as np

from gradients.examining import examine
from gradients.judging.notes import with_notes
from gradients.layer_by_layer import first_wrong_layer, full_by_layers
from gradients.locating.with_places import with_places
from gradients.measuring.arguments import as_input, kind_of
from gradients.measuring.network_subject import NetworkSubject
from gradients.measuring.parameters import attribute
from gradients.measuring.point import LayerRaised, Point
from gradients.measuring.surroundings import quiet_and_restored, restore_classes_quietly
from gradients.order_of_findings import raised_finding
from gradients.report import Report
from language import _

FEW = 8  # samples
EXAMINATIONS = 3  # of one network, which share the time that a slow one is given
STEPS = 3  # of training, after which it is checked again


def check_network(network: Any, x: Any, t: Any, seed: int = 0, full: bool = False, strict: bool = False) -> Report:
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
    strict : bool
        Count as mistakes what is a convention, or a matter of strictness, and else a note.

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
        raise TypeError(
            _("check_network needs arrays of samples x and of labels t, got {x} and {t}", x=kind_of(x), t=kind_of(t))
        )
    x, t = x[:FEW], t[:FEW]
    with quiet_and_restored():
        try:
            subject = NetworkSubject(network, x, t)
            return judge_network(subject, seed, full, strict)
        except LayerRaised as raised:
            return Report(type(network).__name__, [], [raised_finding(raised)])
        finally:
            with suppress(UnboundLocalError):
                restore_classes_quietly(subject.class_state)


def judge_network(subject: NetworkSubject, seed: int, full: bool, strict: bool) -> Report:
    """Return the report on a network: as it is, without its decay, after some training, and layer by layer."""
    rng = np.random.default_rng(seed)
    subject.allowed_seconds /= EXAMINATIONS
    report = check_data_and_decay(subject, rng, full)
    if report.ok:
        report = after_training(subject, report, rng)
    report = report if strict else with_notes(report, subject)
    return with_places(report if report.ok else first_wrong_layer(subject, report, rng))


def require_network(network: Any) -> None:
    """Raise TypeError unless something has params, loss and gradient."""
    missing = [name for name in ("loss", "gradient") if not callable(attribute(network, name))]
    if missing or isinstance(network, type):
        came = _("{name} lacks {missing}", name=type(network).__name__, missing=_(" and ").join(missing))
        if isinstance(network, type):
            came = _("got the class {name}", name=network.__name__)
        raise TypeError(
            _("check_network needs an object with params, loss(x, t) and gradient(x, t); {came}", came=came)
        )
    params = attribute(network, "params")
    if not hasattr(params, "items") or not params or not all(isinstance(v, np.ndarray) for v in params.values()):
        held = ", ".join(f"{k}: {type(v).__name__}" for k, v in params.items()) if hasattr(params, "items") else ""
        came = type(params).__name__
        if hasattr(params, "items"):
            came = _("a dictionary of {content}", content=held or _("nothing"))
        raise TypeError(
            _("{name}.params must be a dictionary of arrays, got {came}", name=type(network).__name__, came=came)
        )


def check_data_and_decay(subject: NetworkSubject, rng: np.random.Generator, full: bool) -> Report:
    """Check the gradient of the data loss and, where there is a weight decay, that of the whole."""
    whole = examine_network(subject, rng, full)
    decay, data_only = subject.without_decay()
    if data_only is None:
        return whole
    data = examine_network(data_only, rng, full)
    arrays = data.arrays + [replace(result, name=_("{name} with decay", name=result.name)) for result in whole.arrays]
    if not data.ok:
        return Report(whole.subject, arrays, data.findings, data.notes)
    note = _(
        "The gradient of the data loss alone ({name} = 0) is right: the mistake is in the regularisation.", name=decay
    )
    findings = [replace(f, message=f"{f.message} {note}") for f in whole.findings]
    return Report(whole.subject, arrays, findings, whole.notes)


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
    for _step in range(STEPS):
        gradients = subject.run(point, [np.array(1.0)]).gradients
        params = {n: p - step_length(p, gradients[n]) * gradients[n] for n, p in point.params.items()}
        point = Point(point.inputs, params)
    subject.point = point
    later = examine(subject, rng, full=False)
    if later.ok:
        return report
    findings = [
        replace(f, message=_("After {count} training steps: {mistake}", count=STEPS, mistake=f.message))
        for f in later.findings
    ]
    return Report(report.subject, later.arrays, findings, later.notes)


def step_length(param: np.ndarray, gradient: np.ndarray) -> float:
    """Return a step that moves a parameter by about a tenth of its size."""
    norm = float(np.linalg.norm(gradient))
    return 0.1 * max(float(np.linalg.norm(param)), 0.1) / norm if np.isfinite(norm) and norm > 0 else 0.0
