"""How long a class takes to be graded.

::

    python -m benchmarks.grading
    python -m benchmarks.grading --students 40 --jobs 2

Submissions of six exercises, as a class hands them in: half are right, most of the others make mistakes that are known,
a few are hostile. Printed are the seconds by the clock, and the processor's seconds for each exercise of a submission,
those of the students' processes among them.
"""

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from coursework.course.course import read_course
from coursework.course.exercise import Exercise
from coursework.grading.assignment import write_assignment
from coursework.grading.command import grade

EXERCISES = ("numerical_gradient", "relu", "sigmoid", "affine", "softmax_with_loss", "two_layer_net")
RIGHT, HOSTILE = 0.5, 0.05  # shares of all files
HOSTILE_TEXTS = (
    "\n\nimport os\nos._exit(0)\n",
    "\n\nfor name in list(globals()):\n    if isinstance(globals()[name], type):\n"
    "        globals()[name].forward = lambda self, *x: self.forward(*x)\n",
    "\n\nwhile True:\n    pass\n",
    "def (:",
    "",
)


def files(exercises: list[Exercise], rng: random.Random) -> Iterator[tuple[str, str]]:
    """Yield the files of a student, by their names."""
    for exercise in exercises:
        text, chance = exercise.code(solved=True), rng.random()
        if chance < HOSTILE:
            text = f"{text}\n{rng.choice(HOSTILE_TEXTS)}"
        elif chance > RIGHT:
            text = f"{text}\n\n\n{rng.choice(exercise.wrong).text}\n"
        yield f"{exercise.name}.py", text


def main() -> None:
    """Write the submissions, grade them, and print how long it took."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--students", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    rng, exercises = random.Random(0), read_course(names=EXERCISES)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        assignment = write_assignment(place / "teacher", exercises, "A class")
        for number in range(options.students):
            student = place / "submissions" / f"student {number:03}"
            student.mkdir(parents=True)
            for name, text in files(exercises, rng):
                (student / name).write_text(text, encoding="utf-8")
        started = time.monotonic()
        graded = grade(place / "submissions", assignment, place / "grades", options.jobs)
        seconds = time.monotonic() - started
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    each = (used.ru_utime + used.ru_stime) / (len(graded) * len(exercises))
    mean = sum(one.points for one in graded) / len(graded)
    print(f"{len(graded)} submissions of {len(exercises)} exercises, {options.jobs} at a time: {seconds:.0f} s")
    print(
        f"processor: {each:.2f} s for each exercise of a submission; {mean:.1f} of {graded[0].most:g} points on average"
    )


if __name__ == "__main__":
    main()
