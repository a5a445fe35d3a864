"""The program behind ``python -m coursework``: exercises handed out, checked, graded.

::

    python -m coursework list
    python -m coursework prove affine
"""

import argparse
import sys

from coursework.course.course import read_course
from language import language, speak_as_told
from training.command.command_line import Parser, folder_path, run, whole_number
from training.command.form import Form

USUAL = Form(("python", "-m", "coursework"))


def command(arguments: list[str] | None = None, form: Form = USUAL) -> int:
    """Do what the command line says; an error of the user's takes one line, and the exit status is 2."""
    speak_as_told(sys.argv[1:] if arguments is None else arguments)
    return run(str(form), lambda: main(arguments, form))


def main(arguments: list[str] | None = None, form: Form = USUAL) -> int:
    """Do what the command line says, and return the exit status."""
    options = parser_of(form).parse_args(arguments)
    options.form = form
    return int(options.do(options))


def list_exercises(options: argparse.Namespace) -> int:
    """Print the exercises of a course, in their order."""
    exercises = read_course(options.course)
    width = max(len(exercise.name) for exercise in exercises)
    for exercise in exercises:
        print(f"{exercise.name:<{width}}  {exercise.points:>4g} points  {exercise.title}")
    return 0


def check_files(options: argparse.Namespace) -> int:
    """Print what is right and wrong in a student's file, or in all of a folder; return 1 where something is wrong."""
    from coursework.checking.check import check_file, worked_on
    from coursework.checking.progress import Progress

    exercises = read_course(options.course)
    paths, folder = [options.file], options.file.parent
    if options.file.is_dir():
        folder = options.file
        paths = [path for exercise in exercises if (path := worked_on(folder, exercise))]
        if not paths:
            raise ValueError(f"{folder} holds no file of an exercise, such as {exercises[0].name}.py")
    status = 0
    for path in paths:
        result = check_file(path, exercises, options.hint)
        print(f"{result}\n", flush=True)
        status |= not result.ok
    if status and not options.hint:
        print(f"For a hint: {options.form.line('check', str(options.file), '--hint')}")
    sheet = [e for e in exercises if any((folder / f"{e.name}{ending}").exists() for ending in (".py", ".ipynb"))]
    print(Progress(folder).line(sheet))
    return status


def prove_exercises(options: argparse.Namespace) -> int:
    """Print whether exercises can be handed out, and return 1 where one cannot."""
    from coursework.proving import prove

    status = 0
    for exercise in read_course(options.course, options.exercises):
        proof = prove(exercise)
        wrong = f"{proof.named} of {len(exercise.wrong)} wrong solutions get their name"
        print(f"{exercise.name}: {'; '.join(proof.faults) if proof.faults else 'ready'} ({wrong})", flush=True)
        status |= bool(proof.faults)
    return status


def make_assignment(options: argparse.Namespace) -> int:
    """Make an assignment of some exercises, and print where it is; return 1 where one cannot be handed out."""
    from coursework.making.make import NotReady, make
    from coursework.making.sheet import Sheet

    exercises = read_course(options.course, options.exercises)
    own, title = options.course is not None, options.title or "Exercises"
    sheet = Sheet(exercises, title, options.form, language(), own, options.notebooks, options.wheels)
    try:
        missing = make(sheet, options.out)
    except NotReady as error:
        print(f"{error}\nNothing was written.", file=sys.stderr)
        return 1
    for line in missing:
        print(line, file=sys.stderr)
    count = "one exercise" if len(exercises) == 1 else f"{len(exercises)} exercises"
    print(f"Sheet of {count}, {sheet.points:g} points: see {options.out / 'teacher' / 'README.md'}")
    return 0


def grade_submissions(options: argparse.Namespace) -> int:
    """Grade submissions, and print what came out in a few lines."""
    from coursework.grading.assignment import Assignment
    from coursework.grading.command import grade

    graded = grade(options.submissions, Assignment(options.assignment), options.out, options.jobs, cluster=options.dask)
    mean = sum(one.points for one in graded) / len(graded)
    print(
        f"{len(graded)} submissions, {mean:.4g} of {graded[0].most:g} points on average; see {options.out}/class.html"
    )
    for line in sorted({line for one in graded for line in one.not_enforced}):
        print(f"this system does not enforce everything: {line}", file=sys.stderr)
    return 0


def parser_of(form: Form) -> Parser:
    """Return the parser of the command line."""
    parser = Parser(prog=str(form), description="Hand out, check and grade exercises.", allow_abbrev=False)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    course = Parser(add_help=False)
    course.add_argument("--course", type=folder_path, metavar="FOLDER", help="a folder of exercises of your own")

    add = commands.add_parser("list", parents=[course], help="list the exercises of the course")
    add.set_defaults(do=list_exercises)
    add = commands.add_parser("check", parents=[course], help="check your own work")
    add.add_argument(
        "file", type=folder_path, metavar="FILE", help="such as affine.py or affine.ipynb, or a folder of them"
    )
    add.add_argument("--hint", action="store_true", help="add a hint for what is wrong first; the next one each time")
    add.set_defaults(do=check_files)
    add = commands.add_parser("prove", parents=[course], help="find out whether exercises can be handed out")
    add.add_argument("exercises", nargs="*", metavar="EXERCISE", help="some of them; without a name, all")
    add.set_defaults(do=prove_exercises)
    add = commands.add_parser("make", parents=[course], help="make an assignment: for students, teacher and graders")
    add.add_argument("exercises", nargs="*", metavar="EXERCISE", help="some of them; without a name, all")
    add.add_argument("--out", type=folder_path, metavar="DIR", required=True, help="where all is written")
    add.add_argument("--title", metavar="TITLE", help="the assignment's title")
    add.add_argument("--no-notebooks", dest="notebooks", action="store_false", help="make Python files only")
    what = "a folder with NumPy's wheels for the graders; they are downloaded without it"
    add.add_argument("--wheels", type=folder_path, metavar="FOLDER", help=what)
    add.set_defaults(do=make_assignment)
    add = commands.add_parser("grade", help="grade submissions, and show what a class got wrong")
    add.add_argument(
        "submissions", type=folder_path, help="a folder or zip archive: a folder or archive for each student"
    )
    what = "the teacher's folder that make wrote"
    add.add_argument("--assignment", type=folder_path, metavar="DIR/teacher", required=True, help=what)
    add.add_argument("--out", type=folder_path, metavar="GRADES", required=True, help="where all is written")
    add.add_argument("--jobs", type=whole_number, metavar="N", help="submissions at a time; the processors without it")
    what = "hand the submissions to a Dask cluster, such as tcp://10.0.0.1:8786"
    add.add_argument("--dask", metavar="ADDRESS", help=what)
    add.set_defaults(do=grade_submissions)
    return parser
