"""Train a two-layer network on handwritten digits, and leave a folder with the model, the numbers and a picture.

::

    python train.py
    python train.py --hidden 50 --lr 0.1 --target-accuracy 0.97
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
from datasets.opening import Dataset, open_digits, open_mnist
from layers.initializers import INITIALIZERS, get_initializer
from networks import TwoLayerNet
from networks.two_layer_net import ACTIVATIONS
from training import SGD, Trainer, TrainingDiverged
from training.command_line import Parser, folder_path, number_in, run, seed_number, whole_number
from training.interrupts import ctrl_c_deferred
from training.run_folder import RunFolder, new_run_folder

# What suits a data set of its size; every seed from 0 to 9 ends above 97.5 % on MNIST, above 96 % on the digits.
DEFAULTS = {"epochs": 10, "batch_size": 100}
DEFAULTS_DIGITS = {"epochs": 40, "batch_size": 20}
RUNS = Path("runs")


def main(arguments: list[str] | None = None) -> int:
    """Train as the command line says, and return the exit status."""
    options = parse(arguments)
    data = choose_dataset(options)
    defaults = DEFAULTS_DIGITS if data.name == "digits" else DEFAULTS
    network = TwoLayerNet(
        data.x_train.shape[1], options.hidden, data.classes, options.init, options.activation, seed=options.seed
    )
    trainer = Trainer(
        network,
        data.x_train,
        data.t_train,
        data.x_test,
        data.t_test,
        optimizer=SGD(options.lr),
        epochs=options.epochs or defaults["epochs"],
        batch_size=options.batch_size or defaults["batch_size"],
        seed=options.seed,
        target_accuracy=options.target_accuracy,
        progress=sys.stderr.isatty() and not options.quiet,
    )
    command = shlex.join(["python", "train.py", *(sys.argv[1:] if arguments is None else arguments)])
    folder = claim_folder(options.out, data.name, configuration(command, data, trainer))
    if not options.quiet:
        print(f"{data}\n\n{type(network).__name__}\n{network.summary()}\n")
    train(trainer, folder, f"{type(network).__name__} on {data.name}", options.quiet)
    print(f"test accuracy {trainer.history[-1]['test_accuracy']:.2%}")
    print(f"wrote {folder.model}, {folder.history}, {folder.curves}")
    return 0


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


def configuration(command: str, data: Dataset, trainer: Trainer) -> dict[str, Any]:
    """Return what is needed to understand and to repeat the run."""
    return {
        "command": command,
        "dataset": data.name,
        "source": data.source,
        "network": type(trainer.network).__name__,
        **(trainer.network.arguments or {}),
        "optimizer": type(trainer.optimizer).__name__,
        "lr": trainer.optimizer.lr,
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


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Return the options, checked."""
    parser = Parser(prog="train.py", description=(__doc__ or "").split("\n")[0], allow_abbrev=False)
    add = parser.add_argument
    add("--dataset", choices=["auto", "mnist", "digits"], default="auto", help="auto: mnist, else digits")
    add("--data-dir", type=folder_path, metavar="DIR", help="folder with MNIST's four files, or files in its format")
    add("--hidden", type=whole_number, default=200, metavar="N", help="units of the hidden layer (%(default)s)")
    add("--activation", choices=list(ACTIVATIONS), default="relu", help="of the hidden layer (%(default)s)")
    add("--init", type=initializer, default="he", help=f"{', '.join(INITIALIZERS)}, or a standard deviation (he)")
    add("--epochs", type=whole_number, metavar="N", help="times every sample is used (mnist 10, digits 40)")
    add("--batch-size", type=whole_number, metavar="N", help="samples a step (mnist 100, digits 20)")
    add("--lr", type=number_in(0, float("inf"), "a positive number"), default=0.5, help="learning rate (%(default)s)")
    add("--seed", type=seed_number, default=0, metavar="N", help="of weights and batches (%(default)s)")
    add("--out", type=folder_path, metavar="DIR", help="folder for the run (runs/<dataset>-<date>-<time>)")
    add(
        "--target-accuracy",
        type=number_in(0, 1, "a share greater than 0 and at most 1, such as 0.97"),
        metavar="A",
        help="stop after the epoch whose test accuracy reaches A, such as 0.97",
    )
    add("--quiet", action="store_true", help="print the result and errors only")
    return parser.parse_args(arguments)


def initializer(text: str) -> str | float:
    """Parse the name of an initialiser or a standard deviation."""
    try:
        choice: str | float = text if text in INITIALIZERS else float(text)
        get_initializer(choice)
    except ValueError:
        known = ", ".join(INITIALIZERS)
        raise argparse.ArgumentTypeError(f"expected {known} or a number of at least 0, got {text}") from None
    return choice


if __name__ == "__main__":
    sys.exit(run("train.py", main))
