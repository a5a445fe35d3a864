"""MNIST: 70,000 handwritten digits, 28 x 28 pixels, ten classes; and data sets in the same format.

Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits", 1998.
"""

import os
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np

from datasets.arrange import Split, arrange
from datasets.download import DownloadError, download
from datasets.formats.image_data import ImageData
from datasets.idx import IdxError, read_idx
from language import N_, _

MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
)


class File(NamedTuple):
    """One of the four files: the SHA-256 and the size in bytes of its uncompressed content."""

    sha256: str
    size: int


FILES = {
    "train-images-idx3-ubyte": File("ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db", 47_040_016),
    "train-labels-idx1-ubyte": File("65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5", 60_008),
    "t10k-images-idx3-ubyte": File("0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7", 7_840_016),
    "t10k-labels-idx1-ubyte": File("ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2", 10_008),
}

IMAGES = N_("{path}: expected images (3 axes of bytes), got shape {shape} of {dtype}")
LABELS = N_("{path}: expected labels (1 axis of bytes), got shape {shape} of {dtype}")


def load_mnist(
    normalize: bool = True,
    flatten: bool = True,
    one_hot_label: bool = False,
    data_dir: str | os.PathLike[str] | None = None,
) -> Split:
    """Load MNIST, or another data set in its format.

    The files are taken from ``data_dir``, where that is given; otherwise from the folder ``mnist`` in
    ``$CHAINRULE_DATA``, then from the user's cache folder, to which they are downloaded when missing.

    Parameters
    ----------
    normalize : bool
        float32 pixels in 0..1; otherwise uint8 in 0..255.
    flatten : bool
        Images of shape (N, 784); otherwise (N, 1, 28, 28).
    one_hot_label : bool
        Labels of shape (N, 10), float32; otherwise (N,), integers.
    data_dir : path, optional
        A folder with four files named as MNIST's, plain or ``.gz``: MNIST itself, Fashion-MNIST, Kuzushiji. Or a folder
        or file in another of the formats in ``docs/data.md``, such as EMNIST, Keras's ``mnist.npz``, or CSV.

    Returns
    -------
    (x_train, t_train), (x_test, t_test)

    Raises
    ------
    FileNotFoundError
        When one of the four files is missing from the folder.
    DataError
        When a file is damaged or not what its name says; IdxError, which is one, in the case of IDX files.
    DownloadError
        When the files had to be downloaded, and no mirror gave them.
    """
    path = locate_mnist(data_dir)
    return arranged(read_data(path), path, normalize, flatten, one_hot_label)


def arranged(data: ImageData, path: Path, normalize: bool, flatten: bool, one_hot_label: bool) -> Split:
    """Return images and labels in the form that the options ask for."""
    try:
        return arrange(data.train, data.test, data.white, normalize, flatten, one_hot_label)
    except ValueError as error:
        raise IdxError(f"{path}: {error}") from None


def locate_mnist(data_dir: str | os.PathLike[str] | None = None) -> Path:
    """Return the folder with the four files, downloaded to the cache folder where needed."""
    if data_dir is not None:
        return Path(data_dir)
    folder = find_mnist()
    if folder is not None:
        return folder
    try:
        return download_mnist(cache_folder())
    except DownloadError as error:
        named = named_folder()
        if named is None:
            raise
        raise DownloadError(error.name, {str(named): _("none of the four files is there")} | error.failures) from None


def find_mnist() -> Path | None:
    """Return the folder on this machine that holds MNIST, or None: ``$CHAINRULE_DATA/mnist`` or the cache."""
    for folder in filter(None, (named_folder(), cache_folder())):
        present = [name for name in FILES if find_file(folder, name)]
        if present and (folder != cache_folder() or len(present) == len(FILES)):
            return folder
    return None


def named_folder() -> Path | None:
    """Return ``$CHAINRULE_DATA/mnist``, or None where that variable is not set."""
    data = os.environ.get("CHAINRULE_DATA")
    return Path(data, "mnist") if data else None


def download_mnist(folder: Path) -> Path:
    """Download those of the four files that are not in the folder, and return the folder."""
    for name, (sha256, size) in FILES.items():
        if not find_file(folder, name):
            download([f"{mirror}{name}.gz" for mirror in MIRRORS], folder / f"{name}.gz", sha256, max_bytes=size)
    return folder


def read_data(path: Path) -> ImageData:
    """Read the four files of a folder, or what else is there, or a file."""
    if not path.exists() or any(find_file(path, name) for name in FILES):
        return read_four_files(path)
    from datasets.formats.reading import read_file, read_folder  # here, because most have the four files

    return (read_folder(path) or read_four_files(path)) if path.is_dir() else read_file(path)


def read_four_files(folder: Path) -> ImageData:
    """Read the four files that are named as MNIST's."""
    paths = require_files(folder)
    arrays = [read_idx(path) for path in paths]
    for path, array, axes in zip(paths, arrays, (3, 1, 3, 1), strict=True):
        if array.ndim != axes or array.dtype != np.uint8:
            text = IMAGES if axes == 3 else LABELS
            raise IdxError(_(text, path=path, shape=array.shape, dtype=array.dtype))
        if array.size == 0:
            raise IdxError(_("{path}: there are no samples in it (shape {shape})", path=path, shape=array.shape))
    x_train, t_train, x_test, t_test = arrays
    return ImageData((x_train, t_train), (x_test, t_test))


def require_files(folder: Path) -> list[Path]:
    """Return the paths of the four files, or raise FileNotFoundError that names the missing ones."""
    paths = {name: find_file(folder, name) for name in FILES}
    missing = [name for name, path in paths.items() if path is None]
    if not missing:
        return [path for path in paths.values() if path]
    if not folder.is_dir():
        raise FileNotFoundError(_("{folder} is not a folder; expected one with MNIST's four files", folder=folder))
    found = nearest_folder(folder)
    hint = "; " + _("there is a folder {found}: is that the one?", found=found) if found else ""
    raise FileNotFoundError(
        _(
            "{folder} lacks {count} of the four files: {missing} (plain or .gz, '-idx' or '.idx')",
            folder=folder,
            count=len(missing),
            missing=", ".join(missing),
        )
        + hint
    )


def nearest_folder(folder: Path) -> Path | None:
    """Return the folder within another that was probably meant, or None."""
    from datasets.formats.reading import folder_with_data

    return folder / "mnist" if (folder / "mnist").is_dir() else folder_with_data(folder)


def find_file(folder: Path, name: str) -> Path | None:
    """Return the file of that name in any of its spellings: plain or .gz, ``-idx3-`` or ``.idx3-``."""
    for spelling in (name, name.replace("-idx", ".idx")):
        for path in (folder / spelling, folder / f"{spelling}.gz"):
            if path.is_file():
                return path
    return None


def cache_folder() -> Path:
    """Return the user's cache folder for MNIST, as the operating system has it."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base, "chainrule", "mnist")
