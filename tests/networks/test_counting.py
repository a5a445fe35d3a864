"""How an accuracy is counted: by several threads where the layers allow it."""

import os
import subprocess
import sys
import threading

import numpy as np
import pytest

from layers import Affine, BatchNormalization, Dropout, ReLU, Residual, SoftmaxWithLoss
from layers.common.threads import cores, loaded_blas
from networks import Network, SimpleConvNet, TwoLayerNet
from networks.counting import can_be_shared

several = pytest.mark.skipif(cores() < 2 or loaded_blas() is None, reason="no work is shared: one core, or no OpenBLAS")


def affine(rng, D, M):
    return Affine(rng.standard_normal((D, M)), np.zeros(M))


def samples(rng, count, D=6):
    return rng.standard_normal((count, D)), rng.integers(0, 3, count)


class Doubled(ReLU):
    """A layer of a student's."""

    def forward(self, x):
        return 2 * x


class Reversed(TwoLayerNet):
    """A network that predicts in its own way."""

    def predict(self, x, training=False):
        return -super().predict(x, training)


def test_every_chunk_is_counted_once(rng):
    network = Network([affine(rng, 6, 5), ReLU(), affine(rng, 5, 3)], SoftmaxWithLoss())
    x, t = samples(rng, 103)
    right = (network.predict(x).argmax(axis=1) == t).mean()
    for chunk_size in (1, 10, 103, 500):
        assert network.accuracy(x, t, chunk_size) == pytest.approx(right)


def test_images_are_taken_a_hundred_at_a_time(rng):
    network, sizes = SimpleConvNet((1, 8, 8), seed=0), []
    x, t = rng.standard_normal((730, 1, 8, 8)), rng.integers(0, 10, 730)

    class Watched(np.ndarray):
        def __getitem__(self, index):
            sizes.append(index.stop - index.start)
            return super().__getitem__(index).view(np.ndarray)

    right = (network.predict(x).argmax(axis=1) == t).mean()
    assert network.accuracy(x.view(Watched), t) == pytest.approx(right)
    assert max(sizes) == 100
    assert sum(sizes) == 730


def test_counting_leaves_parameters_and_running_statistics_as_they_are(rng):
    network = Network(
        [affine(rng, 6, 5), BatchNormalization(np.ones(5), np.zeros(5)), Dropout(0.5), affine(rng, 5, 3)],
        SoftmaxWithLoss(),
    )
    x, t = samples(rng, 40)
    before = {name: array.copy() for name, array in {**network.params, **network.state}.items()}
    network.accuracy(x, t, 3)
    for name, array in {**network.params, **network.state}.items():
        np.testing.assert_array_equal(array, before[name])
    network.gradient(x[:8], t[:8])


def test_only_networks_of_our_layers_are_shared(rng):
    layers = [affine(rng, 6, 3)]
    assert can_be_shared(Network([*layers, ReLU()], SoftmaxWithLoss()))
    assert can_be_shared(TwoLayerNet(6, 5, 3))
    assert not can_be_shared(Network([*layers, Doubled()], SoftmaxWithLoss()))
    in_our_folder = type("Added", (ReLU,), {"__module__": "layers.added"})  # a file of a student's in our folder
    assert not can_be_shared(Network([*layers, in_our_folder()], SoftmaxWithLoss()))
    assert not can_be_shared(Network([*layers, Residual(affine(rng, 3, 3))], SoftmaxWithLoss()))
    assert not can_be_shared(Reversed(6, 5, 3))
    assert can_be_shared(SimpleConvNet())
    patched = Network([*layers, ReLU()], SoftmaxWithLoss())
    patched.layers["ReLU1"].forward = lambda x: x
    assert not can_be_shared(patched)


@pytest.mark.parametrize(
    "make",
    [lambda rng: Reversed(6, 5, 3, seed=0), lambda rng: Network([affine(rng, 6, 3), Doubled()], SoftmaxWithLoss())],
)
def test_other_networks_are_counted_by_the_thread_that_asks(rng, make):
    network, threads = make(rng), set()
    x, t = samples(rng, 60)
    right = (network.predict(x).argmax(axis=1) == t).mean()

    class Watched(np.ndarray):
        def __getitem__(self, index):
            threads.add(threading.get_ident())
            return super().__getitem__(index).view(np.ndarray)

    assert network.accuracy(x.view(Watched), t, 7) == pytest.approx(right)
    assert threads == {threading.get_ident()}


@pytest.mark.exhaustive
@several
def test_several_threads_count_the_same_as_one(root):
    code = """
import threading
import numpy as np
from networks import TwoLayerNet

threads = set()

class Watched:
    shape, dtype = (20000, 50), np.dtype(np.float32)
    def __len__(self):
        return 20000
    def __getitem__(self, chunk):
        threads.add(threading.get_ident())
        return np.random.default_rng(chunk.start).random((chunk.stop - chunk.start, 50), np.float32)

t = np.arange(20000) % 10
print(TwoLayerNet(50, 300, 10, seed=0).accuracy(Watched(), t), len(threads))
"""
    said = {}
    for number in ("1", "2"):
        environment = os.environ | {"OPENBLAS_NUM_THREADS": number}
        result = subprocess.run([sys.executable, "-c", code], cwd=root, env=environment, capture_output=True, text=True)
        assert result.returncode == 0, result.stderr
        said[number] = result.stdout.split()
    assert said["1"][0] == said["2"][0]
    assert (said["1"][1], said["2"][1]) == ("1", "2")


def test_an_error_in_any_chunk_is_raised_as_it_is(rng):
    network = TwoLayerNet(6, 5, 3)
    x, t = samples(rng, 50)
    t[44] = 7
    with pytest.raises(ValueError, match=r"labels must lie in 0\.\.2"):
        network.accuracy(x, t, 5)
