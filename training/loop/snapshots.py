"""The state of a trainer as a snapshot, and back."""

import copy
import math
from types import NoneType
from typing import TYPE_CHECKING, Any

import numpy as np

from datasets.minibatches import count_batches
from training.loop.history import History
from training.loop.randomness import generators_in, plain, positions_of, put_all_back
from training.optimizers.base import Optimizer
from training.optimizers.checks import checked_option
from training.run.checkpoints import CheckpointError, Snapshot

if TYPE_CHECKING:
    from training.trainer import Trainer


def take(trainer: "Trainer") -> Snapshot:
    """Return copies of everything that decides the future of a training.

    Raises
    ------
    TypeError
        When the optimizer does not tell its state (:meth:`training.Optimizer.state_arrays`).
    """
    optimizer = trainer.optimizer
    if not (hasattr(optimizer, "state_arrays") and hasattr(optimizer, "load_state_arrays")):
        name = type(optimizer).__name__
        raise TypeError(f"a checkpoint needs the optimizer's state: {name} lacks state_arrays and load_state_arrays")
    arrays = {f"network.{name}": array.copy() for name, array in arrays_of(trainer.network).items()}
    arrays |= {f"optimizer.{name}": array for name, array in optimizer.state_arrays().items()}
    arrays |= {f"trace.{name}": array for name, array in trainer.traces.arrays().items()}
    return Snapshot(arrays, values_of(trainer))


def values_of(trainer: "Trainer") -> dict[str, Any]:
    """Return what is no array."""
    return {
        **kind_of_training(trainer),
        "options": options_of(trainer),
        "goal": trainer.goal,
        "first_step": trainer.first_step,
        "step": trainer.step,
        "batch": trainer.batch,
        "total": trainer.total,
        "history": copy.deepcopy(list(trainer.history)),
        "distributions": list(trainer.distributions),
        "stride": trainer.traces.stride,
        "order": trainer.rng.bit_generator.state,
        "epoch_order": trainer.epoch_order,
        "generators": [plain(position) for position in positions_of(generators_in(trainer.network))],
    }


def kind_of_training(trainer: "Trainer") -> dict[str, Any]:
    """Return what has to be the same for a snapshot to fit a trainer."""
    return {
        "optimizer": type(trainer.optimizer).__name__,
        "batch_size": int(trainer.batch_size),
        "samples": len(trainer.x_train),
        "epochs": int(trainer.epochs),
    }


def options_of(trainer: "Trainer") -> dict[str, float]:
    """Return the optimizer's options as they are now, which a callback may have changed since it was made."""
    own = trainer.optimizer
    options = own.options if isinstance(own, Optimizer) else {"lr": own.lr} if hasattr(own, "lr") else {}
    if trainer.schedule is not None:
        options["lr"] = trainer.base_lr  # of which the schedule takes a share in every step
    return {name: float(value) for name, value in options.items()}


def restore(trainer: "Trainer", snapshot: Snapshot) -> None:
    """Put a snapshot back into a trainer that was made with the same arguments.

    Raises
    ------
    CheckpointError
        When the snapshot does not fit; the trainer may then be half changed.
    """
    try:
        put_back(trainer, *snapshot)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        if isinstance(error, CheckpointError):
            raise
        raise CheckpointError(f"the checkpoint does not fit this training: {error!r}") from None


def put_back(trainer: "Trainer", arrays: dict[str, np.ndarray], values: dict[str, Any]) -> None:
    """Put arrays and values back."""
    for name, here in kind_of_training(trainer).items():
        if values[name] != here:
            raise CheckpointError(
                f"the checkpoint's {name.replace('_', ' ')} is {values[name]}, this training's {here}"
            )
    own, saved = arrays_of(trainer.network), part_of(arrays, "network")
    expected, came = ({name: kind_of(array) for name, array in group.items()} for group in (own, saved))
    if expected != came:
        raise CheckpointError(f"the checkpoint's network holds {came}, this one {expected}")
    check_values(values, trainer)
    options = checked_options(trainer, values["options"])
    held = generators_in(trainer.network)
    if len(held) != len(values["generators"]):
        raise CheckpointError(f"the checkpoint has {len(values['generators'])} generators, the network {len(held)}")
    for name, array in own.items():
        array[...] = saved[name]
    put_all_back(held, values["generators"])
    trainer.optimizer.load_state_arrays(part_of(arrays, "optimizer"))
    for name, value in options.items():
        setattr(trainer.optimizer, name, value)
    trainer.base_lr = options.get("lr", trainer.base_lr)
    trainer.traces.load(part_of(arrays, "trace"), values["stride"])
    trainer.history = History(values["history"])
    trainer.distributions = list(values["distributions"])
    for order in ("epoch_order", "order"):
        trainer.rng.bit_generator.state = values[order]
    trainer.epoch_order = values["epoch_order"]
    for name in ("goal", "first_step", "step", "batch", "total"):
        setattr(trainer, name, values[name])


def kind_of(array: np.ndarray) -> str:
    """Return dtype and shape in words."""
    return f"{array.dtype} {array.shape}"


def checked_options(trainer: "Trainer", options: Any) -> dict[str, float]:
    """Return the optimizer's options in a snapshot, if they are numbers and those that it has."""
    expected = options_of(trainer)
    fits = isinstance(options, dict) and options.keys() == expected.keys()
    if not (fits and all(type(value) in (int, float) and math.isfinite(value) for value in options.values())):
        raise CheckpointError(f"the checkpoint's options of the optimizer are {options}, this training's {expected}")
    if isinstance(trainer.optimizer, Optimizer):
        return {name: checked_option("the checkpoint", name, value) for name, value in options.items()}
    return options


def check_values(values: dict[str, Any], trainer: "Trainer") -> None:
    """Raise CheckpointError unless the plain values are of the kinds and sizes that :func:`values_of` returns."""
    kinds = {
        "goal": int,
        "first_step": int,
        "step": int,
        "batch": int,
        "total": (int, float),
        "history": list,
        "distributions": list,
        "stride": int,
    }
    wrong = [name for name, kind in kinds.items() if not isinstance(values[name], kind) or values[name] is True]
    records = [record for name in ("history", "distributions") if name not in wrong for record in values[name]]
    if wrong or not all(isinstance(record, dict) and "epoch" in record for record in records):
        raise CheckpointError(f"the checkpoint's {', '.join(wrong) or 'history'} is not what it should be")
    if not all(isinstance(record.get("test_accuracy", ""), (float, NoneType)) for record in values["history"]):
        raise CheckpointError("the checkpoint's history does not tell the test accuracies")
    epochs, steps = len(values["history"]), count_batches(len(trainer.x_train), trainer.batch_size)
    ranges = {
        "goal": range(epochs, epochs + trainer.epochs + 1) if values["goal"] else range(1),
        "batch": range(steps + 1),
        "first_step": range(values["step"] + 1),
        "stride": range(1, values["step"] + 2),
    }
    for name, allowed in ranges.items():
        if values[name] not in allowed:
            low, high = allowed.start, allowed.stop - 1
            raise CheckpointError(f"the checkpoint's {name} must lie in {low}..{high}, got {values[name]}")


def part_of(arrays: dict[str, np.ndarray], part: str) -> dict[str, np.ndarray]:
    """Return the arrays whose names begin with the part's, without that."""
    return {name[len(part) + 1 :]: array for name, array in arrays.items() if name.startswith(f"{part}.")}


def arrays_of(network: Any) -> dict[str, np.ndarray]:
    """Return a network's parameters, and its state where it has one."""
    return {**network.params, **getattr(network, "state", {})}
