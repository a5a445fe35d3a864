"""Data in the formats in which people have them come out as the same arrays."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from matplotlib.image import imsave

from datasets import DataError, load_mnist, read_images
from datasets.formats.csv_images import label_column
from datasets.formats.number_rows import NumberRows, read_number_rows
from formats_support import csv_lines, images, int_idx_bytes, write, write_idx_set, write_pictures
from tests_support import idx_bytes, write_folder

TRAIN, TEST = images(12), images(6, seed=1)


def same(data, train=TRAIN, test=TEST):
    """Whether data are these images and labels, in this order."""
    pairs = zip((*data.train, *data.test), (*train, *test), strict=True)
    return all(np.array_equal(found, expected) and found.dtype == np.uint8 for found, expected in pairs)


@pytest.mark.parametrize("compressed", [True, False])
@pytest.mark.parametrize(
    ("prefix", "test"), [("qmnist-", "test"), ("my_own.", "t10k"), ("", "test"), ("Fashion ", "val")]
)
def test_idx_files_of_any_prefix_are_read(tmp_path, prefix, test, compressed):
    data = read_images(write_idx_set(tmp_path, prefix, test, compressed=compressed))
    assert same(data)
    assert data.notes == ()


def test_a_file_of_the_set_stands_for_the_set(tmp_path):
    write_idx_set(tmp_path, "emnist-digits-", train_pair=images(12, seed=5))
    write_idx_set(tmp_path, "qmnist-")
    assert same(read_images(tmp_path / "qmnist-test-labels-idx1-ubyte.gz"))


def test_several_prefixes_are_listed_with_a_way_to_choose(tmp_path):
    write_idx_set(tmp_path, "emnist-digits-")
    write_idx_set(tmp_path, "emnist-letters-")
    with pytest.raises(DataError, match=r"2 sets: emnist-digits, emnist-letters; pass a file of .*emnist-digits-t"):
        read_images(tmp_path)


def test_files_with_mnists_own_names_come_first_as_ever(tmp_path):
    write_idx_set(write_folder(tmp_path), "emnist-digits-")
    assert load_mnist(data_dir=tmp_path)[0][0].shape == (6, 12)


def test_kaggles_folders_are_read(tmp_path):
    for (x, t), part in ((TRAIN, "train"), (TEST, "t10k")):
        for array, what in ((x, "images-idx3-ubyte"), (t, "labels-idx1-ubyte")):
            write(tmp_path / f"{part}-{what}" / f"{part}-{what}", idx_bytes(array))
    assert same(read_images(tmp_path))
    x_train = load_mnist(False, False, data_dir=tmp_path)[0][0]
    np.testing.assert_array_equal(x_train[:, 0], TRAIN[0])


def test_qmnists_labels_are_the_first_of_eight_columns(tmp_path):
    write_idx_set(tmp_path)
    for part, (_x, t) in (("train", TRAIN), ("test", TEST)):
        (tmp_path / f"qmnist-{part}-labels-idx1-ubyte.gz").unlink()
        rows = np.arange(len(t) * 8).reshape(-1, 8)
        rows[:, 0] = t
        write(tmp_path / f"qmnist-{part}-labels-idx2-int.gz", int_idx_bytes(rows), compressed=True)
    assert same(read_images(tmp_path))


def test_labels_that_begin_at_1_are_moved_and_this_is_said(tmp_path):
    (x, t), (x_test, t_test) = TRAIN, TEST
    data = read_images(write_idx_set(tmp_path, "letters-", train_pair=(x, t + 1), test_pair=(x_test, t_test + 1)))
    assert same(data)
    assert data.notes == ("the labels are 1..3 in the files; they became 0..2",)


def test_labels_that_begin_elsewhere_are_left(tmp_path):
    (x, t), (x_test, t_test) = TRAIN, TEST
    data = read_images(write_idx_set(tmp_path, "odd-", train_pair=(x, t + 2), test_pair=(x_test, t_test + 2)))
    assert same(data, (x, t + 2), (x_test, t_test + 2))


def test_labels_of_mnists_own_names_are_never_moved(tmp_path):
    folder = write_folder(tmp_path, t_train=np.arange(1, 7, dtype=np.uint8), t_test=np.arange(1, 5, dtype=np.uint8))
    assert load_mnist(data_dir=folder)[0][1].tolist() == [1, 2, 3, 4, 5, 6]


def tall(count):
    """Images of strokes that are higher than wide, as letters are, and their labels."""
    x = np.zeros((count, 7, 7), np.uint8)
    x[:, 1:6, 3] = 200
    x[:, 5, 4] = 90
    return x, (np.arange(count) % 3).astype(np.uint8)


@pytest.mark.parametrize("count", [5, 30])
def test_emnists_images_are_turned_and_this_is_said(tmp_path, count):
    x, t = tall(count)
    stored = x.transpose(0, 2, 1).copy(), t
    data = read_images(write_idx_set(tmp_path, "emnist-digits-", train_pair=stored, test_pair=stored))
    assert same(data, (x, t), (x, t))
    assert "the images were turned" in data.notes[0]


def test_images_called_emnist_that_stand_upright_are_left(tmp_path):
    pair = tall(30)
    data = read_images(write_idx_set(tmp_path, "emnist-digits-", train_pair=pair, test_pair=pair))
    assert same(data, pair, pair)
    assert "stand upright in these files" in data.notes[0]


@pytest.mark.exhaustive
def test_the_outline_of_the_real_mnist_is_higher_than_wide(mnist_folder, tmp_path):
    (x, t), _test = load_mnist(False, False, data_dir=mnist_folder)
    some = np.ascontiguousarray(x[:2000, 0]), t[:2000].astype(np.uint8)
    stored = np.ascontiguousarray(some[0].transpose(0, 2, 1)), some[1]
    assert same(read_images(write_idx_set(tmp_path, "emnist-mnist-", train_pair=stored, test_pair=stored)), some, some)


def test_emnists_letters_have_their_names_where_its_list_of_them_is_there(tmp_path):
    x, t = images(30)
    write_idx_set(tmp_path, "emnist-letters-", train_pair=(x, t + 1), test_pair=(x, t + 1))
    assert read_images(tmp_path).class_names is None
    (tmp_path / "emnist-letters-mapping.txt").write_text("1 65 97\n2 66 98\n3 67 99\n")
    assert read_images(tmp_path).class_names == ("A", "B", "C")


def test_emnist_in_csv_is_turned_and_named_too(tmp_path):
    x, t = tall(30)
    for part in ("train", "test"):
        write(tmp_path / f"emnist-letters-{part}.csv", csv_lines(x.transpose(0, 2, 1), t + 1, header=False))
    (tmp_path / "emnist-letters-mapping.txt").write_text("1 65 97\n2 66 98\n3 67 99\n")
    data = read_images(tmp_path)
    assert same(data, (x, t), (x, t))
    assert data.class_names == ("A", "B", "C")


@pytest.mark.parametrize(
    "listed", ["1 65 97\n2 66 98\n", "1 65\n3 66\n4 67\n", "one A\n", "1\n2\n3\n", "1 65\n2 -5\n3 6\n", ""]
)
def test_a_list_of_emnists_letters_that_does_not_fit_is_left_alone(tmp_path, listed):
    x, t = images(30)
    write_idx_set(tmp_path, "emnist-letters-", train_pair=(x, t + 1), test_pair=(x, t + 1))
    (tmp_path / "emnist-letters-mapping.txt").write_text(listed)
    assert read_images(tmp_path).class_names is None


@pytest.mark.parametrize(
    "names", ["x_train y_train x_test y_test", "train_images train_labels test_images test_labels"]
)
def test_kerass_archive_is_read(tmp_path, names):
    arrays = dict(zip(names.split(), (*TRAIN, *TEST), strict=True))
    np.savez(tmp_path / "mnist.npz", **arrays)
    assert same(read_images(tmp_path / "mnist.npz"))
    assert same(read_images(tmp_path))


def test_the_content_tells_an_archive_and_not_its_name(tmp_path):
    np.savez(tmp_path / "arrays.npz", x_train=TRAIN[0], y_train=TRAIN[1], x_test=TEST[0], y_test=TEST[1])
    (tmp_path / "arrays.npz").rename(tmp_path / "data.bin")
    assert same(read_images(tmp_path / "data.bin"))


@pytest.mark.parametrize(
    "change",
    [
        lambda x, t: (x.reshape(len(x), -1), t),
        lambda x, t: (x[..., np.newaxis], t[:, np.newaxis]),
        lambda x, t: (x[:, np.newaxis].astype(np.int64), t.astype(float)),
        lambda x, t: (np.repeat(x[..., np.newaxis], 3, axis=3), np.eye(3)[t]),
        lambda x, t: (x / 255, t),
        lambda x, t: ((x / 255).astype(np.float16).astype(np.float32).round(4), t),
    ],
)
def test_images_in_an_archive_may_have_other_shapes_and_numbers(tmp_path, change):
    (x, t), (x_test, t_test) = change(*TRAIN), change(*TEST)
    np.savez(tmp_path / "mnist.npz", x_train=x, y_train=t, x_test=x_test, y_test=t_test)
    assert same(read_images(tmp_path))


def test_an_archive_without_a_test_set_gives_a_fifth_of_each_class_for_it(tmp_path):
    x, t = images(30)
    np.savez(tmp_path / "mine.npz", X=x, y=t)
    data = read_images(tmp_path)
    assert np.bincount(data.test[1]).tolist() == [2, 2, 2]
    assert np.bincount(data.train[1]).tolist() == [8, 8, 8]
    assert data.notes[0].startswith("6 of 30 images are held out as the test set, 20% of each class")


@pytest.mark.parametrize("label", ["first", "last"])
@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_with_labels_first_or_last_and_with_or_without_names(tmp_path, label, header, separator):
    for pair, part in ((TRAIN, "train"), (TEST, "test")):
        write(tmp_path / f"mnist_{part}.csv", csv_lines(*pair, label, header, separator))
    data = read_images(tmp_path)
    assert same(data)
    assert data.notes == (() if header else (f"the labels are taken to be the {label} column",))


@pytest.mark.parametrize(
    "change",
    [
        lambda text: b"\xef\xbb\xbf" + text,
        lambda text: text.replace(b"\n", b"\r\n"),
        lambda text: text.rstrip(b"\n"),
        lambda text: text + b"\n\n",
        lambda text: text.replace(b"\n", b"\n\n"),
        lambda text: text.replace(b",", b", "),
        lambda text: text.replace(b"0,", b"0.0,"),
        lambda text: text.replace(b"\n", b'"\n"').replace(b",", b'","')[:-1].join([b'"', b""]),
    ],
)
def test_csv_as_other_programs_write_it(tmp_path, change):
    for pair, part in ((TRAIN, "train"), (TEST, "test")):
        write(tmp_path / f"mnist_{part}.csv.gz", change(csv_lines(*pair)), compressed=True)
    assert same(read_images(tmp_path))


def test_the_column_in_which_pandas_counts_the_lines_is_left_out(tmp_path):
    for pair, part in ((TRAIN, "train"), (TEST, "test")):
        lines = csv_lines(*pair).splitlines(keepends=True)
        counted = [b"," + lines[0], *(b"%d,%s" % (1000 + place, line) for place, line in enumerate(lines[1:]))]
        write(tmp_path / f"{part}.csv", b"".join(counted))
    assert same(read_images(tmp_path))


def test_pixels_from_0_to_1_in_csv_become_bytes_and_this_is_said(tmp_path):
    x, t = TRAIN
    lines = "".join(
        f"{label}," + ",".join(f"{value:.5f}" for value in image.ravel() / 255) + "\n"
        for image, label in zip(x, t, strict=True)
    )
    write(tmp_path / "train.csv", lines.encode())
    write(tmp_path / "test.csv", lines.encode())
    data = read_images(tmp_path)
    assert same(data, TRAIN, TRAIN)
    assert data.notes[-1] == "the pixels from 0 to 1 became 0..255"


def test_a_contests_file_without_labels_is_left_out_and_a_part_of_the_other_held_out(tmp_path):
    x, t = images(30)
    write(tmp_path / "train.csv", csv_lines(x, t))
    write(tmp_path / "test.csv", b"\n".join(line.partition(b",")[2] for line in csv_lines(x, t).splitlines()))
    write(tmp_path / "sample_submission.csv", b"ImageId,Label\n1,0\n")
    data = read_images(tmp_path)
    assert len(data.train[0]) == 24
    assert "6 of 30 images are held out" in data.notes[0]
    assert data.notes[1].endswith("test.csv has no labels and is left out")


def test_the_label_column_is_told_from_a_corner_pixel_by_its_values(rng):
    labels, pixels = rng.integers(0, 10, 500), rng.integers(0, 17, 500) * (rng.random(500) < 0.3)
    for columns, place in (
        ((labels, pixels), 0),
        ((pixels, labels), 1),
        ((labels, 0 * pixels), 0),
        ((0 * pixels, labels), 1),
    ):
        assert label_column(NumberRows(None, np.stack(columns, axis=1).astype(np.uint8)))[0] == place


def test_pixels_up_to_16_are_read_as_the_digits_have_them(tmp_path):
    x, t = images(30)
    write(tmp_path / "optdigits.tra", csv_lines(x // 16, t, "last", header=False))
    (x_train, _t), _test = load_mnist(data_dir=tmp_path / "optdigits.tra")
    assert 0.9 < x_train.max() <= 1


@given(
    values=hnp.arrays(np.uint8, st.tuples(st.integers(1, 30), st.integers(2, 20))),
    ending=st.sampled_from(["\n", "\r\n"]),
)
def test_whole_numbers_come_back_from_text(tmp_path_factory, values, ending):
    path = tmp_path_factory.mktemp("csv") / "numbers.csv"
    names = ",".join(f"p{place}" for place in range(values.shape[1]))
    path.write_bytes(ending.join([names, *(",".join(map(str, row)) for row in values)]).encode())
    read = read_number_rows(path)
    np.testing.assert_array_equal(read.values, values)
    assert read.values.dtype == np.uint8


@given(
    values=hnp.arrays(np.float32, st.tuples(st.integers(1, 9), st.integers(2, 9)), elements=st.floats(0, 255, width=32))
)
def test_other_numbers_come_back_from_text(tmp_path_factory, values):
    path = tmp_path_factory.mktemp("csv") / "numbers.csv"
    names = ";".join(f"p{place}" for place in range(values.shape[1]))
    path.write_bytes("\n".join([names, *(";".join(map(str, row)) for row in values.tolist())]).encode())
    np.testing.assert_array_equal(read_number_rows(path).values, values)


def test_a_file_larger_than_a_block_is_read_whole(tmp_path, rng):
    values = rng.integers(0, 256, (9000, 200), dtype=np.uint8)
    names = ",".join(f"p{place}" for place in range(200))
    (tmp_path / "large.csv").write_text("\n".join([names, *(",".join(map(str, row)) for row in values.tolist())]))
    np.testing.assert_array_equal(read_number_rows(tmp_path / "large.csv").values, values)


@pytest.mark.parametrize(("train", "test"), [("train", "test"), ("training", "testing"), ("trainingSet", "testSet")])
def test_folders_of_pictures_by_class_are_read(tmp_path, train, test):
    write_pictures(tmp_path / train, *TRAIN)
    write_pictures(tmp_path / test, *TEST)
    data = read_images(tmp_path)
    by_class = [np.argsort(t, kind="stable") for _x, t in (TRAIN, TEST)]
    assert np.array_equal(data.test[0], TEST[0][by_class[1]])
    assert np.array_equal(np.sort(data.train[0].reshape(12, -1), axis=0), np.sort(TRAIN[0].reshape(12, -1), axis=0))
    assert data.class_names == ("0", "1", "2")
    assert data.notes == ()


def test_one_folder_of_classes_gives_a_held_out_part_and_the_names_of_the_classes(tmp_path):
    write_pictures(tmp_path, *images(30), names=["cat", "dog", "ant"])
    (tmp_path / "cat" / "Thumbs.db").write_bytes(b"x")
    (tmp_path / "cat" / "notes.txt").write_bytes(b"x")
    data = read_images(tmp_path)
    assert data.class_names == ("ant", "cat", "dog")
    assert np.bincount(data.test[1]).tolist() == [2, 2, 2]
    assert data.notes[1].endswith("notes.txt")
    assert data.notes[2] == "the labels stand for the folders: 0 = ant, 1 = cat, 2 = dog"


def test_classes_with_numbers_for_names_stand_in_the_order_of_the_numbers(tmp_path):
    write_pictures(tmp_path, *images(30), names=["10", "9", "2"])
    assert read_images(tmp_path).class_names == ("2", "9", "10")


def test_coloured_pictures_become_grey(tmp_path):
    for label in "01":
        for place in range(2):
            path = write(tmp_path / label / f"{place}.png", b"")
            imsave(path, np.full((3, 4, 3), (255, 0, 0), np.uint8))
    x = read_images(tmp_path).train[0]
    assert x.shape == (2, 3, 4)
    assert (x == 76).all()  # 0.299 of 255


def test_load_mnist_gives_the_options_of_the_book_in_every_format(tmp_path):
    np.savez(tmp_path / "mnist.npz", x_train=TRAIN[0], y_train=TRAIN[1] + 1, x_test=TEST[0], y_test=TEST[1] + 1)
    (x, t), (_x, t_test) = load_mnist(normalize=True, flatten=False, one_hot_label=True, data_dir=tmp_path)
    assert x.shape == (12, 1, 5, 5)
    assert x.dtype == np.float32
    np.testing.assert_array_equal(x[:, 0], TRAIN[0] / np.float32(255))
    assert t.shape == (12, 3)
    assert t_test.argmax(axis=1).tolist() == TEST[1].tolist()
