"""Gradients of each sample, which are to be summed later: a convention where all parameters follow it."""

from typing import Any

from gradients.report import Report


def keeps_samples_apart(report: Report, subject: Any) -> bool:
    """Return whether the gradients of all parameters, at least two, still have the axis of the samples.

    Summed over it they are right, and so is the gradient of the input. Where one alone is left unsummed, as that of a
    bias often is, that is a mistake.
    """
    parameters = set(subject.names) - set(subject.input_names)
    unsummed = {
        finding.array for finding in report.findings if finding.code == "not-summed" and is_of_samples(finding.evidence)
    }
    wrong = {result.name for result in report.arrays if not result.ok}
    return len(parameters) > 1 and wrong == parameters == unsummed


def is_of_samples(evidence: dict[str, Any]) -> bool:
    """Return whether a gradient has the first axis left, that of the samples."""
    return 0 in evidence.get("summed over axes", ())
