"""Train a network on handwritten digits; leave a folder with the model, the numbers, pictures and a report.

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
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    from training.command.beginning import before_train

    before_train()

from datasets.minibatches import count_batches
from datasets.opening import Dataset
from language import N_, _, speak_as_told
from layers.common.threads import cores
from training import Trainer, TrainingDiverged, get_optimizer, get_schedule
from training.command.command_line import run
from training.command.configuration import configuration, data_again, original_options
from training.command.dataset import choose_dataset
from training.command.form import Form
from training.command.networks import NETWORKS
from training.command.options import parse
from training.command.pictures import leave_pictures
from training.command.said import of_epoch, result, what_is_left
from training.loop.interrupts import Interrupted, Interrupts
from training.loop.step import require_finite
from training.run.folder import RunFolder, new_run_folder

SCRIPT = Form(("python", "train.py"))
SAYS = N_("Train a network on handwritten digits; leave a folder with the model, the numbers, pictures and a report.")
RUNS = Path("runs")
Run = tuple[RunFolder, Trainer, Dataset]


def main(arguments: list[str] | None = None, form: Form = SCRIPT) -> int:
    """Train as the command line says, and return the exit status; messages name the form of the command."""
    given = sys.argv[1:] if arguments is None else arguments
    options = parse(_(SAYS), given, str(form))
    options.form = form
    with Interrupts(all_requests=True) as interrupts, ExitStack() as at_the_end:
        run_begun = start_run(options, given, at_the_end) if options.resume is None else resume_run(options, at_the_end)
        folder, trainer, data = run_begun
        train(trainer, folder, options)
        if data.image_shape is not None:
            trainer.x_train = trainer.x_train[:0]  # 47 MB of MNIST, for which the pictures have no use
        made = [] if options.no_pictures else add_pictures(trainer, folder, data, interrupts)
    print(result(trainer.history[-1]))
    files = ", ".join(path.name for path in [folder.model, folder.history, *made])
    print(_("wrote to {run}: {files}", run=folder.path, files=files))
    return 0


def start_run(options: argparse.Namespace, given: Sequence[str], at_the_end: ExitStack) -> Run:
    """Return a new run, whose folder is free again at the end."""
    data = choose_dataset(options)
    trainer = make_trainer(data, options)
    config = configuration(given, data, trainer, options)
    folder = RunFolder.create(options.out, config) if options.out else new_run_folder(RUNS, data.name, config)
    at_the_end.callback(folder.close)
    if not options.quiet:
        network = trainer.network
        print("\n".join([str(data), *data.notes]))
        print(f"\n{type(network).__name__}\n{network.summary(trainer.x_train.shape[1:])}\n")
    return folder, trainer, data.without_training_images()


def resume_run(options: argparse.Namespace, at_the_end: ExitStack) -> Run:
    """Return a run that goes on, as far as its last checkpoint."""
    folder = RunFolder.reopen(options.resume)
    at_the_end.callback(folder.close)
    for damage in folder.checkpoints.damaged:
        back = _("{program}: {damage}; going back to the checkpoint before it", program=options.form, damage=damage)
        print(back, file=sys.stderr)
    began = original_options(folder, options)
    data = data_again(folder, began, options)
    threads = folder.config.get("threads") or cores()  # an older version used all cores, and did not say so
    trainer = make_trainer(data, began, threads)
    if folder.snapshot is not None:
        trainer.restore(folder.snapshot)
        folder.write_history(trainer.history)
        keep_whole_epoch(trainer, folder)
    if not options.quiet:
        done = {"epochs": len(trainer.history), "steps": trainer.batch}
        print(_("{run} goes on after {epochs} epochs and {steps} steps", run=folder.path, **done), end="\n\n")
    return folder, trainer, data.without_training_images()


def make_trainer(data: Dataset, options: argparse.Namespace, threads: int | None = None) -> Trainer:
    """Return the trainer that the options ask for; what they leave open is what suits the network and the data."""
    choice = NETWORKS[options.network]
    network = choice.build(data, options.seed, **options.of_network)
    usual = choice.usual(data, options.optimizer)
    data = data.as_images() if choice.takes_images else data
    decay = {} if options.weight_decay is None else {"weight_decay": options.weight_decay}
    epochs, batch_size = options.epochs or usual.epochs, options.batch_size or usual.batch_size
    steps = count_batches(len(data.x_train), batch_size)
    return Trainer(
        network,
        data.x_train,
        data.t_train,
        data.x_test,
        data.t_test,
        optimizer=get_optimizer(usual.optimizer, options.lr or usual.lr, **decay),
        epochs=epochs,
        batch_size=batch_size,
        seed=options.seed,
        target_accuracy=options.target_accuracy,
        schedule=get_schedule(options.schedule or usual.schedule, epochs * steps, steps),
        clip_norm=options.clip_norm,
        checkpoint_every=options.checkpoint_every,
        progress=sys.stderr.isatty() and not options.quiet,  # so that elsewhere tqdm is not even imported
        threads=threads,
        x_validation=data.x_validation,
        t_validation=data.t_validation,
    )


def train(trainer: Trainer, folder: RunFolder, options: argparse.Namespace) -> None:
    """Train to the end, keeping checkpoints, and the model and the history of every whole epoch, in the folder."""

    def after_epoch(record: dict[str, Any]) -> None:
        folder.keep_epoch(trainer.network, trainer.history)
        if not options.quiet:
            print(of_epoch(record, trainer.epochs), flush=True)

    try:
        train_or_keep_all(trainer, folder, after_epoch, options.form)
    except TrainingDiverged as error:
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


def add_pictures(trainer: Trainer, folder: RunFolder, data: Dataset, interrupts: Interrupts) -> list[Path]:
    """Leave the pictures and the report, and return their paths."""
    try:
        with interrupts.held_back:  # Matplotlib does not bear to be interrupted while it is imported
            return leave_pictures(trainer, folder, data)
    except Interrupted as request:
        kept = _("the run had come to its end, and all of it is in {run}", run=folder.path)
        raise Interrupted(*map(str, request.args), kept, number=request.number) from None


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
    return run(str(form), lambda: main(arguments, form))


if __name__ == "__main__":
    sys.exit(command())
