"""Small data sets in every format, written as the programs of others write them."""

import gzip
import pickle
import struct

import numpy as np
from PIL import Image

from tests_support import idx_bytes

SIDE = 5  # pixels


def images(count, seed=0, side=SIDE):
    """Images with an empty border, as MNIST's, and labels that go through 0, 1, 2."""
    rng = np.random.default_rng(seed)
    x = np.zeros((count, side, side), np.uint8)
    x[:, 1:-1, 1:-1] = rng.integers(1, 256, (count, side - 2, side - 2))
    return x, (np.arange(count) % 3).astype(np.uint8)


def write(path, content, compressed=False):
    """Write bytes, and the folders above them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(content, mtime=0) if compressed else content)
    return path


def write_idx_set(folder, prefix="qmnist-", test="test", train_pair=None, test_pair=None, compressed=True):
    """Write four IDX files of a prefix."""
    for part, (x, t) in (("train", train_pair or images(12)), (test, test_pair or images(6, seed=1))):
        ending = ".gz" if compressed else ""
        write(folder / f"{prefix}{part}-images-idx3-ubyte{ending}", idx_bytes(x), compressed)
        write(folder / f"{prefix}{part}-labels-idx1-ubyte{ending}", idx_bytes(t), compressed)
    return folder


def int_idx_bytes(array):
    """An IDX file of 32-bit integers, as QMNIST has its labels."""
    return (
        bytes([0, 0, 0x0C, array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape) + array.astype(">i4").tobytes()
    )


def csv_lines(x, t, label="first", header=True, separator=","):
    """Text with a line for each image."""
    pixels = x.reshape(len(x), -1)
    columns = [t[:, np.newaxis], pixels] if label == "first" else [pixels, t[:, np.newaxis]]
    names = [f"pixel{place}" for place in range(pixels.shape[1])]
    names = ["label", *names] if label == "first" else [*names, "label"]
    lines = [names] if header else []
    lines += [[str(value) for value in row] for row in np.hstack(columns).tolist()]
    return "".join(separator.join(line) + "\n" for line in lines).encode()


def write_pictures(folder, x, t, names="0123456789", suffix="png"):
    """Write a picture for each image, in the folder of its class."""
    for place, (image, label) in enumerate(zip(x, t, strict=True)):
        path = folder / str(names[label]) / f"{place}.{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(image).save(path)
    return folder


def pickled(protocol):
    """The pickle of two arrays, as textbooks have MNIST."""
    return pickle.dumps({"train_img": np.zeros(3), "train_label": [1, 2]}, protocol=protocol)
