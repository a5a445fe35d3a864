"""What was found out about each submission, one file each: there as soon as it is known, and not found out again."""

import hashlib
import json
import re
from collections.abc import Sequence
from pathlib import Path

from coursework.grading.assignment import Assignment
from coursework.grading.one import NOT_GRADED, Graded, fingerprint, graded_from
from coursework.grading.submissions import Submission
from coursework.grading.whole import write_whole
from language import _

FOLDER = "verdicts"
MOST_BYTES = 180  # of a name; most systems take 255, and something is added


class VerdictFiles:
    """The files in a folder of grades.

    Parameters
    ----------
    out : Path
    assignment : Assignment
    submissions : sequence of Submission
        Files about others, and about what these handed in before, are removed.
    """

    def __init__(self, out: Path, assignment: Assignment, submissions: Sequence[Submission]) -> None:
        folder = out / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        self.paths = {
            one.student: folder / f"{file_name(one.student)}.{fingerprint(assignment, one)[:16]}.json"
            for one in submissions
        }
        for path in folder.iterdir():
            if path not in self.paths.values():
                path.unlink()

    def path(self, submission: Submission) -> Path:
        """Return the file about a submission."""
        return self.paths[submission.student]

    def is_done(self, submission: Submission) -> bool:
        """Return whether it is known what a submission is worth; not so where the grader itself ended."""
        path = self.path(submission)
        return path.exists() and not any(_(NOT_GRADED) in remark for remark in self.read(submission).remarks)

    def read(self, submission: Submission) -> Graded:
        """Return what was found out about a submission."""
        return graded_from(json.loads(self.path(submission).read_text(encoding="utf-8")))

    def write(self, submission: Submission, text: str) -> None:
        """Write what was found out, as :func:`as_text` has it."""
        write_whole(self.path(submission), text)


def as_text(graded: Graded) -> str:
    """Return what was found out about a submission as the text of its file."""
    return json.dumps(graded.to_dict(), ensure_ascii=False, indent=1) + "\n"


def file_name(student: str) -> str:
    """Return a name for a student's files that every system takes, and that no two students share.

    >>> file_name("Anna Kim"), file_name("anna/../kim")
    ('Anna Kim', 'anna_.._kim-0b5b21')
    """
    plain = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", student).strip(". ")[:80] or "_"
    plain = plain.encode("utf-8", "replace")[:MOST_BYTES].decode("utf-8", "ignore").strip(". ")
    if plain == student:
        return plain
    return f"{plain}-{hashlib.sha256(student.encode('utf-8', 'surrogatepass')).hexdigest()[:6]}"
