"""The command that searches: ``python -m training.search FOLDER``, ``chainrule search FOLDER``."""

import argparse
import sys
import time
from collections.abc import Sequence

from datasets.opening import Dataset
from datasets.splitting import hold_out
from language import _, ngettext, speak_as_told
from training.command.command_line import run
from training.command.form import Form
from training.command.options import parse
from training.loop.interrupts import HeldBack, Interrupted, Interrupts
from training.search.best import best_words, say_best, train_best
from training.search.definition import Definition, SearchFolder, asked, data_of
from training.search.differences import require_same
from training.search.options import places_of, read
from training.search.page import leave_page
from training.search.running import Kept, run_trial, trial_trainer
from training.search.space import Varied, usual_values
from training.search.study import SharedStudy, Task, optuna_module
from training.search.table import table_of
from training.search.tried import best_of, line_of

USUAL = Form(("python", "-m", "training.search"))
SECONDS_BETWEEN_LOOKS = 0.5  # at the trials of other processes
MOST_ROWS = 10


def command(arguments: Sequence[str] | None = None, form: Form = USUAL) -> int:
    """Search as the command line says; an error of the user's takes one line, and the exit status is 2."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    speak_as_told(given)
    return run(str(form), lambda: main(given, form))


def main(arguments: Sequence[str], form: Form = USUAL) -> int:
    """Take part in a search, or show it, and return the exit status."""
    options = read(arguments, form)
    optuna_module()  # an error before anything is written
    folder = SearchFolder(options.folder)
    with Interrupts(all_requests=True) as interrupts:
        try:
            study = shown(folder) if options.show else taken_part(folder, options, form, interrupts.held_back)
        except Interrupted as request:
            said = _("nothing that was tried is lost; go on with: {again}", again=form.line(str(folder.path)))
            raise Interrupted(*map(str, request.args), said, number=request.number) from None
        with interrupts.held_back:
            trials, definition = study.seen(), study.definition
            if options.show or not options.quiet:
                print(table_of(trials, definition, None if options.show else MOST_ROWS), end="\n\n")
            words = best_words(trials, definition, folder)
            leave_page(trials, study, form, words)
            say_best(trials, definition, form, words)
            print(_("wrote {page}", page=folder.page))
    if words is None:
        return 0 if options.show else 1
    return train_best(words, form) if options.train_best else 0


def shown(folder: SearchFolder) -> SharedStudy:
    """Return the trials of a search that is only looked at."""
    definition = folder.read()
    folder.prepare()
    with folder.turn():
        return SharedStudy(folder, definition)


def taken_part(folder: SearchFolder, options: argparse.Namespace, form: Form, held_back: HeldBack) -> SharedStudy:
    """Run trials until all of the search have come to their end, and return them."""
    folder.require_own()  # before data are looked for
    with held_back:
        study, data = joined(folder, options, str(form))
        if not options.quiet:
            said = _("{data}; {count:,} training samples are held out to judge by, and the test samples are not used")
            print(said.format(data=data, count=len(data.x_validation)))
            print(_("varied: {vary}", vary="  ".join(map(str, study.definition.vary))), end="\n\n", flush=True)
    waits = False
    while True:
        with folder.turn(), held_back:
            task = study.next_task()
            left = study.running() if task is None else 0
        if task is not None:
            work(task, study, data, options, form, held_back)
        elif not left:
            return study
        else:
            if not (waits or options.quiet):
                said = ngettext(
                    "waiting for {count} trial of other processes, to take it over if they end",
                    "waiting for {count} trials of other processes, to take them over if they end",
                    left,
                )
                print(said.format(count=left), flush=True)
            waits = True
            time.sleep(SECONDS_BETWEEN_LOOKS)


def joined(folder: SearchFolder, options: argparse.Namespace, program: str) -> tuple[SharedStudy, Dataset]:
    """Return the trials and the data of a search that this process begins or takes part in."""
    if options.joins and folder.definition.exists():
        there = folder.read()
        wanted = there._replace(places={**there.places, **places_of(options)})
        data = data_of(wanted, folder.path, program)
    else:
        wanted, data = asked(options, program)
    began = parse("", wanted.words(), program)
    usual = usual_values(data, began)
    held_out = hold_out(data, wanted.validation)
    if not folder.definition.exists():  # not even the first trial may be possible: an error, and nothing is written
        trial_trainer(wanted, {each.name: usual_of(each, usual) for each in wanted.vary}, held_out, program)
    folder.prepare()
    with folder.turn():
        study = SharedStudy(folder, agreed(folder, options, wanted), began.seed)
        with folder.writing():
            study.begin(lambda each: usual_of(each, usual))
    return study, held_out


def usual_of(each: Varied, usual: dict[str, object]) -> object:
    """Return what the first trial has for an option."""
    return each.nearest(usual.get(each.name))


def agreed(folder: SearchFolder, options: argparse.Namespace, wanted: Definition) -> Definition:
    """Return the search in the folder, which is a new one where there is none; called in turn."""
    if not folder.definition.exists():
        folder.write(wanted)
        return wanted
    there = folder.read()
    require_same(there, wanted, folder.path)
    if options.trials is not None and options.trials != there.trials:
        there = there._replace(trials=options.trials)
        folder.write(there)
    return there._replace(places=wanted.places)


def work(
    task: Task, study: SharedStudy, data: Dataset, options: argparse.Namespace, form: Form, held_back: HeldBack
) -> None:
    """Run a trial, and say in one line what came of it."""
    kept = Kept(study.folder, task.number)
    outcome = run_trial(task, study, kept, data, str(form))
    with held_back:
        ended = study.finish(task, outcome.state, outcome.value, **outcome.known)
        kept.remove()
        if not options.quiet:
            print(line_of(ended, study.definition, best_of(study.seen(), study.definition.kind)), flush=True)
