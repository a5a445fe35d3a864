"""Batches that are drawn ahead are those that would be drawn in turn."""

import threading
import time

import numpy as np
import pytest

from datasets import ScaledImages, batches
from networks import TwoLayerNet
from training import SGD, Trainer
from training.loop import ahead


@pytest.fixture(autouse=True)
def two_threads(monkeypatch):
    """Draw ahead, also where one thread is all that the tests may use."""
    monkeypatch.setattr(ahead, "sharing_threads", lambda: 2)


def data(rng, kind, count=1003):
    t = rng.integers(0, 10, count)
    if kind == "bytes":
        return ScaledImages(rng.integers(0, 256, (count, 28, 28), np.uint8)), t
    return rng.standard_normal((count, 50)), t if kind == "labels" else np.eye(10)[t]


@pytest.mark.parametrize("kind", ["bytes", "labels", "rows"])
@pytest.mark.parametrize(("batch_size", "skip"), [(10, 0), (10, 7), (6, 0), (334, 1), (1003, 0), (17, 100)])
def test_they_are_the_same_batches(rng, monkeypatch, kind, batch_size, skip):
    monkeypatch.setattr(ahead, "DRAWN_AHEAD", 1 << 17)
    x, t = data(rng, kind)
    one, other = np.random.default_rng(3), np.random.default_rng(3)
    drawn, expected = ahead.batches_ahead(x, t, batch_size, one, skip), batches(x, t, batch_size, other, skip)
    for (some_x, some_t), (right_x, right_t) in zip(drawn, expected, strict=True):
        np.testing.assert_array_equal(some_x, right_x, strict=True)
        np.testing.assert_array_equal(some_t, right_t, strict=True)
        assert some_x.flags.c_contiguous
    assert one.bit_generator.state == other.bit_generator.state


@pytest.mark.exhaustive
def test_another_thread_draws_them_several_at_a_time(rng, monkeypatch):
    drawn, draw = [], ScaledImages.__getitem__
    monkeypatch.setattr(
        ScaledImages, "__getitem__", lambda self, i: drawn.append((threading.current_thread(), len(i))) or draw(self, i)
    )
    monkeypatch.setattr(ahead, "DRAWN_AHEAD", 20 * 20 * 784 * 4)
    x, t = data(rng, "bytes", 2000)
    for _ in ahead.batches_ahead(x, t, 20, rng, 0):
        time.sleep(0.005)  # what the network does meanwhile
    here = threading.current_thread()
    assert [size for thread, size in drawn if thread is not here] == [400] * 4
    assert all(size == 20 for thread, size in drawn if thread is here)
    assert 20 <= sum(thread is here for thread, _ in drawn) < 60


def test_a_thread_that_is_late_is_not_waited_for(rng, monkeypatch):
    go_on, here, draw = threading.Event(), threading.current_thread(), ScaledImages.__getitem__

    def late(self, index):
        if threading.current_thread() is not here:
            go_on.wait(20)
        return draw(self, index)

    monkeypatch.setattr(ScaledImages, "__getitem__", late)
    x, t = data(rng, "bytes", 2000)
    drawn = list(ahead.batches_ahead(x, t, 20, np.random.default_rng(0), 0))
    go_on.set()
    assert len(drawn) == 100
    for (some_x, some_t), (right_x, right_t) in zip(drawn, batches(x, t, 20, np.random.default_rng(0)), strict=True):
        np.testing.assert_array_equal(some_x, right_x)
        np.testing.assert_array_equal(some_t, right_t)


class Lazy:
    """Samples from a file, say, which one thread may read at a time."""

    def __init__(self, x):
        self.x, self.shape, self.dtype, self.reads = x, x.shape, x.dtype, []

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        self.reads.append((threading.current_thread(), np.size(index)))
        return self.x[index]


def test_data_that_are_more_than_arrays_are_read_batch_by_batch_by_the_thread_that_trains(rng):
    x, t = data(rng, "labels", 100)
    lazy = Lazy(x)
    assert len(list(ahead.batches_ahead(lazy, t, 10, rng, 0))) == 10
    assert lazy.reads == [(threading.current_thread(), 10)] * 10


def test_a_trainer_does_not_read_lazy_data_before_it_trains(rng):
    x, t = data(rng, "labels", 100)

    class WithoutShape:
        reads = 0

        def __len__(self):
            return len(x)

        def __getitem__(self, index):
            if np.ndim(index) == 0 and not isinstance(index, slice):
                raise TypeError("one index is not enough")
            self.reads += 1
            return x[index]

    lazy = WithoutShape()
    trainer = Trainer(TwoLayerNet(50, 7, 10, seed=0), lazy, t, lazy, t, SGD(0.1), epochs=1, batch_size=20, seed=1)
    assert lazy.reads == 0
    trainer.train()
    assert lazy.reads > 5


def test_large_batches_and_one_thread_are_drawn_in_turn(rng, monkeypatch):
    x, t = data(rng, "labels")
    assert ahead.batches_together(x, t, 10) > 1
    assert ahead.batches_together(np.zeros((100, 1000, 1000), np.uint8), t[:100], 10) == 0
    assert ahead.batches_together(x.astype(object), t, 10) == 0
    monkeypatch.setattr(ahead, "sharing_threads", lambda: 1)
    assert ahead.batches_together(x, t, 10) == 0


def test_training_is_the_same_to_the_bit(rng, monkeypatch):
    x, t = data(rng, "labels", 300)
    trained = []
    for threads in (1, 2):
        monkeypatch.setattr(ahead, "sharing_threads", lambda threads=threads: threads)
        network = TwoLayerNet(50, 7, 10, seed=0)
        Trainer(network, x, t, x, t, SGD(0.1), epochs=3, batch_size=20, seed=1).train()
        trained.append(network.params)
    for name, param in trained[0].items():
        np.testing.assert_array_equal(trained[1][name], param)


def test_samples_and_labels_that_do_not_fit_are_named_as_before(rng):
    with pytest.raises(ValueError, match="x holds 3 samples and t 2 labels"):
        ahead.batches_ahead(np.zeros((3, 2)), np.zeros(2, int), 2, rng, 0)
