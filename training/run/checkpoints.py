"""Checkpoints: files from which training goes on as if it had never been interrupted.

A checkpoint holds everything that decides the future of a run: arrays by name, and plain values as a JSON text. It is
a ``.npz`` file, of which nothing is ever executed when it is read, with the SHA-256 of all that stands before it at its
end, so that a file that lost a byte, or in which one bit is wrong, is recognised.

There are always two: the last one, and the one before, to which :meth:`Checkpoints.read` falls back.
"""

import hashlib
import io
from pathlib import Path

from language import _
from networks.files.archive import read_archive, write_archive
from networks.files.whole_file import whole_file
from training.loop.snapshots import CheckpointError, Snapshot

FORMAT, VERSION = "chainrule checkpoint", 1
DIGEST_BYTES = hashlib.sha256().digest_size


class Checkpoints:
    """The checkpoints in a run's folder.

    Parameters
    ----------
    folder : Path

    Attributes
    ----------
    latest, before : Path
        The last checkpoint, and the one before it.
    damaged : list of str
        What :meth:`read` found wrong with files that it passed over; nothing, once another one is written.
    """

    def __init__(self, folder: Path) -> None:
        self.latest, self.before = folder / "checkpoint.npz", folder / "checkpoint-before.npz"
        self.damaged: list[str] = []

    def write(self, snapshot: Snapshot) -> None:
        """Write a checkpoint; the last one, unless it is damaged, becomes the one before.

        Nothing that fails costs a good one.
        """
        content = to_bytes(snapshot)
        with whole_file(self.latest, moved_away=None if self.damaged else self.before) as file:
            file.write(content)
        self.damaged = []

    def read(self) -> Snapshot | None:
        """Return the last checkpoint that is whole; None when none was written yet.

        Raises
        ------
        CheckpointError
            When there are checkpoints, and none is whole.
        """
        self.damaged = []
        found = [path for path in (self.latest, self.before) if path.exists()]
        for path in found:
            try:
                return from_bytes(path.read_bytes())
            except CheckpointError as error:
                self.damaged.append(f"{path.name} {error}")
            except OSError as error:
                self.damaged.append(_("{file} cannot be read: {error}", file=path.name, error=error.strerror or error))
        if found:
            raise CheckpointError(
                _(
                    "no checkpoint in {folder} is whole: {damaged}",
                    folder=self.latest.parent,
                    damaged="; ".join(self.damaged),
                )
            )
        return None


def to_bytes(snapshot: Snapshot) -> bytes:
    """Return a snapshot as the content of a file.

    >>> import numpy as np
    >>> content = to_bytes(Snapshot({"W1": np.ones(2)}, {"step": 3}))
    >>> from_bytes(content)
    Snapshot(arrays={'W1': array([1., 1.])}, values={'step': 3})
    """
    meta = {"format": FORMAT, "version": VERSION, **snapshot.values}
    buffer = io.BytesIO()
    write_archive(buffer, meta, snapshot.arrays)
    content = buffer.getvalue()
    return content + hashlib.sha256(content).digest()


def from_bytes(content: bytes) -> Snapshot:
    """Return the snapshot in the content of a file.

    Raises
    ------
    CheckpointError
        When it is damaged, or of another format or version.
    """
    content, digest = content[:-DIGEST_BYTES], content[-DIGEST_BYTES:]
    if hashlib.sha256(content).digest() != digest:
        raise CheckpointError(_("is damaged: its length or its bytes differ from what was written"))
    try:
        values, arrays = read_archive(io.BytesIO(content), len(content))
    except Exception as error:  # a damaged archive raises whatever its first damaged part makes fail
        raise CheckpointError(_("is no checkpoint: {error}", error=error or type(error).__name__)) from None
    if not isinstance(values, dict) or values.pop("format", None) != FORMAT:
        raise CheckpointError(_("is no checkpoint: it lacks the format {format!r}", format=FORMAT))
    version = values.pop("version", None)
    if version != VERSION:
        raise CheckpointError(_("has format version {found!r}, this program reads {read}", found=version, read=VERSION))
    return Snapshot(arrays, values)
