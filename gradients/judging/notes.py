"""What is said without holding it against anybody: conventions of books and courses, and mere strictness."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

import numpy as np

from gradients.diagnosis.wrong_shape import ONLY_RESHAPED
from gradients.judging.of_each_sample import keeps_samples_apart
from gradients.judging.transposed_later import is_transposed_later
from gradients.measuring.arguments import copied
from gradients.measuring.losses import loss_text
from gradients.measuring.manner import LAST, RETURNED, WITH_CACHE
from gradients.report import Finding, Report
from language import N_, _

# Findings that are a matter of strictness, wherever they stand: the gradients themselves are right.
ALWAYS = {
    "accumulates": N_("That is right as long as the gradients are set to zero before each backward."),
    "straight-through": "",
    "overwrites-dout": N_("It does no harm where no other code uses that array afterwards."),
    "nondeterministic": "",
}
# What an optimizer may do to a gradient that is worked out from a step.
OF_STEPS = {"unknown", "partly-wrong", "constant-factor", "stale-cache", "accumulates", "weight-decay", "precision"}
NETWORK = re.compile(r"Net|MLP|Model|Regress|Classif|Perceptron|Network|Machine|SVM")
FIRST = re.compile(r"(?i)_?(input|first)_?layer")  # a layer with parameters whose input are the data
INFORMATION = "how-checked"  # the code of notes that only tell what was done


def with_notes(report: Report, subject: Any) -> Report:
    """Return the report with what is a convention or a strictness among its notes instead of its findings."""
    report = without_steps(report, subject)
    kept: list[Finding] = []
    notes = list(report.notes)
    averaged = averages_parameters_alone(report, subject)
    for finding in report.findings:
        comment = excuse(finding, report, subject, averaged)
        if comment is None:
            kept.append(finding)
        else:
            notes.append(replace(finding, message=f"{finding.message} {comment}".rstrip()))
    return replace(report, findings=kept, notes=notes)


def without_steps(report: Report, subject: Any) -> Report:
    """Return the report without what an optimizer that remembers earlier steps does to gradients seen in its steps."""
    if not subject.remembers:
        return report
    moved = {slot.gradient_name: slot.name for slot in subject.slots if slot.is_moved}
    kept = [f for f in report.findings if f.array not in moved or f.code not in OF_STEPS]
    if len(kept) == len(report.findings):
        return report
    names = ", ".join(f"self.{name}" for name in moved.values())
    note = information(
        _(
            "backward moves {names} by an optimizer that remembers earlier steps, such as momentum or Adam. Such "
            "steps do not tell the gradient, so it was not judged. Keep it, as in self.dW, and it is checked.",
            names=names,
        )
    )
    return replace(report, findings=kept, notes=[*report.notes, note])


def excuse(finding: Finding, report: Report, subject: Any, averaged: bool) -> str | None:
    """Return what is to be added where a finding is a note; None where it is a mistake."""
    if finding.code == "nondeterministic" and not report.arrays:
        return None  # nothing could be compared
    if finding.code == "precision" and (all(result.ok for result in report.arrays) or "harmless" in finding.evidence):
        return ""
    if finding.code == "stale-cache" and finding.array is None and subject.forgetful:
        return _("The layer keeps a state from call to call, so the batch must keep its size; that is no mistake.")
    if finding.code in ALWAYS:
        return _(ALWAYS[finding.code])
    if finding.code == "not-computed" and finding.array in subject.input_names and is_network(subject, report):
        return _("In a network that is right: nobody needs the gradient with respect to the data.")
    trains_itself = subject.manner.takes_rate and any(slot.is_moved for slot in subject.slots)
    if finding.code == "not-computed" and finding.array in subject.input_names and trains_itself:
        return _("In the first layer of a network that trains itself, that is right.")
    is_first = bool(FIRST.match(subject.name)) and any(result.ok and result.checked for result in report.arrays)
    if finding.code == "not-computed" and finding.array in subject.input_names and is_first:
        return _("In the first layer of a network, as its name says, that is right.")
    if finding.code == "transposed" and is_transposed_later(str(finding.array), subject):
        return _("Where the parameter is moved, it is transposed back: together that is right.")
    if finding.code == "wrong-shape" and finding.array in subject.input_names and is_row_of_a_vector(finding, subject):
        return _("One sample as a vector, its gradient as a row: some courses have it so.")
    if finding.code == "not-computed" and is_exponent(finding.array, subject, report):
        return _("An exponent is mostly a number that needs none.")
    if finding.code == "not-summed" and keeps_samples_apart(report, subject):
        return _("As all parameters have one for each sample, that is a convention: right where they are summed later.")
    if finding.code == "overwrites-parameter" and subject.manner.takes_rate:
        return _("Here it is right: backward is given the learning rate, so that it updates the parameters.")
    if finding.code == "ignores-dout" and subject.is_loss:
        return _("At the end of a network, where dout is 1, it is right.")
    if finding.code == "extra-batch-average" and averaged:
        return _(
            "In some courses that is the convention: right together with a gradient of the loss that is not yet "
            "divided by the number of samples."
        )
    return None


def is_row_of_a_vector(finding: Finding, subject: Any) -> bool:
    """Return whether inputs are vectors, one sample each, and a gradient is right, but (1, D) and not (D,)."""
    if any(np.ndim(x) > 1 for x in subject.point.inputs):
        return False
    expected, given = finding.evidence["shape expected"], finding.evidence["shape given"]
    return len(expected) == 1 and given == (1, *expected) and _(ONLY_RESHAPED) in finding.message


def is_exponent(name: str | None, subject: Any, report: Report) -> bool:
    """Return whether a gradient is that of the exponent b in a ** b, and that of a is right."""
    rest = [result.ok for result in report.arrays if result.name != name]
    if list(subject.input_names)[1:] != [name] or rest != [True] or len(subject.point.inputs) != 2:
        return False
    instance = subject.fresh(subject.point)
    a, b = subject.point.inputs
    y = subject.forward(instance, list(map(copied, subject.point.inputs)))[1][0]
    with suppress(ValueError):  # of shapes that do not go together, as those of a matrix product
        return bool(np.array_equal(y, np.power(a, b), equal_nan=True))
    return False


def is_network(subject: Any, report: Report) -> bool:
    """Return whether a subject is a whole network, to whose input nobody needs a gradient, and has others."""
    matrices = sum(param.ndim >= 2 for param in subject.point.params.values())
    given = any(result.checked for result in report.arrays if result.name not in subject.input_names)
    return given and (subject.is_loss or matrices >= 2 or bool(NETWORK.search(subject.name)))


def averages_parameters_alone(report: Report, subject: Any) -> bool:
    """Return whether all parameters' gradients, and they alone, are averages over the samples: a convention.

    The gradient of the input is right then, or not there at all, as in a whole network.
    """
    averages = {finding.array for finding in report.findings if finding.code == "extra-batch-average"}
    missing = {finding.array for finding in report.findings if finding.code == "not-computed"}
    wrong = {result.name for result in report.arrays if not result.ok}
    if is_network(subject, report):
        wrong -= missing & set(subject.input_names)
    parameters = set(subject.names) - set(subject.input_names) or set(subject.names[1:])  # linear(A, W, b)
    return bool(subject.input_names) and wrong == parameters == averages and not is_bias_alone(subject)


def is_bias_alone(subject: Any) -> bool:
    """Return whether a subject has one parameter, and that is a vector: it may lack a sum over the samples."""
    return len(subject.names) == 2 and all(param.ndim < 2 for param in subject.point.params.values())


def information(message: str, **evidence: Any) -> Finding:
    """Return a note that tells how something was checked."""
    return Finding(INFORMATION, None, message, evidence)


def not_returned(name: str, place: str) -> Finding:
    """Return the note that backward keeps a gradient instead of returning it."""
    return Finding(
        "not-computed",
        name,
        _(
            "backward returns nothing; {name} was taken from {place}. Return it as well: a network hands it on to the "
            "layer before.",
            name=name,
            place=place,
        ),
        {"returned": "None"},
    )


def only_one_entry() -> Finding:
    """Return the note that a backward is right for a dout with one entry."""
    return Finding(
        "one-entry",
        None,
        _(
            "backward is right for a dout with a single entry that is not zero, such as the gradient of a cross "
            "entropy with one right label; for any other dout it is wrong."
        ),
        {"tried": _("each output alone")},
    )


def on_purpose(reason: str) -> Finding:
    """Return the note that a gradient is not that of forward, which is what it is for."""
    return Finding(
        "on-purpose", None, _("{reason}. That it differs from the numerical one is no mistake.", reason=reason)
    )


def strictly(report: Report) -> Report:
    """Return the report with the notes among the findings, but for those that only tell what was done."""
    strict = [note for note in report.notes if note.code != INFORMATION]
    told = [note for note in report.notes if note.code == INFORMATION]
    return replace(report, findings=[*report.findings, *strict], notes=told)


def subject_notes(subject: Any) -> list[Finding]:
    """Return the notes on how a subject was checked, and on what of it was not."""
    kept = subject.kept_gradients.items() if subject.manner.output in (RETURNED, WITH_CACHE) else ()
    return [*(not_returned(name, place) for name, place in kept), *map(information, how_checked(subject))]


def how_checked(subject: Any) -> Iterator[str]:
    """Yield what is worth knowing of how a subject was checked."""
    output = subject.manner.output
    if output == LAST:
        yield _("backward takes one gradient: that of the last output, to which it was compared.")
    elif output not in (RETURNED, WITH_CACHE):
        yield _("forward returns nothing; its output was taken from self.{output}.", output=output)
    if subject.piles_up:
        yield _("forward keeps what it needs in a list that grows with each call; one call alone was checked.")
    yield from subject.remarks
    if subject.made_late and not subject.custom:
        yield _("the first forward makes the parameters; the layer was checked as it is after that.")
    if subject.without_gradient:
        yield _(
            "{names}: the output depends on it, but backward leaves no gradient for it, so it was not checked. If it "
            "is a parameter that should be trained, its gradient is missing.",
            names=", ".join(f"self.{name}" for name in subject.without_gradient),
        )
    moved = [slot.name for slot in subject.slots if slot.is_moved]
    if moved:
        yield _(
            "backward updates {names} by itself, so the gradient was worked out from the update: (value before - "
            "value after) / learning rate.",
            names=", ".join(f"self.{name}" for name in moved),
        )
    if subject.manner.loss:
        yield _(
            "{backward} does not say for which loss it is; it was compared with {loss} (of the usual losses, the one "
            "that fits best).",
            backward=subject.manner.backward,
            loss=loss_text(subject.manner.loss),
        )
