"""The folder in which a training run leaves what it made."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from language import _
from networks.files.whole_file import UNFINISHED, whole_file
from training.loop.snapshots import CheckpointError, Snapshot
from training.run.checkpoints import Checkpoints
from training.run.lock import FolderInUse, FolderLock


class RunFolder:
    """A folder that belongs to one run, and to one process at a time.

    Every file is replaced as a whole, so that what can be read is never half a file. The first is ``history.json``,
    with the configuration, which is all that is needed to begin; every checkpoint holds the configuration too, so that
    with one of them alone the run goes on.

    Use :meth:`create` for a new run and :meth:`reopen` to go on with one.

    Attributes
    ----------
    path : Path
    model, history : Path
        The network after the last whole epoch, and the configuration with the numbers of all epochs.
    checkpoints : Checkpoints
    config : dict
        What was trained and how.
    snapshot : Snapshot or None
        Where a run that goes on stands; None when it begins.
    findings : list of dict or None
        What is wrong with the run; None as long as nobody has looked.
    """

    def __init__(self, path: Path, lock: FolderLock, config: dict[str, Any], snapshot: Snapshot | None = None) -> None:
        self.path, self.lock, self.config, self.snapshot = path, lock, config, snapshot
        self.model, self.history = path / "model.npz", path / "history.json"
        self.checkpoints = Checkpoints(path)
        self.findings: list[dict[str, Any]] | None = None

    @classmethod
    def create(cls, path: Path, config: dict[str, Any]) -> "RunFolder":
        """Return the folder for a new run, with its configuration written.

        A run that failed before it had a checkpoint left nothing but its configuration, and gives way.

        Raises
        ------
        FileExistsError
            When there is a run in the folder.
        OSError
            When the folder cannot be written, or another run is writing into it.
        """
        if path.exists() and not path.is_dir():
            raise NotADirectoryError(_("{path} is a file, expected a folder for the run", path=path))
        with named_in_errors(path):
            path.mkdir(parents=True, exist_ok=True)
            folder = cls(path, FolderLock(path), config)
        mine = (folder.model, folder.checkpoints.latest, folder.checkpoints.before, path / "curves.png")
        try:
            if any(file.exists() for file in mine) or (folder.history.exists() and not is_unused(folder.history)):
                raise FileExistsError(
                    _("{path} holds a run already, and a run is never overwritten; choose another folder", path=path)
                )
            folder.clear_unfinished()
            folder.write_history([])
        except BaseException:
            folder.close()
            raise
        return folder

    @classmethod
    def reopen(cls, path: Path) -> "RunFolder":
        """Return the folder of a run that goes on.

        Raises
        ------
        FileNotFoundError
            When there is no run in the folder.
        CheckpointError
            When there are checkpoints, and none is whole.
        ValueError
            When there is no checkpoint, and its ``history.json`` is none, or tells of epochs that only a checkpoint
            could go on from.
        OSError
            When the folder cannot be written, or another run is writing into it.
        """
        checkpoints, history = Checkpoints(path), path / "history.json"
        if not (history.is_file() or checkpoints.latest.exists() or checkpoints.before.exists()):
            raise FileNotFoundError(
                _("there is no run in {path}: it holds neither a history.json nor a checkpoint", path=path)
            )
        with named_in_errors(path):
            lock = FolderLock(path)
        try:
            snapshot = checkpoints.read()
            config = config_at_the_start(history) if snapshot is None else config_in(snapshot, checkpoints.latest)
            folder = cls(path, lock, config, snapshot)
            folder.checkpoints = checkpoints
            folder.clear_unfinished()
        except BaseException:
            lock.release()
            raise
        return folder

    def clear_unfinished(self) -> None:
        """Remove what a killed program was writing."""
        with self.writing():
            for unfinished in self.path.glob(UNFINISHED):
                unfinished.unlink(missing_ok=True)

    def keep_epoch(self, network: Any, epochs: list[dict[str, Any]]) -> None:
        """Write the model and the history of a whole epoch."""
        with self.writing():
            network.save(self.model)
        self.write_history(epochs)

    def keep_checkpoint(self, snapshot: Snapshot) -> None:
        """Write a checkpoint, with the configuration in it."""
        with self.writing():
            self.checkpoints.write(Snapshot(snapshot.arrays, {**snapshot.values, "config": self.config}))

    def keep(self, name: str, save: Callable[[Path], None]) -> Path:
        """Have a file, such as a picture, saved under a name, and return its path."""
        with self.writing():
            save(self.path / name)
        return self.path / name

    def write_history(self, epochs: list[dict[str, Any]]) -> None:
        """Write the configuration and the epochs so far."""
        last = epochs[-1] if epochs else {}
        final = {"final_test_accuracy": last.get("test_accuracy")}
        if "test_loss" in last:
            final["final_test_loss"] = last["test_loss"]
        found = {} if self.findings is None else {"findings": self.findings}
        content = {"config": self.config, "epochs": list(epochs), **final, **found}
        with self.writing(), whole_file(self.history) as file:
            file.write(json.dumps(content, indent=2).encode() + b"\n")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Name the folder in errors of writing to it, of which one is that another folder bears its name now."""
        with named_in_errors(self.path):
            self.lock.require_place(self.path)
            yield

    def close(self) -> None:
        """Let other processes write into the folder."""
        self.lock.release()


class SeenRun(NamedTuple):
    """A run that is only read: its folder, and its configuration."""

    path: Path
    config: dict[str, Any]


def config_in(snapshot: Snapshot, path: Path) -> dict[str, Any]:
    """Return the configuration in a checkpoint."""
    config = snapshot.values.get("config")
    if not isinstance(config, dict):
        raise CheckpointError(_("{path} does not tell how its run began", path=path))
    return config


def config_at_the_start(history: Path) -> dict[str, Any]:
    """Return the configuration in the history of a run that has no checkpoint yet."""
    config, epochs = read_history(history)
    if epochs:
        raise ValueError(
            _(
                "{history} tells of {count} epochs, but their checkpoints are gone, so the run cannot go on",
                history=history,
                count=len(epochs),
            )
        )
    return config


def read_history(history: Path) -> tuple[dict[str, Any], list[Any]]:
    """Return the configuration and the epochs in a ``history.json``."""
    try:
        content = json.loads(history.read_text(encoding="utf-8"))
        config, epochs = content["config"], content["epochs"]
        if not (isinstance(config, dict) and isinstance(epochs, list)):
            raise TypeError(_("its config is not an object, or its epochs are not a list"))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ValueError(
            _("{history} is not the history of a run: {error}", history=history, error=error or type(error).__name__)
        ) from None
    return config, epochs


def is_unused(history: Path) -> bool:
    """Return whether a ``history.json`` is that of a run of which no epoch was whole."""
    try:
        return not read_history(history)[1]
    except (ValueError, OSError):
        return False


@contextmanager
def named_in_errors(path: Path) -> Iterator[None]:
    """Name the folder in the errors of writing to it, such as a full disk."""
    try:
        yield
    except FolderInUse:
        raise
    except OSError as error:
        raise OSError(_("cannot write a run to {path}: {error}", path=path, error=error.strerror or error)) from None


def new_run_folder(parent: Path, dataset: str, config: dict[str, Any]) -> RunFolder:
    """Return a run folder ``<dataset>-<date>-<time>`` under a name that is free."""
    name = f"{dataset}-{time.strftime('%Y%m%d-%H%M%S')}"
    path, attempt = parent / name, 1
    while True:
        try:
            path.mkdir(parents=True)
            return RunFolder.create(path, config)
        except OSError as error:
            if not (isinstance(error, FileExistsError) and path.exists()):
                with named_in_errors(path):
                    raise
        attempt += 1
        path = parent / f"{name}-{attempt}"
