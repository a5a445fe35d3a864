"""Arrays by name with a description in JSON, in one ``.npz``: the form of model files and of checkpoints.

Nothing in such a file is ever executed when it is read.
"""

import json
import zipfile
from typing import Any, BinaryIO

import numpy as np

DESCRIPTION = "meta"  # the name under which the JSON text stands among the arrays
LARGEST_RATIO = 20  # of the arrays to the file that they are unpacked from


def write_archive(file: BinaryIO, description: dict[str, Any], arrays: dict[str, np.ndarray]) -> None:
    """Write arrays and their description to an open file."""
    entries: dict[str, Any] = {DESCRIPTION: np.array(json.dumps(description)), **arrays}
    np.savez(file, **entries)


def read_archive(file: BinaryIO, size: int) -> tuple[Any, dict[str, np.ndarray]]:
    """Return the description and the arrays in an open file of ``size`` bytes.

    Raises
    ------
    Exception
        Whatever the first damaged part of a damaged file makes fail.
    """
    archive = np.load(file, allow_pickle=False)
    if isinstance(archive, np.ndarray):
        raise ValueError(
            f"it holds a single array of shape {archive.shape}, as np.save writes it; expected a .npz archive"
        )
    with archive:
        check_unpacked_size(archive.zip.infolist(), size)
        arrays = {name: archive[name] for name in archive.files}
    return json.loads(str(arrays.pop(DESCRIPTION))), arrays


def check_unpacked_size(members: list[zipfile.ZipInfo], size: int) -> None:
    """Raise ValueError when a small file would become large arrays."""
    unpacked = sum(member.file_size for member in members)
    if unpacked > LARGEST_RATIO * size + 100_000:
        raise ValueError(f"its {size:,} bytes would be unpacked to {unpacked:,}")
