"""What a file is, by its first bytes and not by its name; and why some kinds are not read."""

import re
import zlib
from pathlib import Path

from datasets.formats.errors import DataError
from datasets.idx import DTYPES, IdxError, read_at_least, unpacked
from language import N_, _

HEAD = 512  # bytes

IDX, NPZ, NPY, PICTURE, TEXT, EMPTY, PICKLE, BINARY, BROKEN = (
    "idx npz npy picture text empty pickle binary broken".split()
)

PICTURES = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}

# protocols 2 to 5 of pickle; then 0 and 1, in which a list, a dictionary, a tuple or an array begins
PICKLES = re.compile(
    rb"\x80[\x02-\x05][\x95\]}()cX\x8c]|\(?c[A-Za-z_][\w.]*\n[A-Za-z_]\w*\n|\([ldt]p?\d*\n|[\]}]q\x00|\(\]q"
)

FOREIGN = {
    b"PK\x03\x04": N_("a zip archive: unpack it, and pass the folder"),
    b"BZh": N_("compressed by bzip2: unpack it first"),
    b"\xfd7zXZ\x00": N_("compressed by xz: unpack it first"),
    b"\x28\xb5\x2f\xfd": N_("compressed by zstd: unpack it first"),
    b"7z\xbc\xaf\x27\x1c": N_("a 7z archive: unpack it, and pass the folder"),
    b"Rar!": N_("a rar archive: unpack it, and pass the folder"),
    b"PAR1": N_("a Parquet file: save it as CSV, as pandas does with read_parquet(...).to_csv(..., index=False)"),
    b"\x89HDF": N_("an HDF5 file: save its arrays with numpy.savez"),
    b"MATLAB 5.0": N_("a MATLAB file: save its arrays with numpy.savez, as scipy.io.loadmat reads them"),
    b"SQLite format 3": N_("a SQLite database: save the table as CSV"),
    b"\xd0\xcf\x11\xe0": N_("an old Excel workbook: save the sheet as CSV"),
    b"version https://git-lfs": N_("only Git's pointer to the file: git lfs pull brings the file itself"),
}
WEB_PAGE = re.compile(rb"\s*<(!doctype html|html|\?xml)", re.IGNORECASE)

REFUSED_PICKLE = N_(
    "{path} is a pickle, which can run any program of whoever made it when it is loaded, and is not read; have its "
    "arrays saved by whoever trusts it: numpy.savez('data.npz', x_train=..., y_train=..., x_test=..., y_test=...)"
)

REFUSED_ARRAY = N_(
    "{path} holds an array of objects, which is a pickle: it can run any program of whoever made it when it is loaded, "
    "and is not read; save numbers or words in its place, such as array.astype(float) or array.astype(str)"
)


def kind_or_broken(path: Path) -> str:
    """Return what a file is, where it is one of many: BROKEN when it cannot be read."""
    try:
        return kind_of(path)
    except (DataError, OSError):
        return BROKEN


def kind_of(path: Path) -> str:
    """Return what a file is, as far as its first bytes, unpacked where they are gzip, tell.

    Raises
    ------
    DataError
        When it is compressed and the compression is damaged at its very beginning.
    OSError
        When it cannot be read.
    """
    head = head_of(path)
    if not head:
        return EMPTY
    if head[:2] == b"\0\0" and len(head) >= 4 and head[2] in DTYPES and head[3]:
        return IDX
    for beginning, kind in (
        (b"PK\x03\x04", NPZ),
        (b"PK\x05\x06", NPZ),
        (b"\x93NUMPY", NPY),
        *((known, PICTURE) for known in PICTURES),
    ):
        if head.startswith(beginning):
            return kind
    if PICKLES.match(head):
        return PICKLE
    return BINARY if foreign(head) or is_binary(head) else TEXT


def is_binary(head: bytes) -> bool:
    """Return whether bytes are no text: a zero among them that no UTF-16 explains."""
    return b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff"))


def head_of(path: Path) -> bytes:
    """Return the first bytes of a file, unpacked where they are gzip."""
    with open(path, "rb") as file:
        try:
            pieces = iter(lambda: file.read(HEAD), b"")  # small ones, as a folder may have many files
            return read_at_least(HEAD, b"", unpacked(pieces)[0])[:HEAD]
        except (IdxError, zlib.error) as error:
            raise DataError(_("{path}: corrupt gzip file ({error})", path=path, error=error)) from None


def foreign(head: bytes) -> str | None:
    """Return what a file of a kind that is not read is, and what to do; None of others."""
    if WEB_PAGE.match(head):
        return N_("a web page, as servers send it in place of a file: download it again")
    if head[257:262] == b"ustar":
        return N_("a tar archive: unpack it, and pass the folder")
    return next((what for beginning, what in FOREIGN.items() if head.startswith(beginning)), None)


def refuse_pickle(path: Path, in_array: bool = False) -> DataError:
    """Return the error for a pickle, or for one that NumPy made of an array of objects."""
    return DataError(_(REFUSED_ARRAY if in_array else REFUSED_PICKLE, path=path))


def refuse(path: Path, expected: str) -> DataError:
    """Return the error for a file of which nothing can be read; ``expected`` says what would be."""
    head, kind = head_of(path), kind_of(path)
    if kind == EMPTY:
        return DataError(_("{path} is empty; expected {expected}", path=path, expected=expected))
    if kind == PICKLE:
        return refuse_pickle(path)
    what = foreign(head)
    if what:
        return DataError(_("{path} is {what}", path=path, what=_(what)))
    begins = head[:8].hex(" ")
    return DataError(
        _(
            "{path} is of no known kind (it starts with {begins}); expected {expected}",
            path=path,
            begins=begins,
            expected=expected,
        )
    )
