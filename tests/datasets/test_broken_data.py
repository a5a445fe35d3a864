"""Broken and foreign files: each is named in one line, with what was expected and what came."""

import gzip
import io
import random
import re
import struct
import tarfile
import zipfile
import zlib

import numpy as np
import pytest
from PIL import Image

from datasets import DataError, load_mnist, read_images, read_table
from formats_support import csv_lines, images, int_idx_bytes, pickled, write, write_idx_set, write_pictures
from tests_support import few_quick, idx_bytes

X, T = images(12)
CSV = csv_lines(X, T)
RUNS_ANYTHING = "is a pickle, which can run any program of whoever made it .* numpy.savez"


def said_by(ask):
    """The message of the DataError that is raised, which is one line."""
    with pytest.raises(DataError) as raised:
        ask()
    assert "\n" not in str(raised.value)
    return str(raised.value)


def npz(**arrays):
    """The bytes of an archive."""
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def npy(array):
    """The bytes of an array."""
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def zipped(**files):
    """The bytes of a zip archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def tarred():
    """The bytes of a compressed tar archive."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        archive.addfile(tarfile.TarInfo("train.csv"))
    return file.getvalue()


def changed(line, old, new):
    """The CSV with something in one of its lines replaced."""
    lines = CSV.split(b"\n")
    lines[line - 1] = lines[line - 1].replace(old, new, 1)
    return b"\n".join(lines)


OBJECTS = np.array([{}, 2], object)
FLIPPED = bytearray(npz(x=X, y=T))
FLIPPED[200] ^= 0xFF


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        *(("mnist.pkl", pickled(protocol), RUNS_ANYTHING) for protocol in range(6)),
        ("mnist.pkl.gz", gzip.compress(pickled(2)), RUNS_ANYTHING),
        ("mnist.pkl.gz", gzip.compress(b"(cnumpy.core.multiarray\n_reconstruct\np1\n"), RUNS_ANYTHING),
        ("mnist.csv", pickled(4), RUNS_ANYTHING),
        ("mnist.npz", npz(x_train=OBJECTS), "holds an array of objects, which is a pickle: .* array.astype"),
        ("mnist.npy", npy(OBJECTS), "holds an array of objects, which is a pickle"),
        ("mnist.npy", npy(X), "is a single array; save images and labels"),
        ("mnist.npy", npy(X)[:-4], "is not a whole .npy file"),
        ("my.npz", npz(a=X, b=T), r"expected the arrays x_train, y_train, .* got a \(12, 5, 5\), b \(12,\)"),
        ("my.npz", npz(), "is a zip archive with nothing in it"),
        ("my.npz", npz(x=X, y=T[:4]), r"x and y should be of one length .* \(12, 5, 5\) and \(4,\)"),
        ("my.npz", npz(x=np.array(3), y=T), r"of shape \(\) and \(12,\)"),
        ("my.npz", npz(x=X[:0], y=T[:0]), "of one length of at least 1"),
        ("my.npz", npz(x=X * 1.01, y=T), "x: pixels are numbers from 0 to 255, .* go from 0.0 to 25"),
        ("my.npz", npz(x=X * np.nan, y=T), "go from nan to nan"),
        ("my.npz", npz(x=X / 255 - 0.5, y=T), "go from -0.5 to "),
        ("my.npz", npz(x=X + 0.5 * (X == 1), y=T), "should be whole numbers from 0 to 255, but image .* has 1.5"),
        ("my.npz", npz(x=X * 1j, y=T), "expected images of numbers, got complex128"),
        ("my.npz", npz(x=X.reshape(12, 25)[:, 1:], y=T), r"\(N, pixels\) of a square, got shape \(12, 24\)"),
        ("my.npz", npz(x=X, y=np.array(["a"] * 12)), "y: expected labels .* of whole numbers, got shape .* <U1"),
        ("my.npz", npz(x=X, y=T + 0.5), "y: labels are whole numbers from 0 to 255, but number 1 is 0.5"),
        ("my.npz", npz(x=X, y=np.arange(12)), "no class has two images, of which one could be held out"),
        ("my.npz", npz(x_train=X, y_train=T, x_test=X[:, 1:], y_test=T), "images are 5 x 5 pixels, the test .* 5 x 4"),
        ("my.npz", npz(x=X, y=T)[:-30], "is not a whole .npz file: File is not a zip file"),
        ("my.npz", npz(x=X, y=T)[:100], "is not a whole .npz file"),
        ("my.npz", bytes(FLIPPED), "is not a whole .npz file: Bad CRC"),
        ("archive.zip", zipped(train="x"), "is a zip archive with train in it: unpack it, and pass the folder"),
        ("archive.tar.gz", tarred(), "is a tar archive: unpack it"),
        ("train.parquet", b"PAR1\0\0\0\0", "is a Parquet file: save it as CSV"),
        ("emnist.mat", b"MATLAB 5.0 MAT-file, Platform", "is a MATLAB file: save its arrays"),
        ("mnist.h5", b"\x89HDF\r\n\x1a\n", "is an HDF5 file"),
        ("mnist.xz", b"\xfd7zXZ\0\0", "is compressed by xz"),
        ("train.csv", b"  <!doctype html><html>", "is a web page, .* download it again"),
        ("train.csv", b"version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "is only Git's pointer"),
        ("train.csv", b"", "is empty; expected"),
        ("train.csv.gz", gzip.compress(b""), "is empty; expected"),
        ("train.csv", changed(4, b",0", b""), "line 4 has 25 values, expected 26 as in the first line"),
        ("train.csv", changed(4, b",", b",9,"), "line 4 has 27 values"),
        ("train.csv", changed(4, b",0", b",x"), "line 4, column pixel0: expected a number from 0 to 255, got x"),
        ("train.csv", changed(4, b",0", b","), "line 4, column pixel0: the value is missing"),
        ("train.csv", changed(4, b",0", b",256"), "line 4, column pixel0: expected .* got 256"),
        ("train.csv", changed(4, b",0", b",-1"), "line 4, column pixel0: expected .* got -1"),
        ("train.csv", changed(4, b",0", b",nan"), "line 4, column pixel0: expected .* got nan"),
        ("train.csv", changed(4, b",0", b",1.5"), "should be whole numbers from 0 to 255, but image 3 has 1.5"),
        ("train.csv", changed(4, b"2,", b"cat,"), "line 4, column label: expected .* got cat"),
        ("train.csv", changed(4, b"2,", b"1.5,"), "labels are whole numbers from 0 to 255, but number 3 is 1.5"),
        ("train.csv", CSV[:-20], "line 13 has 1. values"),
        ("train.csv", CSV + b"\0\0\0", "line 14 has 1 values"),
        ("train.csv", CSV.partition(b"\n")[0], "there are no lines with numbers in it"),
        ("train.csv", CSV.decode().encode("utf-16"), "is in UTF-16: save it in UTF-8"),
        ("train.csv", re.sub(rb"(?m)^\w+,", b"", CSV), "a line has 25 values, .* there is no label"),
        ("test.csv", CSV, "there are images for the test, but no file with those for training"),
        ("train.csv.gz", gzip.compress(CSV)[:-9], "corrupt gzip file .*the gzip file ends early"),
        ("train.csv.gz", gzip.compress(CSV)[:8], "corrupt gzip file"),
        ("train.csv", b"\x1f\x8b" + CSV, "corrupt gzip file"),
    ],
)
def test_a_broken_or_foreign_file_is_named(tmp_path, name, content, message):
    path = write(tmp_path / name, content)
    for there in (path, tmp_path):
        found = said_by(lambda there=there: read_images(there))
        assert re.search(message, found), found
        assert str(path) in found or str(tmp_path) in found
    assert said_by(lambda: load_mnist(data_dir=tmp_path)) == found


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("test-labels-idx1-ubyte", None, "has qm-test-images-.*, but no file with the test labels"),
        ("test-labels-idx1-ubyte", b"", "test-labels-idx1-ubyte is empty; expected an IDX file"),
        ("train-images-idx3-ubyte", b"<html>", "train-images-idx3-ubyte is a web page"),
        ("train-images-idx3-ubyte", pickled(2), f"train-images-idx3-ubyte {RUNS_ANYTHING}"),
        ("train-images-idx3-ubyte", b"12,13,14", "is of no known kind .* expected an IDX file"),
        ("train-images-idx3-ubyte", idx_bytes(X)[:-3], "truncated: its header promises 300 bytes"),
        ("train-images-idx3-ubyte", gzip.compress(idx_bytes(X))[:-9], "the gzip file ends early"),
        ("train-images-idx3-ubyte", idx_bytes(T), r"expected images \(3 axes of bytes\), got shape \(12,\)"),
        ("train-labels-idx1-ubyte", idx_bytes(X), r"expected labels \(N,\) of whole numbers, got shape \(12, 5, 5\)"),
        ("train-labels-idx1-ubyte", idx_bytes(T[:0]), r"there are no samples in it \(shape \(0,\)\)"),
        ("train-labels-idx1-ubyte", idx_bytes(T[:5]), "there are 12 training images, but 5 labels"),
        ("test-labels-idx1-ubyte", idx_bytes(T), "there are 6 test images, but 12 labels"),
        ("test-images-idx3-ubyte", idx_bytes(images(6, side=4)[0]), "training images are 5 x 5 .* test images 4 x 4"),
        ("train-labels-idx1-ubyte", int_idx_bytes(np.full((12, 8), -1)), "from 0 to 255, but number 1 is -1"),
        ("train-labels-idx1-ubyte", int_idx_bytes(np.full((12, 2), 3)), r"got shape \(12, 2\) of int32"),
    ],
)
def test_a_broken_file_of_an_idx_set_is_named(tmp_path, name, content, message):
    write_idx_set(tmp_path, "qm-", compressed=False)
    path = tmp_path / f"qm-{name}"
    path.unlink() if content is None else path.write_bytes(content)
    assert re.search(message, said_by(lambda: read_images(tmp_path)))


def promising(width, height):
    """A PNG that promises so many pixels, and has none."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))


def save(array):
    """A change of a picture to one of an array."""
    return lambda folder: Image.fromarray(array).save(folder / "1" / "1.png")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (save(np.zeros((4, 7), np.uint8)), "1.png is 7 x 4 pixels, the pictures before it 5 x 5"),
        (save(np.zeros((5, 5, 4), np.uint8)), "1.png is transparent in parts"),
        (lambda folder: (folder / "1" / "1.png").write_bytes(b""), "1.png is no picture"),
        (lambda folder: (folder / "1" / "1.png").write_bytes(b"<html>"), "1.png is no picture"),
        (lambda folder: (folder / "1" / "1.png").write_bytes(b"\x89PNG\r\n\x1a\nxx"), "1.png is not a whole picture"),
        (
            lambda folder: (folder / "1" / "1.png").write_bytes(promising(30_000, 20_000)),
            "1.png is 30000 x 20000 pixels; a picture has 16,777,216 at most",
        ),
        (lambda folder: (folder / "7").mkdir(), "7: there is no picture in it"),
        (lambda folder: write_pictures(folder / "deeper" / "train", X, T), "deeper: there is no picture in it"),
    ],
)
def test_a_broken_folder_of_pictures_is_named(tmp_path, change, message):
    write_pictures(tmp_path, *images(30))
    change(tmp_path)
    assert re.search(message, said_by(lambda: read_images(tmp_path)))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda folder: write_pictures(folder, X, 0 * T), "expected 2 to 256 folders, one a class, got 1: 0"),
        (lambda folder: write_pictures(folder, X[:3], T[:3]), "no class has two images"),
        (lambda folder: write_pictures(folder / "test", X, T), "for the test, but none in a folder called train"),
        (
            lambda folder: Image.fromarray(X[0]).save(folder / "7.png"),
            "has pictures, .* a folder of them for each class",
        ),
        (lambda folder: write_pictures(folder / "mnist_png" / "train", X, T), "a folder .*mnist_png: is that the one"),
        (lambda folder: write_idx_set(folder / "gzip", "emnist-"), r"there is a folder .*gzip: is that the one\?"),
        (lambda folder: None, "there are no data in .*; expected four IDX files, an .npz archive"),
        (lambda folder: [write(folder / f"{name}.csv", CSV) for name in "ab"], "holds 2 sets: a, b; pass a file of"),
        (lambda folder: [write(folder / f"{name}.npz", npz(x=X, y=T)) for name in "ab"], "2 sets: a.npz, b.npz; pass"),
    ],
)
def test_a_folder_of_which_nothing_can_be_read_is_named(tmp_path, make, message):
    make(tmp_path)
    assert re.search(message, said_by(lambda: read_images(tmp_path)))


def test_test_pictures_of_an_unknown_class_are_named(tmp_path):
    write_pictures(tmp_path / "train", X, T)
    write_pictures(tmp_path / "test", X, T + 1)
    assert re.search(
        "3 is no class of the training pictures, which are 0, 1, 2", said_by(lambda: read_images(tmp_path))
    )


def test_a_folder_above_the_data_is_answered_by_load_mnist_as_ever_with_the_right_one(tmp_path):
    write_idx_set(tmp_path / "gzip", "emnist-")
    with pytest.raises(FileNotFoundError, match=r"lacks 4 of the four files: .*gzip: is that the one\?"):
        load_mnist(data_dir=tmp_path)


GOOD = "length,colour,t\n" + "".join(f"{n * n},{'red' if n % 3 else 'blue'},{n % 2}\n" for n in range(30))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty; expected lines of values"),
        (b"\n \n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"length,colour,t\n", "there are no lines below the one with the names"),
        (b"length\n1\n2\n", "no comma, semicolon, tab or blank in its first line"),
        (GOOD.replace("length,", "t,"), "columns 1 and 3 are both called t"),
        (
            GOOD.replace("\n4,", "\n4,4,"),
            "expected 3 values in each line, as in the first; 1 line has .*: line 4 has 4",
        ),
        (GOOD.replace(",0\n", "\n"), "15 lines have other numbers: line 2 has 2, line 4 has 2, line 6 has 2, ..."),
        (GOOD[:-4], "line 31 has 2"),
        (GOOD.replace("\n4,", '\n"4,'), "line 4 cannot be cut into values; is a quote not closed"),
        (GOOD.replace("\n4,", '\n"4"4,'), "line 4 cannot be cut into values"),
        (GOOD.replace("\n4,", "\n,"), "values are missing: length: line 4"),
        (GOOD.replace("\n4,red,0", "\n4,red,?"), "values are missing: t: line 4"),
        (GOOD.replace("red", ""), "values are missing: colour: lines 3, 4, 6, 7, 9, and 15 more"),
        (GOOD.replace("\n4,", "\nfour,"), "line 4, column length: expected a number, as in the other lines, got four"),
        (GOOD.replace("\n4,", "\n1_000,"), "line 4, column length: expected a number, .* got 1_000"),
        (GOOD.replace("\n4,", "\ninf,"), "line 4, column length: expected a finite number, got inf"),
        (GOOD.replace("\n4,", "\n1e999,"), "line 4, column length: expected a finite number, got 1e999"),
        (re.sub(r"(?m)^\d+", "1e308", re.sub(r"(?m)^\d*[046],", "-1e308,", GOOD)), "length: its numbers are too large"),
        (
            "x,t\n" + "".join(f"{n},{(-1) ** n * (1 + n / 100) * 1e308}\n" for n in range(30)),
            "numbers of the target are too large",
        ),
        (GOOD.replace(",1\n", ",0\n"), "the target t is 0.* everywhere; there is nothing to learn"),
        (re.sub(r",(red|blue),", ",red,", re.sub(r"(?m)^\d+", "7", GOOD)), "no column left to learn from"),
        ("name,t\n" + "".join(f"a{n},b{n}\n" for n in range(30)), "t has 30 different values in 30 samples: too many"),
        ("x,t\n1,a\n2,b\n", "t has 2 different values in 2 samples: too many for classes"),
        (GOOD.encode() * 3 + b"\0\0\0,a,1\n", "is no text: it holds bytes that are zero"),
        (b"\xff\xfea", "is not in utf-16"),
        (b"PK\x03\x04", "is not a whole .npz file"),
        (pickled(2), RUNS_ANYTHING),
        (pickled(0), RUNS_ANYTHING),
        (b"<html><body>404</body></html>", "is a web page"),
        (gzip.compress(GOOD.encode())[:-4], "the gzip file ends early"),
        (bytes(range(1, 256)) * 3, ""),
        (b"\x00" * 40, "is of no known kind"),
        (zipped(**{"[Content_Types].xml": "x", "xl/workbook.xml": "x"}), "is an Excel workbook: save the sheet as CSV"),
        (zipped(sheet="x"), "is a zip archive with sheet in it"),
        (npz(t=T, x=X[:4]), "expected arrays with one number of samples, at least 1, got t"),
        (npz(t=X, x=X), "expected a target of one value for each sample"),
        (npz(t=T, x=np.where(X, X, np.inf)), "sample 1 is infinite"),
        (npz(t=T, x=np.where(X, X, np.nan)), r"values are missing: x\[1\]: samples 1, 2, 3, 4, 5, and 7 more"),
        (npz(t=T, x=X * 1j), r"x\[1\]: expected numbers or words, got complex128"),
        (npz(t=T, x=OBJECTS), "holds an array of objects"),
        (npz(t_train=T, x_train=X), "expected t_train and t_test with samples of one shape"),
        (npz(t_train=T, t_test=T, x_train=X, x_test=X[:3]), "the arrays differ in their number of samples"),
        (npy(X), r"expected an array \(samples, columns\), got shape \(12, 5, 5\)"),
        (npy(X.reshape(12, 25)), "has no column t; its first line has no names"),
    ],
)
def test_a_broken_table_is_named(tmp_path, content, message):
    path = write(tmp_path / "my.csv", content if isinstance(content, bytes) else content.encode())
    found = said_by(lambda: read_table(path, "t"))
    assert re.search(message, found), found
    assert str(path) in found


def test_an_unknown_column_is_answered_with_those_that_there_are(tmp_path):
    path = write(tmp_path / "my.csv", GOOD.encode())
    assert said_by(lambda: read_table(path, "price")).endswith("has no column price; it has length, colour, t")
    assert "has no column price" in said_by(lambda: read_table(path, "t", without=["price"]))
    assert "column t is the target" in said_by(lambda: read_table(path, "t", without=["t"]))
    bare = write(tmp_path / "bare.csv", GOOD.partition("\n")[2].encode())
    assert said_by(lambda: read_table(bare, "t")).endswith("so that they are called 1, 2, 3")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"kind": "values", "target": "colour"}, "column colour: expected numbers, .* got words such as blue"),
        ({"kind": "classes", "target": "length"}, "length has 30 different values in 30 samples: too many for classes"),
        ({"encoding": "utf-7-or-8"}, "there is no encoding called utf-7-or-8"),
        ({"encoding": "utf-16"}, "no comma, semicolon, tab or blank"),
    ],
)
def test_what_does_not_fit_the_table_is_named(tmp_path, options, message):
    path = write(tmp_path / "my.csv", GOOD.encode())
    assert re.search(message, said_by(lambda: read_table(path, **{"target": "t", **options})))


@pytest.mark.parametrize("option", ["kind", "missing"])
def test_an_option_of_no_known_value_is_named_with_those_that_there_are(tmp_path, option):
    with pytest.raises(ValueError, match=f"{option} must be one of .*classes|leave-out.* got 'other'"):
        read_table(write(tmp_path / "my.csv", GOOD.encode()), "t", **{option: "other"})


def damaged(content, chance):
    """The bytes with a few changed, lost or put in between."""
    content = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5))):
        place = chance.randrange(len(content))
        what = chance.randrange(4)
        if what == 0:
            content[place] ^= 1 << chance.randrange(8)
        elif what == 1:
            del content[place : place + chance.choice((1, 8, 64))]
        elif what == 2:
            content[place:place] = bytes(chance.randrange(256) for _ in range(chance.choice((1, 4))))
        else:
            del content[place + 1 :]
        if not content:
            break
    return bytes(content)


WHOLE = {
    "train.csv": CSV,
    "train.csv.gz": gzip.compress(CSV),
    "my.npz": npz(x_train=X, y_train=T, x_test=X, y_test=T),
    "qm-train-images-idx3-ubyte": idx_bytes(X),
    "0/1.png": None,
    "table": GOOD.encode(),
    "table.npz": npz(x=X, t=T),
}


@pytest.mark.parametrize("each", few_quick([30, 1500], 30))
@pytest.mark.parametrize("name", list(WHOLE))
def test_a_damaged_file_gives_data_or_a_data_error(tmp_path, name, each):
    chance = random.Random(f"{name}")
    if name.startswith("qm"):
        write_idx_set(tmp_path, "qm-", compressed=False)
    if name.endswith("png"):
        write_pictures(tmp_path, *images(30))
        Image.fromarray(X[0]).save(tmp_path / "0" / "1.png")
    whole = WHOLE[name] or (tmp_path / name).read_bytes()
    for _ in range(each):
        path = write(tmp_path / name, damaged(whole, chance))
        try:
            read_table(path, "t") if "table" in name else read_images(tmp_path)
        except DataError as error:
            assert "\n" not in str(error), error  # noqa: PT017
