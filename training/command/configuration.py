"""What a run folder says of how its run began: written when it begins, read when it goes on."""

import argparse
import hashlib
import platform
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from datasets.opening import IN_PACKAGE, Dataset
from datasets.toy import TOYS
from language import N_, _
from layers.common.devices import to_numpy
from training.command.dataset import choose_dataset
from training.command.networks import NETWORKS
from training.command.options import parse
from training.run.folder import RunFolder, SeenRun
from training.trainer import Trainer

OTHER_FOLDER = N_(
    "the data in {source} are not those that the run in {run} was started with, from {began}; pass the "
    "folder of those data as --data-dir"
)
OTHER_FILE = N_(
    "the data in {source} are not those that the run in {run} was started with, from {began}; pass the "
    "file of those data as --data"
)


def configuration(given: Sequence[str], data: Dataset, trainer: Trainer, options: argparse.Namespace) -> dict[str, Any]:
    """Return what is needed to understand, to repeat and to resume the run."""
    source = data.source if data.source == IN_PACKAGE else str(Path(data.source).resolve())
    return {
        "command": options.form.line(*given),
        "arguments": list(given),
        "dataset": data.name,
        "source": source,
        "data_checksum": data.checksum(),
        **({"notes": list(data.notes)} if data.notes else {}),
        "network": type(trainer.network).__name__,
        **(trainer.network.arguments or {}),
        "optimizer": type(trainer.optimizer).__name__,
        **trainer.optimizer.options,
        "schedule": options.schedule or NETWORKS[options.network].usual(data, options.optimizer).schedule,
        "clip_norm": trainer.clip_norm,
        "epochs": trainer.epochs,
        "batch_size": trainer.batch_size,
        **({} if options.validation is None else {"validation": options.validation}),
        "threads": trainer.threads,
        **({} if trainer.network.device == "cpu" else {"device": trainer.network.device}),
        **({} if trainer.shards is None else {"shards": trainer.shards}),
        "target_accuracy": trainer.target_accuracy,
        "python": platform.python_version(),
        "numpy": np.__version__,
    }


def what_must_agree(config: dict[str, Any], trainer: Trainer) -> dict[str, Any]:
    """Return what has to be the same in all processes that train together, by what it is called."""
    free = ("command", "arguments", "source", "data_checksum", "python", "numpy")
    options = {name: str(value) for name, value in config.items() if name not in free}
    params = b"".join(to_numpy(param).tobytes() for param in trainer.network.params.values())
    return {
        **options,
        _("the data"): config["data_checksum"],
        _("the network's parameters"): hashlib.sha256(params).hexdigest(),
        _("the version of NumPy"): config["numpy"],
    }


def original_options(folder: RunFolder | SeenRun, options: argparse.Namespace) -> argparse.Namespace:
    """Return the options that a run began with, with the data where they were then, or are now."""
    config = folder.config
    words = config.get("arguments")
    whole = all(isinstance(config.get(name), str) for name in ("dataset", "source", "data_checksum"))
    if not (whole and isinstance(words, list) and all(isinstance(word, str) for word in words)):
        raise ValueError(_("{run} does not tell how the run began; it was made by another version", run=folder.path))
    began = parse("", [word for word in words if word not in ("-h", "--help")])
    if began.data is None and options.data is not None:
        raise ValueError(
            _("the run in {run} was not started with --data, which says where a table is", run=folder.path)
        )
    if began.data is not None and options.data_dir is not None:
        raise ValueError(
            _("the run in {run} was started with --data; say with it where the table is now", run=folder.path)
        )
    if began.data is not None:
        began.data = options.data or Path(config["source"])
    elif began.dataset in TOYS:
        began.data_dir = options.data_dir
    elif config["source"] == IN_PACKAGE:
        began.dataset, began.data_dir = "digits", options.data_dir
    else:
        began.dataset = "digits" if began.dataset == "digits" else "mnist"
        began.data_dir = options.data_dir or Path(config["source"])
    began.checkpoint_every = options.checkpoint_every or began.checkpoint_every
    began.no_pictures, began.quiet = options.no_pictures, options.quiet
    began.parallel = options.parallel
    began.device = options.device or began.device
    began.no_diagnosis = getattr(options, "no_diagnosis", True)
    return began


def data_again(folder: RunFolder | SeenRun, began: argparse.Namespace, options: argparse.Namespace) -> Dataset:
    """Return the data that a run began with; an error where those that are there now are others."""
    try:
        data = choose_dataset(began)
    except FileNotFoundError:
        if options.data_dir is not None or began.data is not None:
            raise
        began.data_dir = None  # the folder is there no longer, or is empty: in the usual places, then
        data = choose_dataset(began)
    if data.checksum() != folder.config["data_checksum"]:
        said = OTHER_FOLDER if began.data is None else OTHER_FILE
        raise ValueError(_(said, source=data.source, run=folder.path, began=folder.config["source"]))
    return data
