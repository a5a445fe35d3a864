"""Train a network on handwritten digits, and leave a folder with the model, the numbers and a picture.

::

    python train.py
    python train.py --hidden 50 --lr 0.1 --target-accuracy 0.97
    python train.py --network SimpleConvNet --epochs 5
    python train.py --dataset digits --out my_run
"""

import argparse
import platform
import shlex
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from datasets import DownloadError
from datasets.minibatches import count_batches
from datasets.opening import Dataset, open_digits, open_mnist
from networks import Network
from training import Trainer, TrainingDiverged, get_optimizer, get_schedule
from training.choices import NETWORKS
from training.command_line import run
from training.interrupts import ctrl_c_deferred
from training.options import parse
from training.run_folder import RunFolder, new_run_folder

RUNS = Path("runs")


def main(arguments: list[str] | None = None) -> int:
    """Train as the command line says, and return the exit status."""
    options = parse(__doc__ or "", arguments)
    choice = NETWORKS[options.network]
    data = choose_dataset(options)
    network = choice.build(data, options.seed, **options.of_network)
    trainer = make_trainer(network, data.as_images() if choice.takes_images else data, options)
    command = shlex.join(["python", "train.py", *(sys.argv[1:] if arguments is None else arguments)])
    folder = claim_folder(
        options.out, data.name, configuration(command, data, trainer, options.schedule or choice.schedule)
    )
    if not options.quiet:
        print(f"{data}\n\n{type(network).__name__}\n{network.summary(trainer.x_train.shape[1:])}\n")
    train(trainer, folder, f"{type(network).__name__} on {data.name}", options.quiet)
    print(f"test accuracy {trainer.history[-1]['test_accuracy']:.2%}")
    print(f"wrote {folder.model}, {folder.history}, {folder.curves}")
    return 0


def make_trainer(network: Network, data: Dataset, options: argparse.Namespace) -> Trainer:
    """Return the trainer that the options ask for; what they leave open is what suits the network and the data."""
    choice = NETWORKS[options.network]
    name, usual = options.optimizer or choice.optimizer, choice.training(data)
    decay = {} if options.weight_decay is None else {"weight_decay": options.weight_decay}
    epochs, batch_size = options.epochs or usual["epochs"], options.batch_size or usual["batch_size"]
    steps = count_batches(len(data.x_train), batch_size)
    return Trainer(
        network,
        data.x_train,
        data.t_train,
        data.x_test,
        data.t_test,
        optimizer=get_optimizer(name, options.lr or choice.learning_rate(options.optimizer), **decay),
        epochs=epochs,
        batch_size=batch_size,
        seed=options.seed,
        target_accuracy=options.target_accuracy,
        schedule=get_schedule(options.schedule or choice.schedule, epochs * steps, steps),
        clip_norm=options.clip_norm,
        progress=sys.stderr.isatty() and not options.quiet,
    )


def train(trainer: Trainer, folder: RunFolder, title: str, quiet: bool) -> None:
    """Train, keeping the model and the history of every whole epoch in the folder, and draw the curves."""

    def after_epoch(record: dict[str, Any]) -> None:
        folder.keep_epoch(trainer.network, trainer.history)
        if not quiet:
            print(
                f"epoch {record['epoch']:>{len(str(trainer.epochs))}}/{trainer.epochs}"
                f"  train loss {record['train_loss']:.4f}  test accuracy {record['test_accuracy']:.2%}"
                f"  {record['seconds']:.2f} s",
                flush=True,
            )

    try:
        trainer.train(after_epoch)
        with ctrl_c_deferred():  # Matplotlib does not bear to be interrupted while it is imported
            draw_curves(trainer.history, folder, title)
    except (KeyboardInterrupt, TrainingDiverged) as error:
        raise type(error)("; ".join([*map(str, error.args), kept(folder, len(trainer.history))])) from None


def kept(folder: RunFolder, epochs: int) -> str:
    """Say what a run leaves that ended early."""
    if not folder.model.exists():
        return f"no epoch was whole, so there is no model in {folder.path}"
    return f"kept the model of epoch {epochs} in {folder.model} and the numbers in {folder.history}"


def choose_dataset(options: argparse.Namespace) -> Dataset:
    """Return the data set that was asked for; ``auto`` is MNIST, or the digits where MNIST is not to be had."""
    if options.dataset == "digits":
        return open_digits(options.data_dir)
    try:
        return open_mnist(options.data_dir)
    except DownloadError as error:
        if options.dataset == "mnist":
            raise
        said = "; ".join(f"{urlsplit(place).hostname or place}: {reason}" for place, reason in error.failures.items())
        print(
            f"MNIST is not on this machine and cannot be downloaded ({said}). To train on it, connect to the network, "
            "or give the folder with its four files by --data-dir. Training on the embedded digits instead.",
            file=sys.stderr,
        )
        return open_digits()


def claim_folder(out: Path | None, dataset: str, config: dict[str, Any]) -> RunFolder:
    """Return the folder for the run: the one asked for, or a new one in ``runs``."""
    return new_run_folder(RUNS, dataset, config) if out is None else RunFolder(out, config)


def configuration(command: str, data: Dataset, trainer: Trainer, schedule: str) -> dict[str, Any]:
    """Return what is needed to understand and to repeat the run."""
    return {
        "command": command,
        "dataset": data.name,
        "source": data.source,
        "network": type(trainer.network).__name__,
        **(trainer.network.arguments or {}),
        "optimizer": type(trainer.optimizer).__name__,
        **trainer.optimizer.options,
        "schedule": schedule,
        "clip_norm": trainer.clip_norm,
        "epochs": trainer.epochs,
        "batch_size": trainer.batch_size,
        "target_accuracy": trainer.target_accuracy,
        "python": platform.python_version(),
        "numpy": np.__version__,
    }


def draw_curves(history: list[dict[str, Any]], folder: RunFolder, title: str) -> None:
    """Draw loss and accuracy into the folder; Matplotlib is imported here, when there is something to draw."""
    from figures import plot_curves, save_figure

    folder.keep_picture(lambda path: save_figure(plot_curves(history, title), path))


if __name__ == "__main__":
    sys.exit(run("train.py", main))
