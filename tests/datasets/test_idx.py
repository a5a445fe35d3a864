import gzip
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from datasets import IdxError, read_idx
from datasets.idx import DTYPES


def idx(array, code=0x08):
    header = bytes([0, 0, code, array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape)
    return header + array.astype(DTYPES[code]).tobytes()


def packed(content):
    return gzip.compress(content, mtime=0)


IMAGES = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)
WHOLE = idx(IMAGES)


@given(hnp.array_shapes(min_dims=1, max_dims=4, max_side=5), st.sampled_from(sorted(DTYPES)), st.booleans(), st.data())
def test_what_was_written_is_read_in_every_type(tmp_path_factory, shape, code, compressed, data):
    array = data.draw(hnp.arrays(np.dtype(DTYPES[code]).newbyteorder("="), shape, elements={"allow_nan": False}))
    path = tmp_path_factory.mktemp("idx") / "file"
    path.write_bytes(gzip.compress(idx(array, code)) if compressed else idx(array, code))
    read = read_idx(path)
    np.testing.assert_array_equal(read, array)
    assert read.dtype == array.dtype
    assert read.flags.writeable


def test_a_file_larger_than_one_piece_is_read_whole(tmp_path, rng):
    array = rng.integers(0, 256, (50, 60, 70), dtype=np.uint8)
    (tmp_path / "plain").write_bytes(idx(array))
    (tmp_path / "packed").write_bytes(gzip.compress(idx(array)))
    for name in ("plain", "packed"):
        np.testing.assert_array_equal(read_idx(tmp_path / name), array)


def test_gzip_members_one_after_the_other_are_one_file(tmp_path):
    (tmp_path / "file.gz").write_bytes(packed(WHOLE[:10]) + packed(WHOLE[10:]))
    np.testing.assert_array_equal(read_idx(tmp_path / "file.gz"), IMAGES)


def test_a_gzip_file_inside_a_gzip_file_is_read(tmp_path):
    (tmp_path / "file.gz").write_bytes(packed(packed(WHOLE)))
    np.testing.assert_array_equal(read_idx(tmp_path / "file.gz"), IMAGES)


def test_gzip_files_inside_each_other_are_not_unpacked_without_end(tmp_path):
    (tmp_path / "file.gz").write_bytes(packed(packed(packed(WHOLE))))
    with pytest.raises(IdxError, match=r"file.gz: not an IDX file: it starts with 1f 8b"):
        read_idx(tmp_path / "file.gz")


def test_an_inner_gzip_file_that_ends_early_is_named(tmp_path):
    (tmp_path / "file.gz").write_bytes(packed(packed(WHOLE)[:-9]))
    with pytest.raises(IdxError, match=r"file.gz: truncated: the gzip file ends early"):
        read_idx(tmp_path / "file.gz")


@pytest.mark.parametrize("name", ["file", "file.gz"])
def test_the_content_decides_whether_it_is_compressed_not_the_name(tmp_path, name):
    for content in (WHOLE, packed(WHOLE)):
        (tmp_path / name).write_bytes(content)
        np.testing.assert_array_equal(read_idx(tmp_path / name), IMAGES)


def corrupted(content, position):
    return content[:position] + bytes([content[position] ^ 0xFF]) + content[position + 1 :]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not an IDX file: it holds only 0 bytes"),
        (b"\0\0\x08", "not an IDX file: it holds only 3 bytes"),
        (b"<!DOCTYPE html>", "not an IDX file: it starts with 3c 21 44 4f"),
        (b"\0\0\x07\x01\0\0\0\0", "not an IDX file"),
        (b"\0\0\x08\x00", "not an IDX file"),
        (WHOLE[:9], "truncated: it ends within its header"),
        (WHOLE[:-1], "truncated: its header promises 24 bytes .* it holds 23"),
        (WHOLE + b"x", "too long: its header promises 24 bytes"),
        (b"\0\0\x08\x03" + b"\xff" * 12, "truncated: .* more than the file can hold"),
        (packed(WHOLE)[:-12], "truncated"),
        (packed(WHOLE)[:-4], "truncated: the gzip file ends early"),
        (packed(WHOLE)[:5], "truncated"),
        (packed(WHOLE[:-1]), "truncated"),
        (packed(WHOLE + b"x"), "too long"),
        (corrupted(packed(WHOLE), -6), "corrupt gzip file"),
        (corrupted(packed(WHOLE), 10), "corrupt gzip file"),
        (packed(WHOLE) + b"junk", "corrupt gzip file"),
        (packed(b"\0\0\x08\x03" + b"\x7f" * 12), "truncated: .* more than the file can hold"),
    ],
)
def test_a_damaged_or_foreign_file_is_named(tmp_path, content, message):
    path = tmp_path / "train-images-idx3-ubyte"
    path.write_bytes(content)
    with pytest.raises(IdxError, match=f"train-images-idx3-ubyte: {message}"):
        read_idx(path)


def test_a_missing_file_is_not_found(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_idx(tmp_path / "nothing")


@given(st.binary(max_size=64), st.booleans())
def test_any_bytes_give_an_array_or_an_idx_error(tmp_path_factory, content, as_header):
    path = tmp_path_factory.mktemp("idx") / "file"
    path.write_bytes(b"\0\0\x08" + content if as_header else content)
    try:
        assert isinstance(read_idx(path), np.ndarray)
    except IdxError as error:
        assert str(path) in str(error)  # noqa: PT017
