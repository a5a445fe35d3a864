"""The folder in which a training run leaves what it made."""

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from networks.files import whole_file
from training.interrupts import ctrl_c_deferred


class RunFolder:
    """A folder that belongs to one run.

    Making the object claims the folder: it writes the first ``history.json`` there, and fails when the
    folder has a run already. Every file is replaced as a whole, so that what can be read is never half a file.

    Parameters
    ----------
    path : Path
    config : dict
        What was trained and how; goes into ``history.json``.

    Raises
    ------
    FileExistsError
        When there is a run in the folder.
    OSError
        When the folder cannot be written.
    """

    def __init__(self, path: Path, config: dict[str, Any]) -> None:
        self.path = path
        self.model, self.history, self.curves = path / "model.npz", path / "history.json", path / "curves.png"
        self.config = config
        if path.exists() and not path.is_dir():
            raise NotADirectoryError(f"{path} is a file, expected a folder for the run")
        if self.model.exists() or self.curves.exists():
            raise already_there(path)
        try:
            path.mkdir(parents=True, exist_ok=True)
            os.close(os.open(self.history, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        except FileExistsError:
            raise already_there(path) from None
        except OSError as error:
            raise cannot_write(path, error) from None
        with self.named_in_errors():
            self.write_history([])

    def keep_epoch(self, network: Any, epochs: list[dict[str, Any]]) -> None:
        """Write the model and the history of a whole epoch, both or, on Ctrl-C before it begins, neither."""
        with ctrl_c_deferred(), self.named_in_errors():
            network.save(self.model)
            self.write_history(epochs)

    def keep_picture(self, save: Callable[[Path], None]) -> None:
        """Have the picture saved under its name."""
        with self.named_in_errors():
            save(self.curves)

    @contextmanager
    def named_in_errors(self) -> Iterator[None]:
        """Name the folder in the errors of writing to it, such as a full disk."""
        try:
            yield
        except OSError as error:
            raise cannot_write(self.path, error) from None

    def write_history(self, epochs: list[dict[str, Any]]) -> None:
        """Write the configuration and the epochs so far."""
        final = epochs[-1]["test_accuracy"] if epochs else None
        content = {"config": self.config, "epochs": epochs, "final_test_accuracy": final}
        with whole_file(self.history) as file:
            file.write(json.dumps(content, indent=2).encode() + b"\n")


def already_there(path: Path) -> FileExistsError:
    """Return the error for a folder that has a run in it."""
    return FileExistsError(f"{path} holds a run already, and a run is never overwritten; choose another folder")


def cannot_write(path: Path, error: OSError) -> OSError:
    """Return the error for a folder that the system does not let us make or write to."""
    return OSError(f"cannot write a run to {path}: {error.strerror or error}")


def new_run_folder(parent: Path, dataset: str, config: dict[str, Any]) -> RunFolder:
    """Return a run folder ``<dataset>-<date>-<time>`` under a name that is free."""
    name = f"{dataset}-{time.strftime('%Y%m%d-%H%M%S')}"
    path, attempt = parent / name, 1
    while True:
        try:
            path.mkdir(parents=True)
            return RunFolder(path, config)
        except OSError as error:
            if not (isinstance(error, FileExistsError) and path.exists()):
                raise cannot_write(path, error) from None
        attempt += 1
        path = parent / f"{name}-{attempt}"
