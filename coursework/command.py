"""The program behind ``python -m coursework``: exercises handed out, checked, graded.

::

    python -m coursework list
    python -m coursework prove affine
"""

import argparse
import sys
from pathlib import Path

from coursework.course.course import read_course
from coursework.course.exercise import Exercise
from language import _, language, ngettext, set_language, speak_as_told, told_language
from training.command.command_line import Parser, folder_path, run, whole_number
from training.command.form import Form

USUAL = Form(("python", "-m", "coursework"))


def command(arguments: list[str] | None = None, form: Form = USUAL) -> int:
    """Do what the command line says; an error of the user's takes one line, and the exit status is 2."""
    speak_as_told(sys.argv[1:] if arguments is None else arguments)
    return run(str(form), lambda: main(arguments, form))


def main(arguments: list[str] | None = None, form: Form = USUAL) -> int:
    """Do what the command line says, and return the exit status."""
    words = sys.argv[1:] if arguments is None else arguments
    options = parser_of(form).parse_args(words)
    options.form, options.told_language = form, told_language(words)
    return int(options.do(options))


def list_exercises(options: argparse.Namespace) -> int:
    """Print the exercises of a course, in their order."""
    exercises = read_course(options.course)
    width = max(len(exercise.name) for exercise in exercises)
    for exercise in exercises:
        points = _("{points} points", points=f"{exercise.points:>4g}")
        print(f"{exercise.name:<{width}}  {points}  {exercise.title}")
    return 0


def check_files(options: argparse.Namespace) -> int:
    """Print what is right and wrong in a student's file, or in all of a folder; return 1 where something is wrong."""
    from coursework.checking.check import check_file, worked_on
    from coursework.checking.progress import Progress

    folder = options.file if options.file.is_dir() else options.file.parent
    speak_as_sheet(folder, options)
    exercises = read_course(options.course)
    paths = [options.file]
    if options.file.is_dir():
        paths = [path for exercise in exercises if (path := worked_on(folder, exercise))]
        if not paths:
            example = f"{exercises[0].name}.py"
            raise ValueError(
                _("{folder} holds no file of an exercise, such as {example}", folder=folder, example=example)
            )
    status = 0
    for path in paths:
        result = check_file(path, exercises, options.hint)
        print(f"{result}\n", flush=True)
        status |= not result.ok
    if status and not options.hint:
        of_course = ["--course", str(options.course)] if options.course else []
        print(_("For a hint: {command}", command=options.form.line("check", *of_course, str(options.file), "--hint")))
    sheet = [e for e in exercises if any((folder / f"{e.name}{ending}").exists() for ending in (".py", ".ipynb"))]
    print(Progress(folder).line(sheet))
    return status


def speak_as_sheet(folder: Path, options: argparse.Namespace) -> None:
    """Speak the language of a student's sheet, unless the command line names another."""
    from coursework.checking.progress import Progress

    spoken = Progress(folder).language
    if spoken and not options.told_language:
        set_language(spoken)


def prove_exercises(options: argparse.Namespace) -> int:
    """Print whether exercises can be handed out, and return 1 where one cannot."""
    from coursework.proving import prove

    status = 0
    for exercise in exercises_to_prove(options.course, options.exercises):
        proof = prove(exercise)
        count = len(exercise.wrong)
        named = _("{named} of {count} wrong solutions get their name", named=proof.named, count=count)
        print(f"{exercise.name}: {'; '.join(proof.faults) or _('ready')} ({named})", flush=True)
        status |= bool(proof.faults)
    return status


def exercises_to_prove(course: Path | None, words: list[str]) -> list[Exercise]:
    """Return the exercises that are named; those of a folder, where one is: a course, or what make wrote."""
    from coursework.grading.assignment import FILE, Assignment

    if course or len(words) != 1 or not Path(words[0]).is_dir() or words[0] in [e.name for e in read_course()]:
        return read_course(course, words)
    folder = Path(words[0])
    made = [place for place in (folder, folder / "teacher") if (place / FILE).is_file()]
    return Assignment(made[0]).exercises if made else read_course(folder)


def make_assignment(options: argparse.Namespace) -> int:
    """Make an assignment of some exercises, and print where it is; return 1 where one cannot be handed out."""
    from coursework.making.make import NotReady, make
    from coursework.making.sheet import Sheet

    exercises = read_course(options.course, options.exercises)
    own, title = options.course is not None, options.title or _("Exercises")
    sheet = Sheet(exercises, title, options.form, language(), own, options.notebooks, options.wheels)

    def tell(name: str) -> None:
        if sys.stderr is not None and sys.stderr.isatty():
            print(f"proving {name} ...", file=sys.stderr, flush=True)

    try:
        missing = make(sheet, options.out, tell)
    except NotReady as error:
        print(f"{error}\n{_('Nothing was written.')}", file=sys.stderr)
        return 1
    for line in missing:
        print(line, file=sys.stderr)
    count = ngettext("one exercise", "{count} exercises", len(exercises))
    readme = options.out / "teacher" / "README.md"
    print(_("Sheet of {count}, {points:g} points: see {readme}", count=count, points=sheet.points, readme=readme))
    return 0


def grade_submissions(options: argparse.Namespace) -> int:
    """Grade submissions, and print what came out in a few lines."""
    from coursework.grading.assignment import Assignment
    from coursework.grading.command import grade

    assignment = Assignment(options.assignment)
    spoken = options.told_language or assignment.facts.language
    set_language(spoken)
    graded = grade(options.submissions, assignment, options.out, options.jobs, cluster=options.dask, spoken=spoken)
    mean = sum(one.points for one in graded) / len(graded)
    count = ngettext("{count} submission", "{count} submissions", len(graded))
    said = _("{count}, {mean:.4g} of {most:g} points on average; see {page}")
    print(said.format(count=count, mean=mean, most=graded[0].most, page=f"{options.out}/class.html"))
    for line in sorted({line for one in graded for line in one.not_enforced}):
        print(_("this system does not enforce everything: {line}", line=line), file=sys.stderr)
    return 0


def parser_of(form: Form) -> Parser:
    """Return the parser of the command line."""
    parser = Parser(prog=str(form), description=_("Hand out, check and grade exercises."), allow_abbrev=False)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    course = Parser(add_help=False)
    course.add_argument("--course", type=folder_path, metavar="FOLDER", help=_("a folder of exercises of your own"))

    add = commands.add_parser("list", parents=[course], help=_("list the exercises of the course"))
    add.set_defaults(do=list_exercises)
    add = commands.add_parser("check", parents=[course], help=_("check your own work"))
    what = _("such as affine.py or affine.ipynb, or a folder of them")
    add.add_argument("file", type=folder_path, metavar="FILE", help=what)
    what = _("add a hint for what is wrong first; the next one each time")
    add.add_argument("--hint", action="store_true", help=what)
    add.set_defaults(do=check_files)
    add = commands.add_parser("prove", parents=[course], help=_("find out whether exercises can be handed out"))
    what = _("some of them, or a folder of them; without a name, all")
    add.add_argument("exercises", nargs="*", metavar="EXERCISE", help=what)
    add.set_defaults(do=prove_exercises)
    what = _("make an assignment: for students, teacher and graders")
    add = commands.add_parser("make", parents=[course], help=what)
    add.add_argument("exercises", nargs="*", metavar="EXERCISE", help=_("some of them; without a name, all"))
    what = _("where all is written (sheet)")
    add.add_argument("--out", type=folder_path, metavar="DIR", default=folder_path("sheet"), help=what)
    add.add_argument("--title", metavar="TITLE", help=_("the assignment's title"))
    add.add_argument("--no-notebooks", dest="notebooks", action="store_false", help=_("make Python files only"))
    what = _("a folder with NumPy's wheels for the graders; they are downloaded without it")
    add.add_argument("--wheels", type=folder_path, metavar="FOLDER", help=what)
    add.set_defaults(do=make_assignment)
    add = commands.add_parser("grade", help=_("grade submissions, and show what a class got wrong"))
    what = _("a folder or zip archive: a folder or archive for each student")
    add.add_argument("submissions", type=folder_path, help=what)
    what = _("the teacher's folder that make wrote")
    add.add_argument("--assignment", type=folder_path, metavar="DIR/teacher", required=True, help=what)
    add.add_argument("--out", type=folder_path, metavar="GRADES", required=True, help=_("where all is written"))
    what = _("submissions at a time; the processors without it")
    add.add_argument("--jobs", type=whole_number, metavar="N", help=what)
    what = _("hand the submissions to a Dask cluster, such as tcp://10.0.0.1:8786")
    add.add_argument("--dask", metavar="ADDRESS", help=what)
    add.set_defaults(do=grade_submissions)
    return parser
