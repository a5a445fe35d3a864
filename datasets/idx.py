"""The IDX format, in which MNIST and its relatives are published.

::

    bytes          meaning
    0 0            always zero
    type           0x08 unsigned byte, 0x09 signed byte, 0x0B int16, 0x0C int32, 0x0D float32, 0x0E float64
    axes           number of axes
    4 per axis     length of the axis, big-endian
    the rest       the values, big-endian, last axis fastest

Source: http://yann.lecun.com/exdb/mnist/, "The IDX file format".
"""

import math
import os
import zlib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import numpy as np

from datasets.formats.errors import DataError

DTYPES = {0x08: ">u1", 0x09: ">i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}
GZIP_MAGIC = b"\x1f\x8b"
GZIP_MAX_RATIO = 1032  # deflate never packs bytes tighter than this
MOST_TIMES = 2  # that a file is unpacked: some downloads are a gzip file inside a gzip file
CHUNK = 1 << 16


class IdxError(DataError):
    """A file that should be in the IDX format is not, or is damaged."""


def read_idx(path: str | os.PathLike[str]) -> np.ndarray:
    """Read an IDX file, plain or compressed by gzip, once or twice (whichever its name says).

    Raises
    ------
    IdxError
        When the file is truncated, corrupt, too long, or in another format. The message names the file.
    OSError
        When it cannot be read.
    """
    path = Path(path)
    try:
        with open(path, "rb") as file:
            pieces, times = unpacked(chunks_of(file))
            return read_array(pieces, largest=path.stat().st_size * GZIP_MAX_RATIO**times)
    except IdxError as error:
        raise IdxError(f"{path}: {error}") from None
    except zlib.error as error:
        raise IdxError(f"{path}: corrupt gzip file ({error})") from None


def chunks_of(file: BinaryIO) -> Iterator[bytes]:
    """Yield the content of an open file in pieces."""
    while chunk := file.read(CHUNK):
        yield chunk


def unpacked(pieces: Iterator[bytes]) -> tuple[Iterator[bytes], int]:
    """Return the content in pieces, decompressed as long as it is a gzip file, and how many times that was."""
    for times in range(MOST_TIMES + 1):
        head = read_at_least(len(GZIP_MAGIC), b"", pieces)
        pieces = chain([head], pieces)
        if times == MOST_TIMES or not head.startswith(GZIP_MAGIC):
            break
        pieces = decompressed(pieces)
    return pieces, times


def decompressed(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield what gzip made the pieces of; a gzip file may consist of several, one behind the other."""
    piece = next(pieces, b"")
    while piece:
        unpacker = zlib.decompressobj(wbits=31)
        while piece and not unpacker.eof:
            yield unpacker.decompress(piece)
            piece = unpacker.unused_data or next(pieces, b"")
        if not unpacker.eof:
            raise IdxError("truncated: the gzip file ends early")


def read_array(pieces: Iterator[bytes], largest: int) -> np.ndarray:
    """Read the header, then the values; ``largest`` bounds in bytes what the file can hold at all."""
    dtype, shape, rest = read_header(pieces)
    promise = f"its header promises {math.prod(shape) * dtype.itemsize:,} bytes of values (shape {shape})"
    if math.prod(shape) * dtype.itemsize > largest:
        raise IdxError(f"truncated: {promise}, more than the file can hold")
    values, count = np.empty(math.prod(shape) * dtype.itemsize, np.uint8), 0
    piece: bytes | None = rest
    while piece is not None:
        if count + len(piece) > len(values):
            raise IdxError(f"too long: {promise}, it holds more")
        values[count : count + len(piece)] = np.frombuffer(piece, np.uint8)
        count += len(piece)
        piece = next(pieces, None)
    if count < len(values):
        raise IdxError(f"truncated: {promise}, it holds {count:,}")
    return values.view(dtype).astype(dtype.newbyteorder("="), copy=False).reshape(shape)


def read_header(pieces: Iterator[bytes]) -> tuple[np.dtype, tuple[int, ...], bytes]:
    """Return the dtype and the shape that the header promises, and the first bytes after it."""
    head = read_at_least(4, b"", pieces)
    if len(head) < 4:
        raise IdxError(f"not an IDX file: it holds only {len(head)} bytes")
    if head[:2] != b"\0\0" or head[2] not in DTYPES or head[3] == 0:
        raise IdxError(
            f"not an IDX file: it starts with {head[:4].hex(' ')}, but an IDX file of bytes starts with 00 00 08"
        )
    size = 4 + 4 * head[3]
    head = read_at_least(size, head, pieces)
    if len(head) < size:
        raise IdxError("truncated: it ends within its header")
    shape = tuple(int(n) for n in np.frombuffer(head[4:size], ">u4"))
    return np.dtype(DTYPES[head[2]]), shape, head[size:]


def read_at_least(size: int, head: bytes, pieces: Iterator[bytes]) -> bytes:
    """Append pieces to ``head`` until it has that size, or nothing is left."""
    while len(head) < size and (piece := next(pieces, None)) is not None:
        head += piece
    return head
