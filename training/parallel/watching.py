"""What the processes that do not write have in place of a run folder."""

from pathlib import Path
from typing import Any

from training.loop.snapshots import Snapshot
from training.run.folder import RunFolder


class Watching(RunFolder):
    """The run as the leading process writes it; nothing is written here.

    Parameters
    ----------
    path : Path
    config : dict
    snapshot : Snapshot, optional
    """

    def __init__(self, path: Path, config: dict[str, Any], snapshot: Snapshot | None = None) -> None:
        self.path, self.config, self.snapshot, self.findings = path, config, snapshot, None

    def keep_epoch(self, network: Any, epochs: list[dict[str, Any]]) -> None:
        """Write nothing."""

    def keep_checkpoint(self, snapshot: Snapshot) -> None:
        """Write nothing."""

    def write_history(self, epochs: list[dict[str, Any]]) -> None:
        """Write nothing."""

    def close(self) -> None:
        """Close nothing."""
