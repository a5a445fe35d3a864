"""A batch in parts gives what the whole batch gives."""

import os
import subprocess
import sys

import numpy as np
import pytest

from layers import (
    Affine,
    AveragePooling,
    BatchNormalization,
    Convolution,
    Flatten,
    MaxPooling,
    ReLU,
    SoftmaxWithLoss,
    Tanh,
)
from networks import DeepConvNet, Network, SimpleConvNet, TwoLayerNet, parts
from networks.threads import threads_for_steps
from training import Trainer


@pytest.fixture
def worth(monkeypatch):
    """Say how many operations are worth it: 0 has the smallest network work in parts."""
    return lambda operations: monkeypatch.setattr(parts, "WORTH_SHARING", operations)


def images(rng, count, channels=1, size=28):
    return rng.standard_normal((count, channels, size, size)), rng.integers(0, 10, count)


def convolution(rng, F, C, size=3, **options):
    return Convolution(0.1 * rng.standard_normal((F, C, size, size)), rng.standard_normal(F), **options)


def own_network(rng):
    return Network(
        [
            *(convolution(rng, 8, 3, pad=1), ReLU(), MaxPooling(2, 2), convolution(rng, 6, 8), Tanh()),
            *(AveragePooling(2, 2), Flatten(), Affine(0.1 * rng.standard_normal((6 * 6 * 6, 10)), np.zeros(10))),
        ],
        SoftmaxWithLoss(),
    )


@pytest.mark.parametrize("count", [32, 75, 101, 230])
def test_gradients_and_loss_are_those_of_the_whole_batch(rng, worth, count):
    worth(0)
    network, (x, t) = own_network(rng), images(rng, count, 3)
    assert parts.shared_layers(network, x.shape) == 8
    grads, loss = network.gradient(x, t), network.last_loss
    worth(np.inf)
    expected = network.gradient(x, t)
    assert loss == pytest.approx(network.last_loss, rel=1e-12)
    assert list(grads) == list(expected)
    for name, grad in expected.items():
        np.testing.assert_allclose(grads[name], grad, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(("build", "count"), [(SimpleConvNet, 6), (DeepConvNet, 17)])
def test_the_ready_made_networks_work_in_parts_as_far_as_their_dropout(rng, worth, build, count):
    worth(0)
    one, other = (build(dtype=np.float64, seed=0) for _ in range(2))
    x, t = images(rng, 40)
    assert parts.shared_layers(one, x.shape) == count
    grads = one.gradient(x, t)
    worth(np.inf)
    for name, grad in other.gradient(x, t).items():
        np.testing.assert_allclose(grads[name], grad, rtol=1e-9, atol=1e-12)


def test_the_gradients_stand_in_the_networks_own_layers(rng):
    network = SimpleConvNet(seed=0)
    grads = network.gradient(*images(rng, 60))
    assert network.layers["Convolution1"].dW is grads["W1"]
    assert network.layers["Affine2"].db is grads["b3"]
    assert "InParts" not in network.layers


def test_the_layers_keep_nothing_of_an_earlier_batch(rng):
    network, (x, t) = SimpleConvNet(seed=0), images(rng, 60)
    network.predict(np.zeros_like(x[:10]))
    network.gradient(x, t)
    relu = network.layers["ReLU1"]
    assert relu.training
    assert not hasattr(relu, "mask")
    with pytest.raises(RuntimeError, match="backward was called before forward"):
        network.layers["Convolution1"].backward(np.zeros((10, 30, 24, 24)))
    network.predict(x[:10])
    assert relu.mask.shape == (10, 30, 24, 24)


class Forgetful(ReLU):
    """A layer whose backward forgets some of the batch."""

    def backward(self, dout):
        return super().backward(dout)[:50]


def test_a_gradient_of_another_shape_is_named_for_the_whole_batch(rng):
    affine = Affine(rng.standard_normal((24 * 24 * 30, 10)), np.zeros(10))
    network = Network([convolution(rng, 30, 1, 5), ReLU(), affine, Forgetful()], SoftmaxWithLoss())
    with pytest.raises(ValueError, match=r"Affine: dout.shape \(50, 10\) differs from the output's \(100, 10\)"):
        network.gradient(*images(rng, 100))


class ByName(SimpleConvNet):
    """A network that finds its layers in its own way."""

    def __getattr__(self, name):
        return self.layers[name]

    def loss(self, x, t, training=False):
        return super().loss(x, t, training) + 0 * self.Convolution1.W.sum()


def test_a_network_that_uses_its_layers_by_name_gets_the_whole_batch(rng, worth):
    x, t = images(rng, 60)
    network, usual = ByName(seed=0), SimpleConvNet(seed=0)
    grads = network.gradient(x, t)
    worth(np.inf)
    for name, grad in usual.gradient(x, t).items():
        np.testing.assert_array_equal(grads[name], grad)


class Doubled(ReLU):
    """A layer of a student's."""


class Weighted(SimpleConvNet):
    """A network whose loss is a student's."""

    def loss(self, x, t, training=False):
        return 2 * super().loss(x, t, training)


def test_what_needs_the_whole_batch_gets_it(rng, worth):
    worth(1)  # and a convolution
    shape = (100, 1, 28, 28)
    affine = Affine(rng.standard_normal((784, 10)), np.zeros(10))
    normalization = BatchNormalization(np.ones(1), np.zeros(1))
    convolutions = [convolution(rng, 8, 1, pad=1), convolution(rng, 1, 8, pad=1)]
    loss = SoftmaxWithLoss()
    assert parts.shared_layers(Network([*convolutions, affine], loss), shape) == 3
    assert parts.shared_layers(Network([normalization, *convolutions, affine], loss), shape) == 0
    assert parts.shared_layers(Network([Doubled(), *convolutions, affine], loss), shape) == 0
    assert parts.shared_layers(Network([*convolutions, Doubled(), affine], loss), shape) == 2
    assert parts.shared_layers(Weighted(), shape) == 0
    patched = Network([*convolutions, affine], loss)
    patched.layers["Convolution2"].forward = convolutions[1].forward
    assert parts.shared_layers(patched, shape) == 1


def test_small_batches_and_small_images_are_not_worth_it():
    assert parts.shared_layers(SimpleConvNet(), (31, 1, 28, 28)) == 0
    assert parts.shared_layers(SimpleConvNet((1, 8, 8)), (100, 1, 8, 8)) == 0
    assert parts.shared_layers(TwoLayerNet(784, 5000, 10), (100, 784)) == 0
    assert parts.shared_layers(object(), (100, 784)) == 0


def test_what_is_wrong_with_a_batch_is_said_of_the_whole_batch(rng):
    network = SimpleConvNet()
    with pytest.raises(ValueError, match=r"x has 3 channels, W expects 1 \(x.shape \(100, 3, 28, 28\)"):
        network.gradient(*images(rng, 100, 3))
    with pytest.raises(ValueError, match=r"100 samples and 10 classes.*got t.shape \(99,\)"):
        network.gradient(images(rng, 100)[0], np.zeros(99, int))


def test_a_network_in_parts_leaves_blas_one_thread(rng, monkeypatch):
    affine = Affine(np.zeros((8 * 784, 2000)), np.zeros(2000))
    network = Network([convolution(rng, 8, 1, 7, pad=3), affine], SoftmaxWithLoss())
    assert threads_for_steps(network, (100, 1, 28, 28)) == 1
    x, t = images(rng, 100)
    monkeypatch.setattr("training.loop.threads.is_set_by_user", lambda: False)
    assert Trainer(network, x, t, x, t).threads == 1


@pytest.mark.exhaustive
def test_any_number_of_threads_trains_to_the_same_bits(root):
    code = """
import hashlib
import numpy as np
from networks import SimpleConvNet
from training import SGD, Trainer

rng = np.random.default_rng(0)
x, t = rng.standard_normal((200, 1, 28, 28), np.float32), rng.integers(0, 10, 200)
network = SimpleConvNet(seed=0)
Trainer(network, x, t, x[:10], t[:10], SGD(0.01), epochs=2, seed=0, threads=1).train()
print(hashlib.sha256(b"".join(param.tobytes() for param in network.params.values())).hexdigest())
"""
    usual = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    digests = set()
    for environment in (usual, usual | {"OPENBLAS_NUM_THREADS": "1"}):
        result = subprocess.run([sys.executable, "-c", code], cwd=root, env=environment, capture_output=True, text=True)
        assert result.returncode == 0, result.stderr
        digests.add(result.stdout)
    assert len(digests) == 1
