"""What the processes that do not write have in place of a run folder."""

from pathlib import Path
from typing import Any

from training.loop.snapshots import Snapshot


class Watching:
    """The run as the leading process writes it; nothing is written here.

    Parameters
    ----------
    config : dict
    path : Path
    snapshot : Snapshot, optional
    """

    def __init__(self, config: dict[str, Any], path: Path, snapshot: Snapshot | None = None) -> None:
        self.config, self.path, self.snapshot = config, path, snapshot

    def keep_epoch(self, network: Any, epochs: list[dict[str, Any]]) -> None:
        """Write nothing."""

    def keep_checkpoint(self, snapshot: Snapshot) -> None:
        """Write nothing."""

    def write_history(self, epochs: list[dict[str, Any]]) -> None:
        """Write nothing."""

    def close(self) -> None:
        """Close nothing."""
