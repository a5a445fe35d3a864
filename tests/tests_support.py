"""What several tests need and no fixture gives."""

import gzip
import os
import struct
import subprocess

import numpy as np
import pytest

SHAPES = {
    "train-images-idx3-ubyte": (6, 4, 3),
    "train-labels-idx1-ubyte": (6,),
    "t10k-images-idx3-ubyte": (4, 4, 3),
    "t10k-labels-idx1-ubyte": (4,),
}


def small_arrays():
    """A data set in MNIST's format with 6 and 4 images of 4 x 3 pixels."""
    rng = np.random.default_rng(0)
    return [rng.integers(0, 256 if len(s) == 3 else 10, s, dtype=np.uint8) for s in SHAPES.values()]


def idx_bytes(array):
    return bytes([0, 0, 8, array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape) + array.tobytes()


def write_folder(folder, compressed=True, dot=False, **changes):
    """Write the four files of a small data set, with some arrays changed, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    names = ("x_train", "t_train", "x_test", "t_test")
    for key, name, array in zip(names, SHAPES, small_arrays(), strict=True):
        content = idx_bytes(changes.get(key, array))
        file = name.replace("-idx", ".idx") if dot else name
        (folder / (f"{file}.gz" if compressed else file)).write_bytes(gzip.compress(content) if compressed else content)
    return folder


def folder_contents(folder):
    return sorted(path.name for path in folder.iterdir())


WHOLE = os.environ.get("CHAINRULE_WHOLE") == "1"


def part(corpus, share):
    """Every so many-th of a corpus, which is enough to see that something broke; all of it with CHAINRULE_WHOLE=1."""
    return list(corpus)[:: 1 if WHOLE else share]


def few_quick(values, *quick):
    """Parameters of which only those named are in the quick tier; a tuple holds several."""
    return [
        value if value in quick else exhaustive(*(value if isinstance(value, tuple) else [value])) for value in values
    ]


def exhaustive(*values):
    """Parameters of the exhaustive tier."""
    return pytest.param(*values, marks=pytest.mark.exhaustive)


def on_a_disk_of_its_own(disk, size):
    """Words that run a command with a small disk mounted at that folder; skips where that cannot be done."""
    words = ["unshare", "-rm", "sh", "-c", f'mount -t tmpfs -o size={size} tmpfs "$0" && exec "$@"', str(disk)]
    try:
        tried = subprocess.run([*words, "true"], capture_output=True, text=True, timeout=30)
    except FileNotFoundError:
        pytest.skip("this system has no unshare, with which a small disk is made")
    if tried.returncode != 0:
        pytest.skip(f"a small disk cannot be made here: {tried.stderr.strip()}")
    return words
