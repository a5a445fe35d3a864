"""A student's class that inherits from a layer, or is a copy of one, works as it is written."""

import functools
import re
import sys
import types

import numpy as np
import pytest

import layers
from layers import Affine, BatchNormalization, Dropout, Layer, MaxPooling, Residual, Sequence, SoftmaxWithLoss
from layers.common.first_layer import backward_for_parameters


class Counted(BatchNormalization):
    state_names = ("running_mean", "running_var", "steps")

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.steps = np.zeros(1)


def test_a_subclass_may_have_more_state():
    layer = Counted(np.ones(2), np.zeros(2))
    layer.forward(np.eye(2))
    assert list(layers.state_of(layer)) == ["running_mean", "running_var", "steps"]


class Normalised(Affine):
    """Weight normalisation: W is computed from V."""

    @property
    def W(self):
        return self.V / np.linalg.norm(self.V)

    @W.setter
    def W(self, W):
        self.V = W


def test_a_subclass_may_compute_a_parameter():
    layer = Normalised(np.array([[3.0], [4.0]]), np.zeros(1))
    np.testing.assert_allclose(layer.forward(np.ones((1, 2))), [[1.4]])


class FixedStride(MaxPooling):
    @property
    def stride(self):
        return 1

    @stride.setter
    def stride(self, stride):
        pass


def test_a_subclass_may_fix_an_option():
    assert FixedStride(2, 2).forward(np.zeros((1, 1, 3, 3))).shape == (1, 1, 2, 2)


@pytest.mark.parametrize("name", ["shapes", "options", "declared_by_me", "checks_done"])
@pytest.mark.parametrize("value", [[], {"a": 1}, {}, "text"])
def test_a_subclass_may_use_any_name(name, value):
    layer = type("Mine", (Affine,), {name: value})(np.ones((2, 1)), np.zeros(1))
    np.testing.assert_array_equal(layer.forward([[1, 2]]), [[3.0]])
    layer = type("Mine", (Dropout,), {name: value})(0.5)
    assert layer.forward(np.ones(3), training=False).sum() == 3


class Smooth(SoftmaxWithLoss):
    def prepare(self, t):
        return 0.9 * np.eye(3)[t] + 0.1 / 3

    def forward(self, x, t):
        return super().forward(x, self.prepare(t))


def test_a_loss_of_ones_own_may_smooth_the_labels():
    assert Smooth().forward(np.zeros((2, 3)), np.array([0, 2])) == pytest.approx(np.log(3))


def test_an_own_forward_and_backward_are_called_as_they_are():
    class Square(Layer):
        def forward(self, x):
            self.x = x
            return x**2

        def backward(self, dout):
            return 2 * self.x * dout

    layer = Square()
    assert layer.forward(3) == 9
    assert layer.backward(1) == 6


@pytest.mark.parametrize("hold", [lambda bn: Sequence(Sequence(bn)), lambda bn: Residual(Residual(bn))])
def test_a_layer_that_is_frozen_stays_frozen_however_deep_it_lies(hold):
    bn = BatchNormalization(np.ones(2), np.zeros(2))
    layer = hold(bn)
    bn.training = False
    layer.forward(np.array([[1.0, 2.0], [3.0, 5.0]]))
    assert not bn.training
    np.testing.assert_array_equal(bn.running_mean, [0, 0])


def test_a_layer_whose_mode_cannot_be_set_stands_in_a_sequence():
    class Predicts:
        training = property(lambda self: False)

        def forward(self, x):
            return x

        def backward(self, dout):
            return dout

    assert Sequence(Predicts()).forward(1.0) == 1.0


def test_a_backward_that_wraps_ours_is_called_for_a_first_layer_too():
    @functools.wraps(Affine.backward)
    def doubled(self, dout):
        dx = Affine.backward(self, dout)
        self.dW = 2 * self.dW
        return dx

    layer = type("Doubled", (Affine,), {"backward": doubled})(np.ones((2, 1)), np.zeros(1))
    layer.forward(np.array([[1.0, 2.0]]))
    backward_for_parameters(layer, np.array([[1.0]]))
    np.testing.assert_array_equal(layer.dW, [[2.0], [4.0]])


@pytest.fixture
def copied(root, monkeypatch):
    """The class of a layer's file that was copied into a folder with homework."""

    def load(name):
        module = types.ModuleType(f"homework_{name}")
        monkeypatch.setitem(sys.modules, module.__name__, module)
        source = (root / "layers" / f"{name}.py").read_text(encoding="utf-8")
        exec(compile(source, f"homework_{name}.py", "exec"), vars(module))
        (cls,) = re.findall(r"^class (\w+)", source, re.M)
        return getattr(module, cls)

    return load


def test_a_copy_of_the_affine_layer_takes_what_ours_takes(copied):
    affine = copied("affine")(np.ones((4, 1), np.float32), np.zeros(1, np.float32))
    assert affine.forward(np.ones((2, 2, 2))).dtype == np.float32
    assert affine.backward([[1], [1]]).shape == (2, 2, 2)
    with pytest.raises(ValueError, match="Affine: x has 3 features, W expects 4"):
        affine.forward(np.ones((2, 3)))


def test_a_copy_of_the_addition_sums_what_was_broadcast(copied):
    node = copied("add")()
    node.forward(np.ones((2, 3)), np.ones(3))
    assert [dx.shape for dx in node.backward(np.ones((2, 3)))] == [(2, 3), (3,)]


def test_a_copy_of_dropout_has_two_modes(copied):
    dropout = copied("dropout")(0.5, rng=0)
    assert dropout.option_names == ("dropout_ratio",)
    np.testing.assert_array_equal(dropout.forward(np.ones(9), training=False), np.ones(9))


def test_a_copy_of_the_softmax_with_loss_takes_integer_labels(copied):
    assert copied("softmax_with_loss")().forward(np.zeros((2, 2)), [0, 1]) == pytest.approx(np.log(2))
