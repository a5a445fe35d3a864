"""Data sets by their names: toy sets, tables, and a part that is held out."""

import numpy as np
import pytest

from datasets.images import ScaledImages
from datasets.opening import open_digits, open_table, open_toy
from datasets.splitting import hold_out
from datasets.toy import TOYS

every_toy = pytest.mark.parametrize("name", TOYS)
CLASSES = {"spiral": 3, "moons": 2, "circles": 2, "xor": 2, "curve": 0}


@every_toy
def test_a_toy_set_is_always_the_same_and_none_of_its_test_points_is_for_training(name):
    data, again = open_toy(name), open_toy(name)
    assert data.checksum() == again.checksum()
    assert (len(data.x_train), len(data.x_test), data.classes) == (400, 100, CLASSES[name])
    assert not {tuple(x) for x in data.x_train.tolist()} & {tuple(x) for x in data.x_test.tolist()}
    assert data.x_train.dtype == data.x_test.dtype == np.float32
    assert len(data.feature_names) == data.features


def test_what_is_said_of_points_is_right_for_points():
    assert str(open_toy("xor")) == "xor from the package: 400 training and 100 test points in the plane, 2 classes"
    curve = open_toy("curve")
    expected = "curve from the package: 400 training and 100 test samples of 1 feature, 1 value to predict"
    assert str(curve) == expected
    assert curve.outputs == 1
    assert curve.t_train.shape == (400, 1)


def test_the_curve_lies_around_0_and_this_is_said():
    curve = open_toy("curve")
    assert abs(curve.x_train.mean()) < 1e-6
    assert -1 < curve.x_train.min() < -0.99
    assert 0.99 < curve.x_train.max() < 1
    np.testing.assert_allclose(curve.t_train, -np.sin(np.pi * curve.x_train), atol=0.5)
    assert curve.notes == ("x was stretched from 0..1 to -1..1: what lies around 0 is learned more easily",)


@pytest.mark.parametrize("part", ["x_train", "t_train", "x_test", "t_test", "x_validation", "t_validation"])
def test_the_checksum_is_another_one_when_any_number_is(part):
    data = hold_out(open_toy("moons"), 0.1)
    values = getattr(data, part).copy()
    values.flat[-1] += 1
    assert data._replace(**{part: values}).checksum() != data.checksum()


def test_the_checksum_is_another_one_when_the_classes_have_other_names():
    data = open_toy("moons")
    named = data._replace(class_names=("moon", "sun"))
    assert len({data.checksum(), named.checksum(), named._replace(class_names=("sun", "moon")).checksum()}) == 3


def test_the_checksum_of_the_digits_is_that_of_older_runs():
    assert open_digits().checksum() == "7621ddc7"


def test_points_are_no_images():
    with pytest.raises(ValueError, match="the samples of spiral are no images"):
        open_toy("spiral").as_images()


def test_images_take_the_shape_of_images_those_held_out_too():
    data = hold_out(open_digits(), 0.1).as_images()
    assert data.x_train.shape[1:] == data.x_test.shape[1:] == data.x_validation.shape[1:] == (1, 8, 8)


@pytest.mark.parametrize("share", [0.1, 0.25, 0.5])
def test_what_is_held_out_has_the_classes_in_proportion_and_nothing_is_lost(share):
    data = open_digits()
    split = hold_out(data, share)
    all_of, held_out = np.bincount(data.t_train), np.bincount(split.t_validation)
    assert np.abs(held_out - share * all_of).max() <= 1
    rows = sorted([*split.x_train.pixels.tolist(), *split.x_validation.pixels.tolist()])
    assert rows == sorted(data.x_train.pixels.tolist())
    assert split.checksum() == hold_out(data, share).checksum()
    assert (split.x_test, split.notes[-1]) == (
        data.x_test,
        f"{len(split.x_validation):,} of the 1,438 training samples are held out for validation",
    )


def test_images_that_are_held_out_stay_bytes():
    split = hold_out(open_digits(), 0.1)
    assert type(split.x_train) is type(split.x_validation) is ScaledImages
    assert split.x_validation.white == 16


def test_of_values_small_and_large_ones_are_held_out():
    split = hold_out(open_toy("curve"), 0.1)
    assert len(split.x_validation) == 40
    np.testing.assert_allclose(
        np.quantile(split.t_validation, [0.1, 0.5, 0.9]), np.quantile(split.t_train, [0.1, 0.5, 0.9]), atol=0.15
    )


def test_a_share_that_leaves_nothing_is_refused():
    one_each = open_toy("moons")._replace(x_train=np.zeros((2, 2), np.float32), t_train=np.array([0, 1]))
    with pytest.raises(ValueError, match=r"a share of 0\.1 of 2 training samples leaves none"):
        hold_out(one_each, 0.1)


def test_a_table_bears_the_name_of_its_file_and_knows_its_columns(tmp_path):
    lines = ["height,width,kind"] + [f"{n},{n % 7},{'big' if n > 10 else 'small'}" for n in range(20)]
    (tmp_path / "boxes.csv").write_text("\n".join(lines))
    classes = open_table(tmp_path / "boxes.csv", "kind")
    assert (classes.name, classes.class_names, classes.feature_names) == (
        "boxes",
        ("big", "small"),
        ("height (scaled)", "width (scaled)"),
    )
    assert str(classes).endswith("16 training and 4 test points in the plane, 2 classes")
    values = open_table(tmp_path / "boxes.csv", "height", kind="values")
    assert (values.classes, values.outputs, values.target_name) == (0, 1, "height (scaled)")
    assert str(values).endswith("test samples of 3 features, 1 value to predict")
