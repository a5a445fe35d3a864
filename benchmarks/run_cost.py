"""What it costs that a run survives and can be looked at.

::

    python -m benchmarks.run_cost [PAIRS]

The default run of ``train.py`` is trained with and without the files that it keeps after every epoch (checkpoint, model
and history), in turn; then its pictures and its report are made, after the training. On MNIST where it is, else on the
embedded digits.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.processes import pairs_of_command_line
from datasets.opening import open_what_is_here
from train import configuration, make_trainer
from training.command.options import parse
from training.command.pictures import leave_pictures
from training.run.folder import RunFolder
from training.trainer import Trainer


def main(pairs: int) -> None:
    """Measure and print."""
    data, options = open_what_is_here(), parse("", ["--no-pictures"])

    def begin(place: Path) -> tuple[Trainer, RunFolder]:
        trainer = make_trainer(data, options)
        return trainer, RunFolder.create(place, configuration([], data, trainer, options))

    ratios = []
    with tempfile.TemporaryDirectory() as runs:
        for number in range(pairs):
            plain, _ = begin(Path(runs, f"plain{number}"))
            kept, folder = begin(Path(runs, f"kept{number}"))
            without = seconds(plain.train)
            with_files = seconds(lambda kept=kept, folder=folder: train_and_keep(kept, folder))
            ratios.append(with_files / without)
            print(
                f"training {without:6.2f} s   with its files {with_files:6.2f} s   ratio {ratios[-1]:.3f}", flush=True
            )
        print(f"median ratio {statistics.median(ratios):.3f}")
        drawn = seconds(lambda: leave_pictures(kept, folder, data.image_shape))
        again = seconds(lambda: leave_pictures(kept, folder, data.image_shape))
        print(f"pictures and report, after the training: {drawn:.2f} s, with Matplotlib imported before {again:.2f} s")


def train_and_keep(trainer: Trainer, folder: RunFolder) -> None:
    """Train as train.py does."""
    trainer.train(
        lambda _: folder.keep_epoch(trainer.network, trainer.history),
        lambda: folder.keep_checkpoint(trainer.snapshot()),
    )


def seconds(do: Callable[[], object]) -> float:
    """Return how long it takes."""
    started = time.perf_counter()
    do()
    return time.perf_counter() - started


if __name__ == "__main__":
    main(pairs_of_command_line(__doc__.split("\n")[0], default=5))
