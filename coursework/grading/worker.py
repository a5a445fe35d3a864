"""The program of a process that grades: a submission comes in as a line, what it is worth goes out as another.

It ends when nobody speaks to it any more, so that nothing is left behind when the one that started it is killed.
"""

import base64
import json
import sys
from pathlib import Path
from typing import Any

from coursework.apart.sealing import Limits
from coursework.grading.assignment import Assignment
from coursework.grading.one import Grader
from coursework.grading.submissions import Submission
from coursework.grading.verdict_files import as_text


def to_line(submission: Submission) -> str:
    """Return a submission as a line of text."""
    files = {path: base64.b64encode(content).decode() for path, content in submission.files.items()}
    return json.dumps({"student": submission.student, "files": files, "remarks": submission.remarks})


def from_line(line: str) -> Submission:
    """Return the submission in a line."""
    words: dict[str, Any] = json.loads(line)
    files = {path: base64.b64decode(content) for path, content in words["files"].items()}
    return Submission(words["student"], files, words["remarks"])


def main(folder: str, limits: str) -> None:
    """Grade what comes in, one line after the other."""
    grader = Grader(Assignment(Path(folder)), Limits(**json.loads(limits)))
    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        print(json.dumps(as_text(grader.grade(from_line(line)))), file=answers, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
