import copy
import tracemalloc

import numpy as np
import pytest

from gradient_check import check_layer
from layers import (
    Affine,
    BatchNormalization,
    Checkpoint,
    Dropout,
    ReLU,
    Residual,
    Sequence,
    Sigmoid,
    SoftmaxWithLoss,
    Tanh,
)
from layers.initializers import he
from networks.network import Network


def stack(rng, width=6):
    """Layers of which some are random, and some have a state."""
    normalization = BatchNormalization(np.ones(width), np.zeros(width))
    return [
        Affine(rng.standard_normal((width, width)), rng.standard_normal(width)),
        normalization,
        ReLU(),
        Dropout(0.4, rng=5),
        Residual(Affine(rng.standard_normal((width, width)), np.zeros(width)), Dropout(0.2, rng=6), Sigmoid()),
    ]


@pytest.fixture
def both(rng):
    plain = Sequence(*stack(rng))
    return plain, Checkpoint(*copy.deepcopy(plain.layers))


@pytest.mark.parametrize("training", [True, False])
def test_values_and_gradients_equal_those_without_it_to_the_bit(both, rng, training):
    for _ in range(3):
        x, dout = rng.standard_normal((7, 6)), rng.standard_normal((7, 6))
        results = []
        for layer in both:
            layer.training = training
            y = layer.forward(x)
            results.append([y, layer.backward(dout), *layer.grads.values()])
        for without, with_it in zip(*results, strict=True):
            np.testing.assert_array_equal(without, with_it)


def test_the_running_statistics_count_every_forward_once(both, rng):
    for layer in both:
        layer.backward(layer.forward(np.arange(42.0).reshape(7, 6)))
    plain, checkpointed = (layer.layers[1] for layer in both)
    np.testing.assert_array_equal(plain.running_mean, checkpointed.running_mean)
    np.testing.assert_array_equal(plain.running_var, checkpointed.running_var)


def test_the_mode_of_one_call_holds_for_the_second_forward_too(both, rng):
    x = rng.standard_normal((7, 6))
    for training in (True, False, None):
        results = [layer.backward(layer.forward(x, training)) for layer in both]
        np.testing.assert_array_equal(*results)


def test_a_mode_that_changes_before_backward_changes_nothing(both, rng):
    x, results = rng.standard_normal((7, 6)), []
    for layer in both:
        y = layer.forward(x)
        layer.training = False
        results.append(layer.backward(y))
        assert not layer.layers[3].training
        layer.training = True
    np.testing.assert_array_equal(*results)


def test_between_forward_and_backward_the_layers_hold_nothing(both, rng):
    checkpointed = both[1]
    inner = [*checkpointed.layers[:4], *checkpointed.layers[4].layers]
    before = [set(vars(layer)) for layer in inner]
    y = checkpointed.forward(rng.standard_normal((7, 6)))
    assert [set(vars(layer)) for layer in inner] == before
    checkpointed.backward(y)
    new = [set(vars(layer)) - names for layer, names in zip(inner, before, strict=True)]
    assert set().union(*new) == {"dW", "db", "dgamma", "dbeta"}


def test_backward_twice_gives_the_same_twice(both, rng):
    layer = both[1]
    dout = layer.forward(rng.standard_normal((7, 6)))
    np.testing.assert_array_equal(layer.backward(dout), layer.backward(dout))


def test_checkpoints_within_checkpoints_give_the_same(rng):
    plain = Sequence(*stack(rng), *stack(rng))
    inner = copy.deepcopy(plain.layers)
    nested = Checkpoint(Checkpoint(*inner[:5]), *inner[5:])
    x = rng.standard_normal((7, 6))
    np.testing.assert_array_equal(plain.backward(plain.forward(x)), nested.backward(nested.forward(x)))
    for name, grad in plain.grads.items():
        np.testing.assert_array_equal(grad, nested.grads[name])


class Scale:
    """A student's layer, which keeps its gradient in a dictionary."""

    def __init__(self):
        self.params, self.grads = {"s": np.array([2.0])}, {}

    def forward(self, x):
        self.x = x
        return x * self.params["s"]

    def backward(self, dout):
        self.grads = {"s": np.array([(dout * self.x).sum()])}
        return dout * self.params["s"]


def test_anybodys_layer_can_be_checkpointed(rng):
    layer = Checkpoint(Scale(), Scale())
    y = layer.forward(np.array([[1.0, 2.0]]))
    np.testing.assert_array_equal(layer.backward(y), [[16, 32]])
    assert layer.grads == {"s1": np.array([40.0]), "s2": np.array([40.0])}


@pytest.mark.first_is_quick
@pytest.mark.parametrize("N", [2, 5])
def test_the_checker_finds_it_right(rng, N):
    check_layer(Checkpoint(*stack(rng)), rng.standard_normal((N, 6))).raise_if_wrong()


def test_a_network_of_checkpoints_learns_as_one_without(rng):
    layers = [*stack(rng), Affine(rng.standard_normal((6, 3)), np.zeros(3))]
    plain = Network(layers, SoftmaxWithLoss())
    inner = copy.deepcopy(layers)
    checkpointed = Network([Checkpoint(*inner[:3]), Checkpoint(*inner[3:])], SoftmaxWithLoss())
    x, t = rng.standard_normal((7, 6)), rng.integers(0, 3, 7)
    expected, found = plain.gradient(x, t), checkpointed.gradient(x, t)
    assert list(expected) == list(found)
    for name in expected:
        np.testing.assert_array_equal(expected[name], found[name])


def test_backward_before_forward_is_refused(rng):
    with pytest.raises(RuntimeError, match="Checkpoint: backward was called before forward"):
        Checkpoint(ReLU()).backward(np.ones((1, 2)))


def peak_memory(rng, part):
    """The bytes that a forward and a backward through 64 layers allocate at most, in checkpoints of ``part`` layers."""
    layers = []
    for _ in range(32):
        layers += [Affine(he((128, 128), rng), np.zeros(128, np.float32)), Tanh()]
    parts = layers if part is None else [Checkpoint(*layers[i : i + part]) for i in range(0, 64, part)]
    whole, x = Sequence(*parts), rng.standard_normal((1000, 128)).astype(np.float32)
    tracemalloc.start()
    whole.backward(whole.forward(x))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def test_64_layers_in_checkpoints_of_8_need_at_most_a_third_of_the_memory(rng):
    assert peak_memory(rng, part=8) <= peak_memory(rng, part=None) / 3


class OldDropout:
    """Dropout with random numbers of NumPy's functions, or of a generator of the old kind."""

    def __init__(self, random):
        self.random = random

    def forward(self, x):
        self.mask = self.random.rand(*x.shape) > 0.5
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask


@pytest.mark.parametrize("random", [np.random, np.random.RandomState(3)])
def test_random_numbers_of_the_old_kind_are_drawn_again_too(random):
    layer, x = Checkpoint(OldDropout(random)), np.ones((5, 5))
    y = layer.forward(x)
    following = random.rand()
    np.testing.assert_array_equal(layer.backward(x), y)
    assert random.rand() != following


class BookNormalization:
    """The book's batch normalisation, as far as its running mean: made by the first forward, then bound anew."""

    def __init__(self):
        self.running_mean = None

    def forward(self, x):
        self.running_mean = np.zeros(x.shape[1]) if self.running_mean is None else self.running_mean
        self.running_mean = 0.9 * self.running_mean + 0.1 * x.mean(axis=0)
        return x - x.mean(axis=0)

    def backward(self, dout):
        return dout - dout.mean(axis=0)


def test_a_running_mean_that_the_first_forward_makes_is_counted_once(rng):
    plain, within = BookNormalization(), BookNormalization()
    layer = Checkpoint(within)
    for _ in range(3):
        x = rng.standard_normal((4, 2))
        np.testing.assert_array_equal(plain.forward(x), layer.forward(x))
        np.testing.assert_array_equal(plain.backward(x), layer.backward(x))
        np.testing.assert_array_equal(plain.running_mean, within.running_mean)


def test_a_layer_with_slots_is_refused_by_name():
    class Slotted:
        __slots__ = ("x",)

        def forward(self, x):
            return x

        def backward(self, dout):
            return dout

    with pytest.raises(TypeError, match="Checkpoint: Slotted has __slots__"):
        Checkpoint(Slotted()).forward(np.ones((1, 2)))


def test_checkpoints_within_a_checkpoint_hold_nothing_between_forward_and_backward(rng):
    inner = Checkpoint(Sigmoid())
    layer = Checkpoint(inner, Sigmoid())
    before = set(vars(inner))
    y = layer.forward(rng.standard_normal((3, 2)))
    assert set(vars(inner)) == before
    layer.backward(y)
    assert set(vars(inner)) == before


def test_a_backward_that_fails_leaves_the_layers_as_they_were(rng):
    sigmoid = Sigmoid()
    layer = Checkpoint(sigmoid)
    layer.forward(rng.standard_normal((3, 2)))
    before = set(vars(sigmoid))
    with pytest.raises(ValueError, match="differs from the output's"):
        layer.backward(np.ones(5))
    assert set(vars(sigmoid)) == before


def test_a_network_with_a_checkpoint_can_be_copied_after_a_step(rng):
    network = Network([Checkpoint(Affine(rng.standard_normal((3, 2)), np.zeros(2)), Dropout(0.5))], SoftmaxWithLoss())
    x, t = rng.standard_normal((4, 3)), np.array([0, 1, 0, 1])
    network.gradient(x, t)
    assert network.astype(np.float32).gradient(x, t)["W1"].dtype == np.float32
    assert network.summary((3,))
