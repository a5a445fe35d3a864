"""One step of a whole network's backward is wrong, and with it all gradients that come after it.

Where forward is a known network, its backward can be run with one mistake made on purpose. The mistake with which all
gradients come out as the student's do is the finding.
"""

from collections.abc import Iterator

import numpy as np

from gradients.diagnosis.added_several_times import how_many_times, one_addition
from gradients.diagnosis.suspect import Suspect
from gradients.known_networks.faults import Fault, faults
from gradients.known_networks.matching import belongs, known_network, meant_network
from gradients.known_networks.tape import Tape
from gradients.known_networks.updated import updated_weights
from gradients.measuring.case import Case
from gradients.measuring.exam import Exam
from gradients.report import Finding
from language import _, ngettext

DIFFERENT = 1e-3  # relative to the largest, by which a mistake must change a gradient to explain it


def one_step_wrong(exam: Exam, suspects: list[Suspect], tapes: list[Tape]) -> Finding | None:
    """Return the one mistake that explains all gradients, or else the one that explains most of the wrong ones.

    ``tapes`` are those of the known network that forward is, one for each case.
    """
    rights = [tape.gradients(case.dout) for tape, case in zip(tapes, exam.cases, strict=True)]
    if not is_right(exam, rights[0]):
        return None
    best: tuple[Fault, list[str]] | None = None
    for fault in all_faults(exam, tapes):
        explained = explained_by(exam, tapes, rights, suspects, fault)
        if explained and leaves_others_right(exam, tapes, suspects, fault):
            if len(explained) == len(suspects):
                return finding(fault, explained, tapes[0])
            best = (fault, explained) if best is None or len(explained) > len(best[1]) else best
    return None if best is None else finding(*best, tapes[0])


def all_faults(exam: Exam, tapes: list[Tape]) -> Iterator[Fault]:
    """Yield the mistakes that can be made in the network."""
    yield from faults(tapes[0])
    case = exam.cases[0]
    yield from updated_weights(tapes[0], case.dout, {name: case.given(name) for name in exam.subject.names})


def is_right(exam: Exam, predicted: dict[str, np.ndarray]) -> bool:
    """Return whether a known network has the gradients that numerical differentiation of forward gives."""
    case = exam.cases[0]
    return all(close(predicted[n], case.right(n).value) for n in exam.subject.names if case.truth.is_small(n))


def explained_by(
    exam: Exam, tapes: list[Tape], rights: list[dict[str, np.ndarray]], suspects: list[Suspect], fault: Fault
) -> list[str]:
    """Return which of the wrong gradients come out as given, in all cases, when a mistake is made."""
    left = {suspect.name: suspect for suspect in suspects if suspect.given}
    differs: set[str] = set()
    for case, tape, right in zip(exam.cases, tapes, rights, strict=True):
        predicted = with_fault(tape, case, fault)
        for name, suspect in list(left.items()):
            given = case.given(name)
            if given is None or not suspect.same(given, predicted[name]):
                del left[name]
            elif not close(predicted[name], right[name], DIFFERENT):
                differs.add(name)
        if not left:
            return []
    return [name for name in left if name in differs]


def leaves_others_right(exam: Exam, tapes: list[Tape], suspects: list[Suspect], fault: Fault) -> bool:
    """Return whether the gradients that are right come out right with a mistake, too."""
    case, wrong = exam.cases[0], {suspect.name for suspect in suspects}
    predicted = with_fault(tapes[0], case, fault)
    others = [n for n in exam.subject.names if n not in wrong and case.given(n) is not None]
    return all(close(predicted[name], case.right(name).value) for name in others)


def with_fault(tape: Tape, case: Case, fault: Fault) -> dict[str, np.ndarray]:
    """Return the gradients of a case when a mistake is made."""
    given = {name: case.given(name) for name in tape.leaves}
    with np.errstate(all="ignore"):
        return tape.gradients(case.dout, fault.changes(tape, given))


def close(a: np.ndarray, b: np.ndarray, tolerance: float = 1e-5) -> bool:
    """Return whether two gradients are the same up to a tolerance."""
    if a.shape != b.shape or not np.isfinite(a).all():
        return False
    return bool(np.abs(a - b).max(initial=0.0) <= tolerance * max(np.abs(b).max(initial=0.0), 1e-300))


def finding(fault: Fault, explained: list[str], tape: Tape) -> Finding:
    """Return a mistake as a finding, in one gradient where it explains one alone."""
    first, *rest = fault.words.split(" ", 1)
    names = {leaf.name for leaf in tape.leaves.values()}
    words = " ".join([first if first in names or not first.isascii() else f"{first[0].upper()}{first[1:]}", *rest])
    gradients = ", ".join(explained)
    message = ngettext(
        "{mistake}. With this one mistake, {gradients} comes out as backward gives it.",
        "{mistake}. With this one mistake, {gradients} come out as backward gives them.",
        len(explained),
        mistake=words,
        gradients=gradients,
    )
    return Finding(fault.code, explained[0] if len(explained) == 1 else None, message, {"explains": gradients})


def bias_several_times(exam: Exam, suspects: list[Suspect]) -> Finding | None:
    """Return the finding that a network's forward adds a bias several times, and backward once."""
    if len(suspects) != 1 or not suspects[0].given or suspects[0].name not in exam.subject.point.params:
        return None
    given, right = suspects[0].given[0], suspects[0].right[0]
    times = how_many_times(given, right) if suspects[0].fits else 0
    tapes = known_network(exam, {suspects[0].name: times}) if times > 1 else None
    if tapes is None or not all(belongs(tape, case) for tape, case in zip(tapes, exam.cases, strict=True)):
        return None
    return one_addition(suspects[0], times)


def network_forward_wrong(exam: Exam) -> Finding | None:
    """Return the finding that backward belongs to a known network that forward is not."""
    meant = meant_network(exam)
    if meant is None:
        return None
    meant = _(meant)
    return Finding(
        "forward-wrong",
        None,
        _(
            "backward is right for {meant}, but forward computes something else: the mistake is in forward. Compare "
            "it with that formula, and look for what a loop adds or applies more than once.",
            meant=meant,
        ),
        {"backward belongs to": meant},
    )
