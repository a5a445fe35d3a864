"""What one student handed in, as a place lays it into a folder."""

import io
import os
import tarfile
from itertools import islice
from pathlib import Path, PurePosixPath

from coursework.grading.assignment import Assignment
from coursework.grading.one import Graded
from coursework.grading.submissions import (
    DAMAGED,
    MOST_BYTES,
    MOST_FILES,
    MOST_UNPACKED,
    SUFFIXES,
    Submission,
    add_archive,
    files_of,
)
from coursework.judging.verdict import Part, Verdict
from language import _, set_language

TARS = (".tar", ".tar.gz", ".tgz")


def read_submitted(folder: Path, student: str, assignment: Assignment, leave_out: tuple[str, ...] = ()) -> Submission:
    """Return the Python files and notebooks in a folder and in the archives in it, as one student's.

    Where the assignment has one exercise, a single file counts as it, whatever its name.

    Parameters
    ----------
    folder : Path
    student : str
    assignment : Assignment
    leave_out : tuple of str
        Files and folders, directly in it, that are ours.
    """
    submission = Submission(student)
    for name, (size, content) in files_of(folder) if folder.is_dir() else ():
        if PurePosixPath(name).parts[0] in leave_out:
            continue
        if name.lower().endswith(".zip") and content is not None:
            add_archive(submission, content)
        elif name.lower().endswith(TARS):
            add_tar(submission, folder / name)
        else:
            submission.add(name, size, content)
    if len(assignment.exercises) == len(submission.files) == 1:
        ((name, content),) = submission.files.items()
        submission.files = {f"{assignment.exercises[0].name}{PurePosixPath(name).suffix.lower()}": content}
    return submission


def add_tar(submission: Submission, path: Path) -> None:
    """Take the files in a student's tar archive; nothing of it is written."""
    try:
        with tarfile.open(fileobj=io.BytesIO(path.read_bytes())) as archive:
            left = MOST_UNPACKED
            for info in islice(archive, MOST_FILES):
                if info.isfile() and info.name.lower().endswith(SUFFIXES):
                    left -= info.size
                    file = archive.extractfile(info) if info.size <= MOST_BYTES and left >= 0 else None
                    submission.add(info.name, info.size, file.read() if file else None)
    except (tarfile.TarError, *DAMAGED) as error:
        submission.remarks.append(_("the archive cannot be read: {error}", error=error))


def whole(graded: Graded, assignment: Assignment) -> Graded:
    """Return a result with all parts of all exercises: those that have not been asked yet have no points."""
    verdicts = {verdict.exercise: verdict for verdict in graded.verdicts}
    found = Graded(graded.student, [], graded.remarks, graded.not_enforced)
    for exercise in assignment.exercises:
        verdict = verdicts.get(exercise.name, Verdict(exercise.name))
        asked = {(part.question, part.name) for part in verdict.parts}
        left = [
            Part(question.name, name, 0.0, most, "not-graded", _("It has not been graded yet."))
            for question in exercise.questions
            for name, most in question.points.items()
            if (question.name, name) not in asked
        ]
        found.verdicts.append(
            Verdict(exercise.name, [*verdict.parts, *left], verdict.for_teacher, verdict.remarks, verdict.text)
        )
    return found


def assignment_here() -> Assignment:
    """Return the assignment beside ``start.py``, or that which ``CHAINRULE_ASSIGNMENT`` names; speak its language."""
    bundle = Path(__file__).resolve().parents[__name__.count(".") + 1]
    assignment = Assignment(Path(os.environ.get("CHAINRULE_ASSIGNMENT") or bundle / "assignment"))
    set_language(assignment.facts.language)
    return assignment
