from pathlib import Path

import numpy as np
import pytest

from datasets import digits, load_digits


def test_all_1797_digits_are_there_in_two_stratified_parts():
    (x_train, t_train), (x_test, t_test) = load_digits()
    assert len(x_train) + len(x_test) == 1797
    share = np.bincount(t_test) / (np.bincount(t_train) + np.bincount(t_test))
    np.testing.assert_allclose(share, 0.2, atol=0.003)


def test_no_test_image_is_among_the_training_images():
    (x_train, _), (x_test, _) = load_digits(normalize=False)
    assert len({x.tobytes() for x in x_train} & {x.tobytes() for x in x_test}) == 0


def test_the_defaults_are_float32_pixels_from_0_to_1_and_integer_labels():
    (x_train, t_train), _ = load_digits()
    assert x_train.dtype == np.float32
    assert (x_train.min(), x_train.max()) == (0, 1)
    assert t_train.dtype == np.int64


def test_the_options_of_the_book():
    (x, t), _ = load_digits(normalize=False, flatten=False, one_hot_label=True)
    assert x.shape == (1438, 1, 8, 8)
    assert (x.dtype, x.max()) == (np.uint8, 16)
    assert t.shape == (1438, 10)


@pytest.mark.exhaustive
def test_they_are_scikit_learns_digits():
    sklearn = pytest.importorskip("sklearn.datasets", reason="scikit-learn, which the digits came from, is missing")
    original = sklearn.load_digits()
    (x_train, t_train), (x_test, t_test) = load_digits(normalize=False)
    ours = sorted((int(t), x.tobytes()) for x, t in zip([*x_train, *x_test], [*t_train, *t_test], strict=True))
    theirs = sorted((int(t), x.astype(np.uint8).tobytes()) for x, t in zip(original.data, original.target, strict=True))
    assert ours == theirs


def test_the_file_bears_its_citation():
    with np.load(Path(digits.__file__).parent / "digits.npz", allow_pickle=False) as file:
        assert "10.24432/C50P49" in str(file["citation"])


def test_another_folder_may_be_given(tmp_path):
    x, t = np.zeros((5, 8, 8), np.uint8), np.array([0, 1, 2, 1, 0], np.uint8)
    np.savez(tmp_path / "digits.npz", x_train=x, t_train=t, x_test=x, t_test=t)
    assert load_digits(data_dir=tmp_path)[0][0].shape == (5, 64)


def test_a_folder_without_digits_is_not_found(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"digits.npz"):
        load_digits(data_dir=tmp_path)


def test_a_damaged_file_is_named(tmp_path):
    (tmp_path / "digits.npz").write_bytes(b"nonsense")
    with pytest.raises(ValueError, match=r"digits.npz is not a whole file of digits"):
        load_digits(data_dir=tmp_path)


def test_a_file_with_other_arrays_is_named(tmp_path):
    np.savez(tmp_path / "digits.npz", x_train=np.zeros(3))
    with pytest.raises(ValueError, match=r"digits.npz is not a whole file of digits"):
        load_digits(data_dir=tmp_path)


def test_any_flipped_byte_gives_the_digits_or_a_clear_error(tmp_path):
    content = (Path(digits.__file__).parent / "digits.npz").read_bytes()
    rng = np.random.default_rng(0)
    for position in [*range(40), *rng.integers(0, len(content), 60), *range(len(content) - 60, len(content))]:
        damaged = bytearray(content)
        damaged[position] ^= 0xFF
        (tmp_path / "digits.npz").write_bytes(damaged)
        try:
            load_digits(data_dir=tmp_path)
        except ValueError as error:
            assert "digits.npz is not a whole file of digits" in str(error)  # noqa: PT017
