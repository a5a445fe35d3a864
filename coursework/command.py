"""The program behind ``python -m coursework``: exercises handed out, checked, graded.

::

    python -m coursework list
    python -m coursework prove affine
"""

import argparse

from coursework.course.course import read_course
from training.command.command_line import Parser, folder_path, run
from training.command.form import Form

USUAL = Form(("python", "-m", "coursework"))


def command(arguments: list[str] | None = None, form: Form = USUAL) -> int:
    """Do what the command line says; an error of the user's takes one line, and the exit status is 2."""
    return run(str(form), lambda: main(arguments, form))


def main(arguments: list[str] | None = None, form: Form = USUAL) -> int:
    """Do what the command line says, and return the exit status."""
    options = parser_of(form).parse_args(arguments)
    options.form = form
    return options.do(options)


def list_exercises(options: argparse.Namespace) -> int:
    """Print the exercises of a course, in their order."""
    exercises = read_course(options.course)
    width = max(len(exercise.name) for exercise in exercises)
    for exercise in exercises:
        print(f"{exercise.name:<{width}}  {exercise.points:>4g} points  {exercise.title}")
    return 0


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


def parser_of(form: Form) -> Parser:
    """Return the parser of the command line."""
    parser = Parser(prog=str(form), description="Hand out, check and grade exercises.", allow_abbrev=False)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    course = argparse.ArgumentParser(add_help=False)
    course.add_argument("--course", type=folder_path, metavar="FOLDER", help="a folder of exercises of your own")

    add = commands.add_parser("list", parents=[course], help="list the exercises of the course")
    add.set_defaults(do=list_exercises)
    add = commands.add_parser("prove", parents=[course], help="find out whether exercises can be handed out")
    add.add_argument("exercises", nargs="*", metavar="EXERCISE", help="some of them; without a name, all")
    add.set_defaults(do=prove_exercises)
    return parser
