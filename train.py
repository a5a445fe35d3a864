"""Train a network; leave a folder with the model, the numbers, pictures and a report, and say what is wrong.

::

    python train.py
    python train.py --hidden 50 --lr 0.1 --target-accuracy 0.97
    python train.py --network SimpleConvNet --epochs 5
    python train.py --dataset digits --out my_run
    python train.py --dataset spiral --validation 0.1
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    from training.command.beginning import before_train

    before_train()

from datasets.opening import Dataset
from language import N_, _, speak_as_told
from layers.common.threads import cores
from training import Trainer, TrainingDiverged
from training.command.command_line import run
from training.command.configuration import configuration, data_again, original_options, what_must_agree
from training.command.dataset import choose_dataset
from training.command.diagnosis import diagnose_run, say_findings
from training.command.form import Form
from training.command.making import make_trainer
from training.command.options import parse, what_is_asked
from training.command.pictures import leave_pictures
from training.command.said import of_epoch, of_network, result, what_is_left
from training.diagnosis.finding import Finding
from training.loop.interrupts import Interrupted, Interrupts
from training.loop.step import require_finite
from training.parallel.group import Group
from training.parallel.joining import all_end, group_of
from training.parallel.watching import Watching
from training.run.folder import RunFolder, new_run_folder

SCRIPT = Form(("python", "train.py"))
SAYS = N_("Train a network; leave a folder with the model, the numbers, pictures and a report, and say what is wrong.")
RUNS = Path("runs")
Run = tuple[RunFolder, Trainer, Dataset]


def main(arguments: list[str] | None = None, form: Form = SCRIPT) -> int:
    """Train as the command line says, and return the exit status; messages name the form of the command."""
    given = sys.argv[1:] if arguments is None else arguments
    options = parse(_(SAYS), given, str(form))
    group = group_of(options.parallel, what_is_asked(options))
    options.form = form
    options.quiet = options.quiet or not group.leads
    say_if_killed(group, form)
    with Interrupts(all_requests=group.leads) as interrupts, ExitStack() as at_the_end:
        begin = resume_run if options.resume is not None else partial(start_run, given)
        folder, trainer, data = begin(options, group, at_the_end)
        say_if_killed(group, form, folder)
        train(trainer, folder, options, group)
        if not group.leads:
            return 0
        findings, made = finish(trainer, folder, data, options, interrupts)
    print(result(trainer.history[-1]))
    files = ", ".join(path.name for path in [folder.model, folder.history, *made])
    print(_("wrote to {run}: {files}", run=folder.path, files=files))
    say_findings(findings, options)
    return 0


def start_run(given: Sequence[str], options: argparse.Namespace, group: Group, at_the_end: ExitStack) -> Run:
    """Return a new run, whose folder is free again at the end."""
    data = group.once_a_machine(lambda: choose_dataset(options))
    trainer = make_trainer(data, options, parallel=group.communicator)
    config = configuration(given, data, trainer, options)
    group.require_same(what_must_agree(config, trainer))
    if not group.leads:
        return Watching(options.out or RUNS, config), trainer, data.without_training_images()
    folder = RunFolder.create(options.out, config) if options.out else new_run_folder(RUNS, data.name, config)
    at_the_end.callback(folder.close)
    if not options.quiet:
        print("\n".join([str(data), *data.notes]))
        print(f"\n{of_network(trainer)}\n")
    return folder, trainer, data.without_training_images()


def resume_run(options: argparse.Namespace, group: Group, at_the_end: ExitStack) -> Run:
    """Return a run that goes on, as far as its last checkpoint."""
    folder = reopened(options, group)
    at_the_end.callback(folder.close)
    began = original_options(folder, options)
    if options.parallel is not None and began.shards is None:
        raise ValueError(_("{run} was begun without --shards, so one process alone goes on with it", run=folder.path))
    data = group.once_a_machine(lambda: data_again(folder, began, options))
    threads = folder.config.get("threads") or cores()  # an older version used all cores, and did not say so
    trainer = make_trainer(data, began, threads, group.communicator)
    group.require_same(what_must_agree(folder.config, trainer))
    if folder.snapshot is not None:
        trainer.restore(folder.snapshot)
        folder.write_history(trainer.history)
        keep_whole_epoch(trainer, folder)
    if not options.quiet:
        done = {"epochs": len(trainer.history), "steps": trainer.batch}
        print(_("{run} goes on after {epochs} epochs and {steps} steps", run=folder.path, **done), end="\n\n")
    return folder, trainer, data.without_training_images()


def reopened(options: argparse.Namespace, group: Group) -> RunFolder:
    """Return the folder of a run that goes on, which the leading process alone reads and writes."""
    if not group.leads:
        return Watching(options.resume, *group.from_leader(lambda: ({}, None)))
    folder = RunFolder.reopen(options.resume)
    for damage in folder.checkpoints.damaged:
        back = _("{program}: {damage}; going back to the checkpoint before it", program=options.form, damage=damage)
        print(back, file=sys.stderr)
    group.from_leader(lambda: (folder.config, folder.snapshot))
    return folder


def train(trainer: Trainer, folder: RunFolder, options: argparse.Namespace, group: Group) -> None:
    """Train to the end, keeping checkpoints, and the model and the history of every whole epoch, in the folder."""

    def after_epoch(record: dict[str, Any]) -> None:
        folder.keep_epoch(trainer.network, trainer.history)
        if not options.quiet:
            print(of_epoch(record, trainer.epochs), flush=True)

    try:
        train_or_keep_all(trainer, folder, after_epoch, options.form)
    except TrainingDiverged as error:
        if not group.leads:
            raise
        say_findings(diagnose_run(trainer, folder, options), options)
        raise TrainingDiverged(f"{error}; {what_is_left(folder, trainer)}") from None


def train_or_keep_all(
    trainer: Trainer, folder: RunFolder, after_epoch: Callable[[dict[str, Any]], None], form: Form
) -> None:
    """Train to the end, or as far as it is let, and then keep everything."""
    try:
        trainer.train(after_epoch, lambda: folder.keep_checkpoint(trainer.snapshot()))
    except Interrupted as request:
        require_finite(trainer)
        folder.keep_checkpoint(trainer.snapshot())
        keep_whole_epoch(trainer, folder)
        again = resume_command(folder, form)
        kept = _(
            "kept all {steps} steps in {run}; go on with: {again}", steps=trainer.step, run=folder.path, again=again
        )
        raise Interrupted(*map(str, request.args), kept, number=request.number) from None


def finish(
    trainer: Trainer, folder: RunFolder, data: Dataset, options: argparse.Namespace, interrupts: Interrupts
) -> tuple[list[Finding] | None, list[Path]]:
    """Find out what is wrong, leave the pictures and the report, and return the findings and the files' paths."""
    trainer.network.to("cpu")
    try:
        findings = diagnose_run(trainer, folder, options)
        if data.image_shape is not None:
            trainer.x_train = trainer.x_train[:0]  # 47 MB of MNIST, for which the pictures have no use
        if options.no_pictures:
            return findings, []
        with interrupts.held_back:  # Matplotlib does not bear to be interrupted while it is imported
            return findings, leave_pictures(trainer, folder, data, findings)
    except Interrupted as request:
        kept = _("the run had come to its end, and all of it is in {run}", run=folder.path)
        raise Interrupted(*map(str, request.args), kept, number=request.number) from None


def say_if_killed(group: Group, form: Form, folder: RunFolder | None = None) -> None:
    """Have somebody else say it when one of several processes is killed, and how the run goes on."""
    if not group.leads:
        return
    killed = _("rank {rank} on {host} was killed, and all others have ended with it")
    lost = _("rank {rank} on {host} does not answer any more, and all others are ended")
    some = _("one of the processes was killed, and all others have ended with it")
    again = "" if folder is None else "; " + _("go on with: {again}", again=escaped(resume_command(folder, form)))
    lines = [_("{program}: error: {message}", program=form, message=what + again) for what in (killed, lost, some)]
    group.if_killed(*lines)


def escaped(text: Any) -> str:
    """Return text that :meth:`str.format` leaves as it is."""
    return str(text).replace("{", "{{").replace("}", "}}")


def resume_command(folder: RunFolder, form: Form) -> str:
    """Return the command with which a run goes on, as it is typed."""
    path = str(folder.path)
    words = [f"--resume={path}"] if path.startswith("-") else ["--resume", path]
    return form.line(*words)


def keep_whole_epoch(trainer: Trainer, folder: RunFolder) -> None:
    """Keep model and history where the trainer stands at the end of an epoch, which may not have been written yet."""
    if trainer.history and not trainer.batch:
        folder.keep_epoch(trainer.network, trainer.history)


def command(arguments: list[str] | None = None, form: Form = SCRIPT) -> int:
    """Train as the command line says; an error of the user's takes one line, and the exit status is 2."""
    speak_as_told(sys.argv[1:] if arguments is None else arguments)
    return all_end(lambda: main(arguments, form), partial(run, str(form)))


if __name__ == "__main__":
    sys.exit(command())
