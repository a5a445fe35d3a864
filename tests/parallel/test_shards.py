"""The gradient of a batch, put together from its shards in one process."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers import Affine, BatchNormalization, Dropout, SoftmaxWithLoss
from networks import MultiLayerNet, Network, TwoLayerNet
from training import SGD, Trainer
from training.parallel.shards import Shards, cut


def samples(count=24, seed=0):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(count, 4)), rng.integers(0, 3, count)


@given(samples=st.integers(1, 200), size=st.integers(1, 60))
def test_the_shards_of_a_batch_hold_every_sample_once_and_none_is_left_alone(samples, size):
    pieces = cut(samples, size)
    assert [n for piece in pieces for n in range(piece.start, piece.stop)] == list(range(samples))
    assert size == 1 or samples == 1 or all(piece.stop - piece.start > 1 for piece in pieces)


@pytest.mark.parametrize("count", [24, 23, 25])
def test_without_batch_normalisation_the_gradient_is_that_of_the_whole_batch(count):
    network = TwoLayerNet(4, 5, 3, seed=0, dtype=np.float64)
    x, t = samples(count)
    shards = Shards(network, 4)
    grads, whole = shards.gradient(x, t), network.gradient(x, t)
    for name in whole:
        np.testing.assert_allclose(grads[name], whole[name], rtol=1e-12, atol=1e-15)
    assert shards.last_loss == pytest.approx(network.loss(x, t), rel=1e-12)


def test_batch_normalisation_takes_the_statistics_of_the_shard():
    x, t = samples()
    sharded, alone = (normalised() for _ in range(2))
    grads = Shards(sharded, 8).gradient(x, t)
    parts = [alone.gradient(x[start : start + 8], t[start : start + 8]) for start in (0, 8, 16)]
    for name in grads:
        np.testing.assert_allclose(grads[name], sum(part[name] for part in parts) / 3, rtol=1e-12, atol=1e-15)


def test_the_running_statistics_are_the_mean_of_those_that_the_shards_leave():
    x, t = samples()
    network = normalised()
    Shards(network, 8).gradient(x, t)
    left = []
    for start in (0, 8, 16):
        fresh = normalised()
        fresh.gradient(x[start : start + 8], t[start : start + 8])
        left.append(fresh.state)
    for name, array in network.state.items():
        np.testing.assert_allclose(array, sum(state[name] for state in left) / 3, rtol=1e-12)


def normalised():
    rng = np.random.default_rng(1)
    layers = [Affine(rng.normal(size=(4, 3)), np.zeros(3)), BatchNormalization(np.ones(3), np.zeros(3))]
    return Network(layers, SoftmaxWithLoss())


class Seen(Dropout):
    """Notes the masks that it draws."""

    def forward(self, x):
        y = super().forward(x)
        self.seen = [*getattr(self, "seen", []), self.mask]
        return y

    def draw_mask(self, x):
        draw = self.rng.random if isinstance(self.rng, np.random.Generator) else self.rng.random_sample
        return (draw(x.shape) >= self.dropout_ratio) / (1 - self.dropout_ratio)


@pytest.mark.parametrize("kind", [np.random.default_rng, np.random.RandomState])
def test_random_numbers_belong_to_the_shard_whoever_computes_it(kind):
    """So that a process that computes the last shards alone drops what one that computes all of them drops there."""

    class Half(Shards):
        def mine(self, count):
            return range(count // 2, count)

        def add_up(self, rows, count):
            return rows[0]

    x, t = samples()
    whole, half = dropping(kind), dropping(kind)
    for _step in range(2):
        Shards(whole, 6).gradient(x, t)
        Half(half, 6).gradient(x, t)
    drawn, of_half = whole.layers["Seen1"].seen, half.layers["Seen1"].seen
    assert len(drawn) == 8
    assert not np.array_equal(drawn[0], drawn[1])
    for mask, other in zip([*drawn[2:4], *drawn[6:8]], of_half, strict=True):
        np.testing.assert_array_equal(mask, other)


def dropping(kind):
    layer = Seen(0.5)
    layer.rng = kind(3)
    weights = np.random.default_rng(0).normal(size=(4, 3))
    return Network([layer, Affine(weights, np.zeros(3))], SoftmaxWithLoss())


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"shards": 7}, "7 shards do not divide a batch of 96; 6 would, for example"),
        ({"shards": 0}, "shards must be a whole number of at least 1, got 0"),
        ({"parallel": object()}, "say how many with shards"),
    ],
)
def test_shards_that_make_no_sense_are_refused(given, said):
    x, t = samples(200)
    with pytest.raises(ValueError, match=said):
        Trainer(TwoLayerNet(4, 5, 3, seed=0), x, t, x, t, batch_size=96, **given)


@pytest.mark.parametrize("options", [{}, {"use_batchnorm": True, "use_dropout": True}])
def test_a_training_in_shards_goes_on_from_a_snapshot_to_the_same_bits(options):
    x, t = samples(100)

    def trainer():
        network = MultiLayerNet(4, [6, 6], 3, seed=0, **options)
        return Trainer(network, x.astype(np.float32), t, x, t, SGD(0.1), 4, 24, seed=0, shards=6)

    whole, first, second = trainer(), trainer(), trainer()
    whole.train()
    kept = []
    first.train(on_checkpoint=lambda: kept.append(first.snapshot()))
    second.restore(kept[1])
    second.train()
    for name, param in {**whole.network.params, **whole.network.state}.items():
        np.testing.assert_array_equal({**second.network.params, **second.network.state}[name], param)
