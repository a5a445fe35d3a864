"""Everything that decides the future of a training, as a snapshot, and back."""

import copy
import math
from typing import Any, NamedTuple

import numpy as np

from layers.common.devices import put, to_numpy
from layers.common.generators import generators_of, set_states, states_of
from networks.files.description import as_json
from training.loop.history import History
from training.loop.inspection import layers_of
from training.loop.start import Diagnosed
from training.loop.waiting import Waiting, read_waiting
from training.optimizers.base import Optimizer
from training.optimizers.checks import checked_option


class CheckpointError(ValueError):
    """A checkpoint is damaged, of another format or version, or does not fit what it is to be restored into."""


class Snapshot(NamedTuple):
    """Everything that decides the future of a run."""

    arrays: dict[str, np.ndarray]
    values: dict[str, Any]


class Restorable(Diagnosed):
    """What decides the future of a training, given away and taken back."""

    def snapshot(self) -> Snapshot:
        """Return everything that decides the future of the training, copied."""
        return take_snapshot(self)

    def restore(self, snapshot: Snapshot) -> None:
        """Go on from a snapshot of a trainer that was made with the same arguments.

        Raises
        ------
        CheckpointError
            When the snapshot does not fit.
        """
        self.keep_start()
        restore_snapshot(self, snapshot)


def take_snapshot(trainer: Any) -> Snapshot:
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
    read_waiting(trainer)
    arrays = {f"network.{name}": to_numpy(array).copy() for name, array in arrays_of(trainer.network).items()}
    arrays |= {f"optimizer.{name}": array for name, array in optimizer.state_arrays().items()}
    arrays |= {f"trace.{name}": array for name, array in trainer.traces.arrays().items()}
    return Snapshot(arrays, values_of(trainer))


def values_of(trainer: Any) -> dict[str, Any]:
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
        "generators": as_json(states_of(generators_of(layers_of(trainer.network)))),
    }


def kind_of_training(trainer: Any) -> dict[str, Any]:
    """Return what has to be the same for a snapshot to fit a trainer."""
    return {
        "optimizer": type(trainer.optimizer).__name__,
        "batch_size": int(trainer.batch_size),
        "samples": len(trainer.x_train),
        "epochs": int(trainer.epochs),
        "shards": trainer.shards,
    }


def options_of(trainer: Any) -> dict[str, float]:
    """Return the optimizer's options as they are now, which a callback may have changed since it was made."""
    own = trainer.optimizer
    options = own.options if isinstance(own, Optimizer) else {"lr": own.lr} if hasattr(own, "lr") else {}
    if trainer.schedule is not None:
        options["lr"] = trainer.base_lr  # of which the schedule takes a share in every step
    return {name: float(value) for name, value in options.items()}


def restore_snapshot(trainer: Any, snapshot: Snapshot) -> None:
    """Put a snapshot back into a trainer that was made with the same arguments.

    Raises
    ------
    CheckpointError
        When the snapshot does not fit; the trainer may then be half changed.
    """
    try:
        restore_parts(trainer, *snapshot)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        if isinstance(error, CheckpointError):
            raise
        raise CheckpointError(f"the checkpoint does not fit this training: {error!r}") from None


def restore_parts(trainer: Any, arrays: dict[str, np.ndarray], values: dict[str, Any]) -> None:
    """Check that a snapshot fits, then restore the network, the optimizer and the trainer itself."""
    check_kind_of_training(trainer, values)
    own, saved = arrays_of(trainer.network), part_of(arrays, "network")
    check_network(own, saved)
    options = checked_options(trainer, values["options"])
    generators = generators_of(layers_of(trainer.network))
    if len(generators) != len(values["generators"]):
        raise CheckpointError(
            f"the checkpoint has {len(values['generators'])} generators, the network {len(generators)}"
        )
    for name, array in own.items():
        put(array, saved[name])
    set_states(generators, values["generators"])
    trainer.optimizer.load_state_arrays(part_of(arrays, "optimizer"))
    for name, value in options.items():
        setattr(trainer.optimizer, name, value)
    trainer.base_lr = options.get("lr", trainer.base_lr)
    restore_progress(trainer, part_of(arrays, "trace"), values)


def restore_progress(trainer: Any, traces: dict[str, np.ndarray], values: dict[str, Any]) -> None:
    """Restore how far the trainer is: its counts, its records, and the order of the samples."""
    trainer.waiting = Waiting()
    trainer.traces.load(traces, values["stride"])
    trainer.history = History(values["history"])
    trainer.distributions = list(values["distributions"])
    for order in ("epoch_order", "order"):
        trainer.rng.bit_generator.state = values[order]
    trainer.epoch_order = values["epoch_order"]
    for name in ("goal", "first_step", "step", "batch", "total"):
        setattr(trainer, name, values[name])


def check_kind_of_training(trainer: Any, values: dict[str, Any]) -> None:
    """Raise CheckpointError unless the snapshot is that of a training with the same arguments."""
    for name, here in kind_of_training(trainer).items():
        if values.get(name) != here:
            raise CheckpointError(
                f"the checkpoint's {name.replace('_', ' ')} is {values[name]}, this training's {here}"
            )


def check_network(own: dict[str, np.ndarray], saved: dict[str, np.ndarray]) -> None:
    """Raise CheckpointError unless the arrays of a network have the names, dtypes and shapes of those in a snapshot."""
    expected, came = ({name: kind_of(array) for name, array in group.items()} for group in (own, saved))
    if expected != came:
        raise CheckpointError(f"the checkpoint's network holds {came}, this one {expected}")


def kind_of(array: np.ndarray) -> str:
    """Return dtype and shape in words."""
    return f"{array.dtype} {array.shape}"


def checked_options(trainer: Any, options: Any) -> dict[str, float]:
    """Return the optimizer's options in a snapshot, if they are numbers and those that it has."""
    expected = options_of(trainer)
    fits = isinstance(options, dict) and options.keys() == expected.keys()
    if not (fits and all(type(value) in (int, float) and math.isfinite(value) for value in options.values())):
        raise CheckpointError(f"the checkpoint's options of the optimizer are {options}, this training's {expected}")
    if isinstance(trainer.optimizer, Optimizer):
        return {name: checked_option("the checkpoint", name, value) for name, value in options.items()}
    return options


def part_of(arrays: dict[str, np.ndarray], part: str) -> dict[str, np.ndarray]:
    """Return the arrays whose names begin with the part's, without that."""
    return {name[len(part) + 1 :]: array for name, array in arrays.items() if name.startswith(f"{part}.")}


def arrays_of(network: Any) -> dict[str, np.ndarray]:
    """Return a network's parameters, and its state where it has one."""
    return {**network.params, **getattr(network, "state", {})}
