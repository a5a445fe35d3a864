"""The program of a process that grades: a submission a line comes in, what it is worth goes out to a file.

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


def to_line(submission: Submission, result: Path) -> str:
    """Return a submission as a line of text, with the file in which its result belongs."""
    files = {path: base64.b64encode(content).decode() for path, content in submission.files.items()}
    words = {"student": submission.student, "files": files, "remarks": submission.remarks, "result": str(result)}
    return json.dumps(words)


def from_line(line: str) -> tuple[Submission, Path]:
    """Return the submission in a line, and the file in which its result belongs."""
    words: dict[str, Any] = json.loads(line)
    files = {path: base64.b64decode(content) for path, content in words["files"].items()}
    return Submission(words["student"], files, words["remarks"]), Path(words["result"])


def write_whole(path: Path, text: str) -> None:
    """Write a file so that it is there whole, or not at all."""
    beside = path.with_name(f".{path.name}.part")
    beside.write_text(text, encoding="utf-8", newline="\n")
    beside.replace(path)


def main(folder: str, limits: str) -> None:
    """Grade what comes in, one line after the other."""
    grader = Grader(Assignment(Path(folder)), Limits(**json.loads(limits)))
    answers = sys.stdout
    sys.stdout = sys.stderr
    for line in sys.stdin:
        submission, path = from_line(line)
        graded = grader.grade(submission)
        write_whole(path, json.dumps(graded.to_dict(), ensure_ascii=False, indent=1) + "\n")
        print("done", file=answers, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
