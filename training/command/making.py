"""The trainer that the options of the command line ask for."""

import argparse
import sys
from typing import Any

from datasets.minibatches import count_batches
from datasets.opening import Dataset
from training.command.networks import NETWORKS
from training.optimizers import get_optimizer
from training.schedules import get_schedule
from training.trainer import Trainer


def make_trainer(
    data: Dataset, options: argparse.Namespace, threads: int | None = None, parallel: Any = None
) -> Trainer:
    """Return the trainer that the options ask for; what they leave open is what suits the network and the data."""
    choice = NETWORKS[options.network]
    network = on_device(choice.build(data, options.seed, **options.of_network), options.device or "cpu")
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
        shards=options.shards,
        parallel=parallel,
    )


def on_device(network: Any, device: str) -> Any:
    """Return the network where it is to be trained.

    Raises
    ------
    ValueError
        When CuPy or the GPU is missing.
    """
    try:
        return network.to(device)
    except (ImportError, RuntimeError) as error:
        raise ValueError(str(error)) from None
