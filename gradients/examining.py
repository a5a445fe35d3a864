"""One subject examined: all its gradients in several cases, and the name of what is wrong."""

from dataclasses import replace

import numpy as np

from gradients.diagnosis import diagnose
from gradients.judging.looked_at import looked_at
from gradients.judging.nondeterministic import difference_of_copies, make_repeatable
from gradients.judging.one_gradient import compare_case, compare_in_all
from gradients.judging.single_precision import single_precision
from gradients.locating.with_places import with_origins
from gradients.measuring.case import Case
from gradients.measuring.exam import Exam
from gradients.measuring.plan import WHOLE
from gradients.measuring.point import LayerRaised
from gradients.measuring.subject import Subject
from gradients.order_of_findings import order_findings, raised_finding
from gradients.report import ArrayResult, Finding, Report
from language import _, ngettext


def examine(subject: Subject, rng: np.random.Generator, full: bool) -> Report:
    """Compare all gradients in several cases, and name what is wrong."""
    findings: list[Finding] = []
    try:
        findings += make_repeatable(subject)
        if subject.seeded and difference_of_copies(subject) > 0:
            return Report(subject.name, [], findings)  # nothing can be compared with what changes each time
        exam = Exam(subject, rng)
    except LayerRaised as raised:
        return Report(subject.name, [], [raised_finding(raised), *findings])
    if not np.isfinite(exam.cases[0].truth.outputs).all():
        return Report(subject.name, [], [*findings, forward_undefined()])
    if not full:
        exam.make_plan()
    exam.add_redrawn(exam.plan.redrawn)
    if exam.raised:
        findings.append(raised_finding(exam.raised))
    results = [compare_in_all(exam, name, rng, full) for name in subject.names]
    if all(result.ok and nowhere_smooth(exam, result) for result in results):
        findings.append(nothing_comparable(results[0].name))
    named = diagnose(exam, [result.name for result in results if not result.ok])
    findings = order_findings(exam, findings, named)
    if not findings:
        findings += single_precision(exam)
    report = Report(subject.name, results, with_origins(exam, findings), looked_at(exam))
    return other_batch_sizes(exam, report, rng) if report.ok and exam.plan.others and not full else report


def other_batch_sizes(exam: Exam, report: Report, rng: np.random.Generator) -> Report:
    """Return the report, or that of a batch of another size where only such a one shows that something is wrong."""
    batch = exam.batch_size or 0
    for n in {1, batch + 1} - {batch}:
        case = exam.resized(n) if batch else None
        if case is None or is_no_batch(exam, case):
            continue
        if all(compare_case(exam, case, name, rng, full=False).ok for name in small_names(case)):
            continue
        later = examine(exam.subject.at(case.point), rng, full=exam.plan is WHOLE)
        if not later.ok:
            return replace(later, findings=[with_samples(n, finding) for finding in later.findings])
    return report


def with_samples(n: int, finding: Finding) -> Finding:
    """Return a finding that shows with so many samples."""
    text = ngettext("With {count} sample: {mistake}", "With {count} samples: {mistake}", n, mistake=finding.message)
    return replace(finding, message=text)


def is_no_batch(exam: Exam, case: Case) -> bool:
    """Return whether the output is as large for more samples as for fewer: what was taken for samples are channels."""
    before = [dout.shape for dout in exam.cases[0].douts]
    return not exam.subject.is_loss and [dout.shape for dout in case.douts] == before and any(before)


def small_names(case: Case) -> list[str]:
    """Return the gradients of a case that are small enough to be compared whole."""
    return [name for name, array in case.truth.evaluator.arrays.items() if array.size <= WHOLE.whole]


def forward_undefined() -> Finding:
    """Return the finding that forward is not finite where it was asked."""
    return Finding(
        "unknown",
        None,
        _(
            "forward gives NaN or infinity for this input, so there is no gradient to compare. Either forward is "
            "wrong, or it is not meant for this input: give another one (positive numbers for a logarithm, for "
            "example)."
        ),
        {"forward": _("not finite")},
    )


def nowhere_smooth(exam: Exam, result: ArrayResult) -> bool:
    """Return whether a gradient could be compared in none of the cases, because forward is smooth nowhere."""
    if result.checked or not result.kinks or exam.subject.is_loss:
        return False
    return all(case.right(result.name).kink.all() for case in exam.cases)


def nothing_comparable(name: str) -> Finding:
    """Return the finding that there is no smooth place to compare at."""
    return Finding(
        "unknown",
        name,
        _(
            "{name} could not be compared: forward has a kink at every element, or changes too fast for differences. "
            "Give other inputs, with values of about 1.",
            name=name,
        ),
        {"checked": 0},
    )
