import gzip
import hashlib
from pathlib import Path

import numpy as np
import pytest

from datasets import IdxError, find_mnist, load_mnist, mnist
from datasets.mnist import FILES, cache_folder, find_file, locate_mnist
from tests_support import SHAPES, write_folder


def test_the_four_real_files_are_the_ones_that_the_checksums_name(mnist_folder):
    for name, file in FILES.items():
        path = find_file(mnist_folder, name)
        content = path.read_bytes()
        content = gzip.decompress(content) if path.suffix == ".gz" else content
        assert hashlib.sha256(content).hexdigest() == file.sha256
        assert len(content) == file.size


@pytest.mark.exhaustive
def test_the_real_mnist_has_its_known_sizes_and_first_labels(mnist_folder):
    (x_train, t_train), (x_test, t_test) = load_mnist(data_dir=mnist_folder)
    assert x_train.shape == (60_000, 784)
    assert x_test.shape == (10_000, 784)
    assert t_train[:5].tolist() == [5, 0, 4, 1, 9]
    assert np.bincount(t_test).tolist() == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]
    assert x_train.mean() == pytest.approx(0.1307, abs=1e-4)


def test_the_defaults_are_float32_pixels_from_0_to_1_and_integer_labels(tmp_path):
    (x_train, t_train), (x_test, t_test) = load_mnist(data_dir=write_folder(tmp_path))
    assert x_train.dtype == x_test.dtype == np.float32
    assert x_train.shape == (6, 12)
    assert x_train.max() <= 1
    assert t_train.dtype == t_test.dtype == np.int64


def test_the_options_of_the_book(tmp_path):
    folder = write_folder(tmp_path)
    (x, t), _ = load_mnist(normalize=False, flatten=False, one_hot_label=True, data_dir=folder)
    assert x.dtype == np.uint8
    assert x.shape == (6, 1, 4, 3)
    (scaled, labels), _ = load_mnist(data_dir=folder)
    np.testing.assert_array_equal(scaled, x.reshape(6, -1) / np.float32(255))
    np.testing.assert_array_equal(t.argmax(axis=1), labels)
    assert (t.sum(axis=1) == 1).all()


@pytest.mark.parametrize("compressed", [True, False])
@pytest.mark.parametrize("dot", [True, False])
def test_files_are_found_plain_or_compressed_and_with_either_spelling(tmp_path, compressed, dot):
    assert load_mnist(data_dir=write_folder(tmp_path, compressed, dot))[0][0].shape == (6, 12)


def test_one_hot_labels_have_as_many_classes_as_the_data_set(tmp_path):
    folder = write_folder(tmp_path, t_train=np.array([1, 26, 3, 4, 5, 6], np.uint8))
    assert load_mnist(one_hot_label=True, data_dir=folder)[1][1].shape == (4, 27)


@pytest.mark.parametrize("missing", list(SHAPES))
def test_a_folder_with_three_of_the_four_files_is_named_with_the_missing_one(tmp_path, missing):
    folder = write_folder(tmp_path)
    find_file(folder, missing).unlink()
    with pytest.raises(FileNotFoundError, match=f"lacks 1 of the four files: {missing}"):
        load_mnist(data_dir=folder)


def test_a_folder_that_is_none_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="nothing is not a folder; expected one with MNIST's four files"):
        load_mnist(data_dir=tmp_path / "nothing")


def test_a_folder_above_the_right_one_is_answered_with_the_right_one(tmp_path):
    (tmp_path / "mnist").mkdir()
    with pytest.raises(FileNotFoundError, match=r"there is a folder .*mnist: is that the one\?"):
        load_mnist(data_dir=tmp_path)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"t_train": np.zeros(5, np.uint8)}, "training images and labels do not fit: x holds 6 samples and t 5 labels"),
        ({"t_test": np.zeros(7, np.uint8)}, "test images and labels do not fit: x holds 4 samples and t 7 labels"),
        ({"x_test": np.zeros((4, 5, 5), np.uint8)}, r"training images are \(4, 3\), test images \(5, 5\)"),
        ({"x_train": np.zeros(6, np.uint8)}, r"train-images.*: expected images \(3 axes of bytes\), got shape \(6,\)"),
        ({"t_train": np.zeros((6, 4, 3), np.uint8)}, r"train-labels.*: expected labels \(1 axis of bytes\), got shape"),
        (
            {"x_train": np.zeros((0, 4, 3), np.uint8), "t_train": np.zeros(0, np.uint8)},
            "train-images.*: there are no samples",
        ),
        ({"t_test": np.zeros(0, np.uint8)}, r"t10k-labels.*: there are no samples in it \(shape \(0,\)\)"),
    ],
)
def test_files_that_do_not_fit_together_are_named(tmp_path, changes, message):
    with pytest.raises(IdxError, match=message):
        load_mnist(data_dir=write_folder(tmp_path, **changes))


def test_the_folder_in_the_environment_comes_before_the_cache(tmp_path, monkeypatch):
    monkeypatch.setattr(mnist, "cache_folder", lambda: tmp_path / "cache" / "mnist")
    monkeypatch.delenv("CHAINRULE_DATA", raising=False)
    assert find_mnist() is None
    write_folder(tmp_path / "cache" / "mnist")
    assert find_mnist() == tmp_path / "cache" / "mnist"
    write_folder(tmp_path / "data" / "mnist")
    monkeypatch.setenv("CHAINRULE_DATA", str(tmp_path / "data"))
    assert find_mnist() == tmp_path / "data" / "mnist"
    assert locate_mnist(tmp_path / "given") == tmp_path / "given"


def test_an_environment_without_mnist_falls_back_to_the_cache(tmp_path, monkeypatch):
    monkeypatch.setattr(mnist, "cache_folder", lambda: tmp_path / "cache" / "mnist")
    monkeypatch.setenv("CHAINRULE_DATA", str(tmp_path / "nothing"))
    write_folder(tmp_path / "cache" / "mnist")
    assert find_mnist() == tmp_path / "cache" / "mnist"


def test_a_cache_with_three_of_the_four_files_is_no_mnist_yet(tmp_path, monkeypatch):
    monkeypatch.setattr(mnist, "cache_folder", lambda: tmp_path)
    monkeypatch.delenv("CHAINRULE_DATA", raising=False)
    write_folder(tmp_path)
    find_file(tmp_path, "t10k-labels-idx1-ubyte").unlink()
    assert find_mnist() is None


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {"XDG_CACHE_HOME": "/somewhere"}, Path("/somewhere/chainrule/mnist")),
        ("linux", {"HOME": "/home/me"}, Path("/home/me/.cache/chainrule/mnist")),
        ("darwin", {"HOME": "/Users/me"}, Path("/Users/me/Library/Caches/chainrule/mnist")),
        ("win32", {"LOCALAPPDATA": "/local"}, Path("/local/chainrule/mnist")),
    ],
)
def test_the_cache_is_where_the_operating_system_has_it(monkeypatch, platform, variables, expected):
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(mnist.sys, "platform", platform)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    if "HOME" in variables and Path.home() != Path(variables["HOME"]):
        pytest.skip("this system does not take the home folder from HOME")
    assert cache_folder() == expected
