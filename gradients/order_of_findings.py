"""All that was found, causes before what follows from them."""

import numpy as np

from gradients.diagnosis.overwrites import overwriting
from gradients.diagnosis.stale_cache import state_findings
from gradients.judging.one_gradient import result_of
from gradients.locating.raised import place_of_error
from gradients.measuring.exam import Exam
from gradients.measuring.plan import WHOLE
from gradients.measuring.point import LayerRaised
from gradients.report import Finding
from language import _


def order_findings(exam: Exam, before: list[Finding], named: list[Finding]) -> list[Finding]:
    """Return all findings, causes before what follows from them."""
    subject = exam.subject
    parameter_names = {slot.gradient_name for slot in subject.slots}
    overwritten = overwriting(exam.cases[0].run, parameter_names)
    kept = state_findings(exam)
    ignoring = ignores_scale(exam) if not named else []
    raised = [f for f in before if f.code == "raises"]
    random = [f for f in before if f.code == "nondeterministic"]
    others = [f for f in before if f.code not in ("raises", "nondeterministic")]
    if overwritten and named and follows_from_overwriting(exam):
        return [*raised, *overwritten, *random, *kept, *others]
    vague = [f for f in named if f.code in ("unknown", "partly-wrong")]
    sure = [f for f in named if f not in vague]
    return [*raised, *sure, *random, *overwritten, *kept, *vague, *ignoring, *others]


def follows_from_overwriting(exam: Exam) -> bool:
    """Return whether the gradients become right when what was overwritten is put back before backward."""
    case = exam.cases[0]
    if exam.plan is not WHOLE or all(call == "backward" for call in case.run.overwritten.values()):
        return False
    try:
        run = exam.subject.run(case.point, case.douts, protect=True)
    except LayerRaised:
        return False
    return all(result_of(exam, case, n, case.right(n), run.gradients[n]).ok for n in exam.subject.names)


def ignores_scale(exam: Exam) -> list[Finding]:
    """Return the finding that a loss's backward, right for dout = 1, is so for no other."""
    subject, case = exam.subject, exam.cases[0]
    if not subject.is_loss or not subject.takes_dout:
        return []
    double = case.gradients_for([np.array(2.0)])
    single = case.run.gradients
    same = [
        n
        for n in subject.names
        if np.any(single[n]) and double[n] is not None and np.allclose(double[n], single[n], atol=0)
    ]
    return [
        Finding(
            "ignores-dout",
            name,
            _(
                "{name} is right for dout = 1, but does not change with dout. Multiply it by dout, so that the loss "
                "can be scaled or be one term of several.",
                name=name,
            ),
            {"backward(2)": _("equals backward(1)")},
        )
        for name in same
    ]


def raised_finding(raised: LayerRaised) -> Finding:
    """Return the finding that the layer raises."""
    return Finding(
        "raises",
        None,
        f"{raised}.",
        {"exception": type(raised.error).__name__, "call": raised.call},
        *(raised.place or place_of_error(raised.error)),
    )
