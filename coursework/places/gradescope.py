"""Gradescope's grader: what is known of a submission is in ``results/results.json`` after each question.

Source: https://gradescope-autograders.readthedocs.io/en/latest/specs/
"""

import json
import sys
from pathlib import Path
from typing import Any

from coursework.apart.sealing import Limits
from coursework.grading.assignment import Assignment
from coursework.grading.one import Graded, Grader
from coursework.grading.results import as_json, to_gradescope
from coursework.grading.whole import write_whole
from coursework.places.submitted import assignment_here, read_submitted, whole
from language import N_, _

FAILED = N_("The grader itself failed. Please tell your teacher.")
LIMITS = Limits(memory_megabytes=600)  # Gradescope gives 768 to all


def grade(root: Path, assignment: Assignment) -> Graded:
    """Grade the submission below a folder that is laid out as ``/autograder``; write the result after each question.

    Parameters
    ----------
    root : Path
        With ``submission/`` and ``submission_metadata.json``.
    assignment : Assignment
    """
    (root / "results").mkdir(exist_ok=True)

    def write(graded: Graded) -> None:
        write_whole(root / "results" / "results.json", as_json(results(graded, assignment)))

    submission = read_submitted(root / "submission", student(root / "submission_metadata.json"), assignment)
    graded = Graded(submission.student, remarks=submission.remarks)
    write(graded)

    def tell(so_far: Graded) -> None:
        graded.verdicts = so_far.verdicts
        write(so_far)

    try:
        return Grader(assignment, LIMITS).grade(submission, tell)
    except BaseException:
        graded.remarks = [*graded.remarks, _(FAILED)]
        write(graded)
        raise


def results(graded: Graded, assignment: Assignment) -> dict[str, Any]:
    """Return a result as Gradescope reads it; what the teacher should look at is in ``extra_data``, which is not shown.

    No test is hidden: where one is, students do not see their total.
    """
    remarks = {verdict.exercise: verdict.for_teacher for verdict in graded.verdicts if verdict.for_teacher}
    more = {"for_teacher": remarks, "not_enforced": graded.not_enforced}
    return to_gradescope(whole(graded, assignment)) | {"visibility": "visible", "extra_data": more}


def student(metadata: Path) -> str:
    """Return the names of those who handed it in, as Gradescope says them; empty where it does not."""
    try:
        users = json.loads(metadata.read_text(encoding="utf-8"))["users"]
        return ", ".join(sorted(str(user.get("name") or user.get("email") or "") for user in users))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ""


def main(root: str = "/autograder") -> None:
    """Grade the submission that Gradescope has laid out."""
    grade(Path(root), assignment_here())


if __name__ == "__main__":
    main(*sys.argv[1:])
